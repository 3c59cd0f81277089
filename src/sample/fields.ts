import type { Message } from '../message.ts';
import type { ParameterType } from '../service/endpoint/rules.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';
import { type FindModel, isClassName } from './reference.ts';
import { type Member, NULL, textValue, type Value } from './value.ts';

/** The types of a field list, each with an example. */
export const TYPES: Readonly<Record<ParameterType | 'any', Value>> = {
  string: textValue('text'),
  int: { kind: 'number', raw: '1' },
  double: { kind: 'number', raw: '1.5' },
  bool: { kind: 'boolean', raw: 'true' },
  datetime: textValue('2024-02-29T12:30:00Z'),
  date: textValue('2024-02-29'),
  decimal: { ...textValue('12.50'), hint: 'decimal' },
  any: NULL,
};
const TYPE_NAMES = [...Object.keys(TYPES), 'enum(open,paid)', 'map<int>', 'a model'].join(', ');

/** Examples of a type: a full one, and others that show what may be null. */
type Examples = readonly [Value, ...Value[]];

/** Ends the parsing of a field. */
class Problem extends Error {
  declare readonly message: Message;
}

/**
 * Parses `name:string,age:int?,tags:string[]`: `?` after the type allows null, after the name that
 * the field is missing; `[]` makes a list. The first value returned is an example with all fields;
 * the others show what may be null or missing.
 */
export function parseFieldList(
  list: string,
  find: FindModel,
): { readonly values: Examples } | { readonly problem: Message } {
  try {
    return {
      values: examplesOf(outside(list, ',').map((entry, index) => field(entry, index + 1, find))),
    };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message };
    throw error;
  }
}

interface Field extends FieldName {
  readonly key: string;
  readonly optional: boolean;
  readonly examples: Examples;
}

/** How messages call a field. */
interface FieldName {
  readonly number: number;
  readonly name: string;
}

function field(entry: string, number: number, find: FindModel): Field {
  const parts = outside(entry, ':');
  const given = parts.length === 1 ? '' : (parts.pop() as string).trim();
  const [, key = '', optional = ''] = /^(.*?)(\??)$/s.exec(parts.join(':').trim()) ?? [];
  if (given === '' || key === '') {
    throw new Problem(messages.notAField({ number, text: inQuotes(entry.trim()) }));
  }
  const called = { number, name: inQuotes(key) };
  return { ...called, key, optional: optional !== '', examples: parseType(given, called, find) };
}

function examplesOf(fields: readonly Field[]): Examples {
  const keys = new Set<string>();
  for (const { key, number, name } of fields) {
    if (keys.has(key)) throw new Problem(messages.fieldTwice({ number, name }));
    keys.add(key);
  }
  const objectOf = (members: readonly Field[], at: number): Value => ({
    kind: 'object',
    members: new Map(
      members.map(({ key, examples }): [string, Member] => [
        key,
        { raw: JSON.stringify(key), value: examples[at] ?? examples[0] },
      ]),
    ),
  });
  const most = Math.max(...fields.map(({ examples }) => examples.length));
  const required = fields.filter(({ optional }) => !optional);
  return [
    objectOf(fields, 0),
    ...Array.from({ length: most - 1 }, (_, index) => objectOf(fields, index + 1)),
    ...(required.length < fields.length ? [objectOf(required, 0)] : []),
  ];
}

/** Splits a text at a character, but not inside of the brackets of `enum(...)` and `map<...>`. */
function outside(source: string, separator: string): string[] {
  const parts = [''];
  let depth = 0;
  for (const character of source) {
    if ('(<'.includes(character)) depth++;
    if (')>'.includes(character)) depth = Math.max(0, depth - 1);
    if (character === separator && depth === 0) parts.push('');
    else parts.push(`${parts.pop()}${character}`);
  }
  return parts;
}

function parseType(given: string, called: FieldName, find: FindModel): Examples {
  const [, base = '', suffixes = ''] = /^(.*?)((?:\s*(?:\[\]|\?))*)$/s.exec(given.trim()) ?? [];
  let examples = parseBase(base.trim(), given, called, find);
  for (const [suffix] of suffixes.matchAll(/\[\]|\?/g)) {
    examples =
      suffix === '?'
        ? [...examples, NULL]
        : mapAll(examples, (item) => ({ kind: 'array', items: [item] }));
  }
  return examples;
}

const mapAll = ([first, ...others]: Examples, change: (value: Value) => Value): Examples => [
  change(first),
  ...others.map(change),
];

function parseBase(base: string, given: string, called: FieldName, find: FindModel): Examples {
  const [, mapped] = /^map\s*<(.*)>$/is.exec(base) ?? [];
  if (mapped !== undefined) {
    return mapAll(parseType(mapped, called, find), (value) => ({
      kind: 'object',
      members: new Map([['key', { raw: '"key"', value }]]),
      isMap: true,
    }));
  }
  const [, listed] = /^enum\s*\(([^()]*)\)$/is.exec(base) ?? [];
  if (listed !== undefined) return [enumOf(listed, called)];
  const known = new Map(Object.entries(TYPES)).get(base.toLowerCase());
  const type = known ?? (isClassName(base) ? find(base) : undefined);
  if (type !== undefined) return [type];
  throw new Problem(messages.notAType({ ...called, type: inQuotes(given), types: TYPE_NAMES }));
}

function enumOf(listed: string, called: FieldName): Value {
  const oneOf = listed.split(',').map((one) => one.trim());
  const [first = ''] = oneOf;
  if (oneOf.includes('')) throw new Problem(messages.emptyEnumValue(called));
  const twice = oneOf.find((one, index) => oneOf.indexOf(one) < index);
  if (twice !== undefined) {
    throw new Problem(messages.enumValueTwice({ ...called, value: inQuotes(twice) }));
  }
  return { ...textValue(first), hint: { oneOf } };
}
