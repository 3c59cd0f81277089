import { TYPES } from '../../sample/fields.ts';
import { type Member, NULL, type ObjectValue, textValue, type Value } from '../../sample/value.ts';
import type { PlainKind, ReadField, ReadModels, ReadShape } from './read.ts';

const EMPTY: Value = { kind: 'object', members: new Map() };

/** Values that each kind reads. */
const EXAMPLES: Readonly<Record<PlainKind, Value>> = {
  ...TYPES,
  num: TYPES.int,
  dateTime: TYPES.datetime,
  anyMap: EMPTY,
};

/** Examples of a class. */
export interface ClassExamples {
  /** All of its fields, with empty lists and maps. */
  readonly short: ObjectValue;
  /** The same with an item in each. */
  readonly full: ObjectValue;
  /** The full one with null in each field where that is a value. */
  readonly least: ObjectValue;
}

/**
 * Makes objects that the `fromJson` of a class reads; undefined where that is written in a way that
 * is not known.
 *
 * @param find returns the file that declares a class or an enum of a model
 */
export function examplesOf(
  className: string,
  find: (className: string) => ReadModels | undefined,
): ClassExamples | undefined {
  const short = objectOf(className, find, false);
  const full = objectOf(className, find, true);
  if (short === undefined || full === undefined) return undefined;
  const nulls = (find(className)?.classes.get(className) ?? [])
    .filter(({ nullable }) => nullable)
    .map(({ jsonName }) => member(jsonName, NULL));
  const least: ObjectValue = { kind: 'object', members: new Map([...full.members, ...nulls]) };
  return { short, full, least };
}

const member = (name: string, value: Value): [string, Member] => [
  name,
  { raw: JSON.stringify(name), value },
];

function objectOf(
  root: string,
  find: (className: string) => ReadModels | undefined,
  withItems: boolean,
): ObjectValue | undefined {
  const open = new Set<string>();
  const object = (name: string): ObjectValue | undefined => {
    const fields = find(name)?.classes.get(name);
    // A class that needs an object of its own has no example.
    if (fields === undefined || open.has(name)) return undefined;
    open.add(name);
    const members = fields.flatMap(({ jsonName, shape }: ReadField) => {
      const found = value(shape);
      return found === undefined ? [] : [member(jsonName, found)];
    });
    open.delete(name);
    const isWhole = members.length === fields.length;
    return isWhole ? { kind: 'object', members: new Map(members) } : undefined;
  };
  const value = (shape: ReadShape): Value | undefined => {
    switch (shape.kind) {
      case 'object':
        return object(shape.className);
      case 'enum': {
        const oneOf = find(shape.className)?.enums.get(shape.className) ?? [];
        const [first] = oneOf;
        return first === undefined ? undefined : { ...textValue(first), hint: { oneOf } };
      }
      case 'list':
        return { kind: 'array', items: itemsOf(shape.of) };
      case 'map':
        return {
          kind: 'object',
          members: new Map(itemsOf(shape.of).map((item) => member('key', item))),
          isMap: true,
        };
      default:
        return EXAMPLES[shape.kind];
    }
  };
  const itemsOf = (shape: ReadShape): readonly Value[] => {
    const item = withItems ? value(shape) : undefined;
    return item === undefined ? [] : [item];
  };
  return object(root);
}
