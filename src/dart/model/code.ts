import {
  arrow,
  type Code,
  call,
  chain,
  generic,
  type Link,
  parameters,
} from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';
import type { DateFormat, EnumShape, MapShape, ObjectShape, Shape } from './shape.ts';

export const JSON_OBJECT = generic('Map', ['String', 'dynamic']);

/** Returns the Dart type of a shape, with a `?` if it may be null. */
export function typeOf(shape: Shape, nullable = false): Code {
  if (shape.kind === 'any') return 'Object?';
  const type = nonNullType(shape);
  return nullable ? [type, '?'] : type;
}

function nonNullType(shape: Exclude<Shape, { kind: 'any' }>): Code {
  switch (shape.kind) {
    case 'list':
      return generic('List', [elementType(shape.item, shape.nullable)]);
    case 'map':
      return generic('Map', ['String', elementType(shape.value, shape.nullable)]);
    case 'object':
    case 'enum':
      return shape.className;
    case 'string':
    case 'decimal':
      return 'String';
    case 'dateTime':
      return 'DateTime';
    default:
      return shape.kind;
  }
}

const elementType = (shape: Shape, nullable: boolean): Code =>
  shape.kind === 'any' ? 'dynamic' : typeOf(shape, nullable);

/**
 * Maps kinds of shapes to the methods of lib/runtime/ that read a parameter or a field; each has
 * another one with `OrNull`.
 */
export const READERS = {
  string: 'string',
  int: 'integer',
  double: 'number',
  bool: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
  decimal: 'decimal',
  enum: 'oneOf',
} as const;

/** Maps more kinds of shapes to the methods that read a field. */
export const FIELD_READERS = {
  object: 'object',
  list: 'list',
  map: 'mapOf',
} as const;

/** Maps kinds of shapes to the functions of lib/runtime/json_texts.dart that decode a value. */
export const TEXT_DECODERS = {
  date: 'asDate',
  dateTime: 'asDateTime',
  decimal: 'asDecimal',
  enum: 'asOneOf',
  openEnum: 'asTextOf',
} as const;

/** The same of lib/runtime/json_fields.dart. */
export const FIELD_DECODERS = {
  string: 'asString',
  int: 'asInt',
  double: 'asDouble',
  num: 'asNum',
  bool: 'asBool',
  object: 'asObject',
  list: 'asList',
  map: 'asMapOf',
  anyMap: 'asMap',
  any: 'asValue',
} as const;

export const DECODERS = { ...FIELD_DECODERS, ...TEXT_DECODERS } as const;

/** Writes an expression for the function that decodes a shape. */
export function decoder(shape: Shape): Code {
  switch (shape.kind) {
    case 'dateTime':
      return DECODERS[dateKind(shape.format)];
    case 'object':
      return call(DECODERS.object, [fromJson(shape)]);
    case 'list':
      return call(DECODERS.list, [decoder(shape.item)]);
    case 'map':
      return isAnyMap(shape) ? DECODERS.anyMap : call(DECODERS.map, [decoder(shape.value)]);
    case 'enum':
      return call(DECODERS[enumKind(shape)], [enumArgument(shape)]);
    default:
      return DECODERS[shape.kind];
  }
}

const dateKind = (format: DateFormat) => (format === 'date' ? 'date' : 'dateTime');

const enumKind = ({ open }: EnumShape) => (open ? 'openEnum' : 'enum');
const isAnyMap = ({ value }: MapShape): boolean => value.kind === 'any';
const enumArgument = ({ className, open }: EnumShape): Code =>
  chain(className, [[open ? '.new' : '.values']]);
const fromJson = ({ className }: ObjectShape): Code => chain(className, [['.fromJson']]);

/**
 * Writes the call that reads a value by its name, such as `json.integerOrNull('age')`.
 *
 * @param links getters between `source` and the call, such as `.pathParameters`
 */
export function read(
  source: string,
  links: readonly Link[],
  key: string,
  shape: Shape,
  nullable: boolean,
): Code {
  const [method, ...rest] = reader(shape, nullable ? 'OrNull' : '');
  return chain(source, [...links, [`.${method}`, [dartString(key), ...rest]]]);
}

/** Returns the method that reads a shape, and its arguments after the name. */
function reader(shape: Shape, suffix: string): readonly [method: string, ...rest: Code[]] {
  switch (shape.kind) {
    case 'dateTime':
      return [`${READERS[dateKind(shape.format)]}${suffix}`];
    case 'object':
      return [`${FIELD_READERS.object}${suffix}`, fromJson(shape)];
    case 'list':
      return [`${FIELD_READERS.list}${suffix}`, decoder(shape.item)];
    case 'map':
      if (isAnyMap(shape)) return ['field', decoder(shape)];
      return [`${FIELD_READERS.map}${suffix}`, decoder(shape.value)];
    case 'enum':
      if (shape.open) return ['field', decoder(shape)];
      return [`${READERS.enum}${suffix}`, enumArgument(shape)];
    // The declared type of the class's field decides whether these may be null.
    case 'num':
    case 'any':
      return ['field', decoder(shape)];
    default:
      return [`${READERS[shape.kind]}${suffix}`];
  }
}

/** Maps date formats to the methods that turn a `DateTime` into its JSON, in the order of calls. */
const DATE_LINKS: Record<DateFormat, readonly string[]> = {
  date: ['toJsonDate'],
  seconds: ['toJsonDateTime'],
  milliseconds: ['toUtc', 'toIso8601String'],
};

/**
 * Writes the expression that turns a variable of the shape into a JSON value.
 *
 * @param getter stands between the variable and the value: `.value` of an `Optional`
 */
export function encode(shape: Shape, variable: string, nullable = false, getter?: string): Code {
  const [first, ...rest] = encodeLinks(shape);
  const value: Link[] = getter === undefined ? [] : [[getter]];
  if (first === undefined) return getter === undefined ? variable : chain(variable, value);
  const [method, args] = first;
  return chain(variable, [...value, [`${nullable ? '?' : ''}${method}`, args], ...rest]);
}

/** Returns the calls that turn a value of the shape into JSON; none if it is JSON already. */
function encodeLinks(shape: Shape): readonly Required<Link>[] {
  switch (shape.kind) {
    case 'dateTime':
      return DATE_LINKS[shape.format].map((name) => [`.${name}`, []]);
    case 'object':
      return [['.toJson', []]];
    case 'list': {
      const item = encode(shape.item, 'item', shape.nullable);
      if (item === 'item') return [];
      return [
        ['.map', [[parameters(['item']), arrow(item)]]],
        ['.toList', []],
      ];
    }
    case 'map': {
      const value = encode(shape.value, 'value', shape.nullable);
      if (value === 'value') return [];
      const named = call('MapEntry', ['key', value]);
      return [['.map', [[parameters(['key', 'value']), arrow(named)]]]];
    }
    default:
      return [];
  }
}
