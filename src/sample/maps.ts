import type { ObjectValue, Value } from './value.ts';

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'));

/** What names of data look like; names of fields never do. All of one object are of one kind. */
const KEYS: readonly ((name: string) => boolean)[] = [
  (name) => /^\d{4}-\d\d(-\d\d(T[\d:.]+(Z|[+-]\d\d:\d\d))?)?$/.test(name),
  (name) => /^-?\d+$/.test(name),
  (name) => /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(name),
  // An id, such as `65e1c0ffee` or `cus_NffrFeUfNV2Hib`.
  (name) => /^(?=.*\d)(?=.*[a-f])[\da-f]{8,}$/.test(name),
  (name) => /^[a-z]{1,8}[_-](?=.*\d)[\dA-Za-z]{8,}$/.test(name),
  (name) => CURRENCIES.has(name),
];

/**
 * Finds the objects that are maps: their names are data, such as dates, and all of their values
 * are of one kind. One with a name that may be a field's is none.
 *
 * @param values what is at one place in samples
 */
export function mapsIn(values: readonly Value[]): ReadonlySet<Value> {
  const found = new Set<Value>();
  addMaps(values, found);
  return found;
}

function addMaps(values: readonly Value[], found: Set<Value>): void {
  if (values.length === 0) return;
  addMaps(
    values.flatMap((value) => (value.kind === 'array' ? value.items : [])),
    found,
  );
  const objects = values.filter((value): value is ObjectValue => value.kind === 'object');
  if (objects.some(({ isMap }) => isMap) || areMaps(objects)) {
    for (const object of objects) found.add(object);
    addMaps(objects.flatMap(valuesOf), found);
    return;
  }
  for (const name of namesIn(objects)) {
    addMaps(
      objects.flatMap(({ members }) => members.get(name)?.value ?? []),
      found,
    );
  }
}

const valuesOf = ({ members }: ObjectValue): Value[] =>
  [...members.values()].map(({ value }) => value);
const namesIn = (objects: readonly ObjectValue[]): Set<string> =>
  new Set(objects.flatMap(({ members }) => [...members.keys()]));

function areMaps(objects: readonly ObjectValue[]): boolean {
  const names = [...namesIn(objects)];
  if (names.length < 2 || !KEYS.some((isKey) => names.every(isKey))) return false;
  const values = objects.flatMap(valuesOf).filter(({ kind }) => kind !== 'null');
  if (new Set(values.map(({ kind }) => kind)).size !== 1) return false;
  const inner = values.filter((value): value is ObjectValue => value.kind === 'object');
  const ofFirst = [...namesIn(inner.slice(0, 1))];
  const areAlike = ofFirst.every((name) => inner.every(({ members }) => members.has(name)));
  return areAlike || areMaps(inner);
}
