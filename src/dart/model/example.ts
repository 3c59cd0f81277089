import type { Member, ObjectValue, Value } from '../../sample/value.ts';
import type { ReadField, ReadModels, ReadShape } from './read.ts';

/** Values that each kind reads. */
const EXAMPLES: Readonly<Record<Exclude<ReadShape['kind'], 'object' | 'list'>, Value>> = {
  string: { kind: 'string', raw: '"text"', text: 'text' },
  int: { kind: 'number', raw: '1' },
  double: { kind: 'number', raw: '1.5' },
  num: { kind: 'number', raw: '1' },
  bool: { kind: 'boolean', raw: 'true' },
  date: { kind: 'string', raw: '"2024-02-29"', text: '2024-02-29' },
  dateTime: { kind: 'string', raw: '"2024-02-29T12:30:00Z"', text: '2024-02-29T12:30:00Z' },
  map: { kind: 'object', members: new Map() },
  any: { kind: 'null', raw: 'null' },
};

/**
 * Makes an object that the `fromJson` of a class reads; undefined where that is written in a way that
 * is not known.
 *
 * @param find returns the file with that class of a model
 */
export function exampleOf(
  className: string,
  find: (className: string) => ReadModels | undefined,
): ObjectValue | undefined {
  const open = new Set<string>();
  const object = (name: string): ObjectValue | undefined => {
    const fields = find(name)?.classes.get(name);
    // A class that needs an object of its own has no example.
    if (fields === undefined || open.has(name)) return undefined;
    open.add(name);
    const members = fields.map((field) => member(field));
    open.delete(name);
    if (members.some((one) => one === undefined)) return undefined;
    return { kind: 'object', members: new Map(members as [string, Member][]) };
  };
  const value = (shape: ReadShape): Value | undefined => {
    if (shape.kind === 'object') return object(shape.className);
    // An empty list keeps it short, and ends where a class has a list of its own.
    return shape.kind === 'list' ? { kind: 'array', items: [] } : EXAMPLES[shape.kind];
  };
  const member = ({ jsonName, shape }: ReadField): [string, Member] | undefined => {
    const found = value(shape);
    return found && [jsonName, { raw: JSON.stringify(jsonName), value: found }];
  };
  return object(className);
}
