/* Reads untrusted values of YAML and JSON files. */

/** Parses JSON; undefined where the text is none. */
export function tryParseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Tells whether a value is a map. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Returns the value where it is a map, or else an empty map. */
export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** Returns the value where it is a text and not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Tells whether a value has a variable that cannot be resolved on this machine. */
export function isUnknown(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}

/** Tells whether a text with unresolved variables may turn out to be the name. */
export function mayBecome(text: string, name: string): boolean {
  const variable = text.indexOf('${');
  return variable !== -1 && name.startsWith(text.slice(0, variable));
}

/** Returns a property of a map, or the map itself where it is an unresolved variable. */
export function propertyOf(map: unknown, key: string): unknown {
  if (isUnknown(map)) return map;
  return isRecord(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Merges two maps with the maps and lists in them; the second one wins for other values. */
export function merged(
  first: Readonly<Record<string, unknown>>,
  second: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const both = Object.entries(second).map(([key, value]) => [
    key,
    mergedValue(Object.hasOwn(first, key) ? first[key] : undefined, value),
  ]);
  return { ...first, ...Object.fromEntries(both) };
}

function mergedValue(first: unknown, second: unknown): unknown {
  if (isRecord(first) && isRecord(second)) return merged(first, second);
  if (!Array.isArray(first) || !Array.isArray(second)) return second;
  return [
    ...second.map((value, index) => mergedValue(first[index], value)),
    ...first.slice(second.length),
  ];
}
