/** What came out of a YAML or JSON file, looked at without trusting it. */

/** Whether the value is a map. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The value where it is a map, else an empty one. */
export function recordOf(value: unknown): Record<string, unknown> {
  return isRecord(value) ? value : {};
}

/** The value as text, when it is text that is not empty. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}

/** Whether the value has a variable that is not known on this machine. */
export function isUnknown(value: unknown): value is string {
  return typeof value === 'string' && value.includes('${');
}

/** Whether a text with a variable that is not known here may be the name. */
export function mayBecome(text: string, name: string): boolean {
  const variable = text.indexOf('${');
  return variable !== -1 && name.startsWith(text.slice(0, variable));
}

/** The value of a map; of one that is not known, that. */
export function propertyOf(map: unknown, key: string): unknown {
  if (isUnknown(map)) return map;
  return isRecord(map) && Object.hasOwn(map, key) ? map[key] : undefined;
}

/** Two maps as one, and so are the maps and the lists in them; of anything else the second counts. */
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
