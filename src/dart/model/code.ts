import {
  arrow,
  type Code,
  call,
  chain,
  declaration,
  entry,
  generic,
  ifElement,
  type Link,
  literal,
  parameters,
  print,
} from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';
import type { DateFormat, Field, ObjectShape, Shape } from './shape.ts';

const JSON_OBJECT = generic('Map', ['String', 'dynamic']);

/** Returns the Dart type of a shape, with a `?` if it may be null. */
export function typeOf(shape: Shape, nullable = false): Code {
  if (shape.kind === 'any') return 'Object?';
  const type = nonNullType(shape);
  return nullable ? [type, '?'] : type;
}

function nonNullType(shape: Exclude<Shape, { kind: 'any' }>): Code {
  switch (shape.kind) {
    case 'list':
      return generic('List', [
        shape.item.kind === 'any' ? 'dynamic' : typeOf(shape.item, shape.nullable),
      ]);
    case 'object':
      return shape.className;
    case 'map':
      return JSON_OBJECT;
    case 'string':
      return 'String';
    case 'dateTime':
      return 'DateTime';
    default:
      return shape.kind;
  }
}

/** Returns the Dart type of a field, nullable if a sample has null there or lacks it. */
const fieldType = ({ shape, nullable, optional }: Field): Code =>
  typeOf(shape, nullable || optional);

/**
 * Maps kinds of shapes to the methods of lib/runtime/ that read a field or a parameter; each has
 * another one with `OrNull`.
 */
export const READERS = {
  string: 'string',
  int: 'integer',
  double: 'number',
  bool: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
  object: 'object',
  list: 'list',
} as const;

/** Maps kinds of shapes to the functions of lib/runtime/json_fields.dart that decode a value. */
export const DECODERS = {
  string: 'asString',
  int: 'asInt',
  double: 'asDouble',
  num: 'asNum',
  bool: 'asBool',
  date: 'asDate',
  dateTime: 'asDateTime',
  object: 'asObject',
  list: 'asList',
  map: 'asMap',
  any: 'asValue',
} as const;

/** Writes an expression for the function that decodes a shape, of lib/runtime/json_fields.dart. */
export function decoder(shape: Shape): Code {
  switch (shape.kind) {
    case 'dateTime':
      return DECODERS[dateKind(shape.format)];
    case 'object':
      return call(DECODERS.object, [fromJson(shape)]);
    case 'list':
      return call(DECODERS.list, [decoder(shape.item)]);
    default:
      return DECODERS[shape.kind];
  }
}

const dateKind = (format: DateFormat) => (format === 'date' ? 'date' : 'dateTime');

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
      return [`${READERS.object}${suffix}`, fromJson(shape)];
    case 'list':
      return [`${READERS.list}${suffix}`, decoder(shape.item)];
    // The declared type of the class's field decides whether these may be null.
    case 'num':
    case 'map':
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

/** Writes the expression that turns a variable of the shape into a JSON value. */
export function encode(shape: Shape, variable: string, nullable = false): Code {
  const dot = nullable ? '?.' : '.';
  switch (shape.kind) {
    case 'dateTime': {
      const [first, ...rest] = DATE_LINKS[shape.format];
      return chain(variable, [
        [`${dot}${first}`, []],
        ...rest.map((name): [string, []] => [`.${name}`, []]),
      ]);
    }
    case 'object':
      return chain(variable, [[`${dot}toJson`, []]]);
    case 'list': {
      const item = encode(shape.item, 'item', shape.nullable);
      if (item === 'item') return variable;
      return chain(variable, [
        [`${dot}map`, [[parameters(['item']), arrow(item)]]],
        ['.toList', []],
      ]);
    }
    default:
      return variable;
  }
}

function write(field: Field): Code {
  const { jsonName, name, shape, presence } = field;
  const value = encode(shape, name, field.nullable || field.optional);
  const written = entry(`${dartString(jsonName)}:`, value);
  if (presence !== undefined) return ifElement(presence, written);
  return field.optional ? ifElement(`${name} != null`, written) : written;
}

/**
 * Writes the class of an object, without the classes of its fields.
 *
 * @param docs the lines of its doc comment
 */
export function classCode({ className, fields }: ObjectShape, docs: readonly string[]): string {
  const formals = fields.flatMap(({ name, optional, presence }) => [
    optional ? `this.${name}` : `required this.${name}`,
    ...(presence === undefined ? [] : [`this.${presence} = true`]),
  ]);
  const args = fields.flatMap((field) => [
    entry(`${field.name}:`, readField(field)),
    ...(field.presence === undefined ? [] : [entry(`${field.presence}:`, readPresence(field))]),
  ]);
  const signature = parameters([declaration(JSON_OBJECT, 'json')]);
  const members = [
    print(['const ', className, parameters(formals, '({', '})'), ';'], 2),
    print(['factory ', `${className}.fromJson`, signature, arrow(call(className, args)), ';'], 2),
    fields.map(fieldCode).join('\n').trimEnd(),
    print(declaration(JSON_OBJECT, ['toJson()', arrow(literal('{', fields.map(write))), ';']), 2),
  ];
  const comment = docs.map((line) => `/// ${line}\n`).join('');
  return `${comment}class ${className} {\n${members.join('\n\n')}\n}\n`;
}

function fieldCode(field: Field): string {
  const { name, presence } = field;
  const own = print([declaration(['final ', fieldType(field)], name), ';'], 2);
  if (presence === undefined) return own;
  return `${own}\n\n  /// Whether [${name}] is there: as null, or not at all.\n  final bool ${presence};\n`;
}

const readField = ({ jsonName, shape, nullable, optional }: Field): Code =>
  read('json', [], jsonName, shape, nullable || optional);

const readPresence = ({ jsonName }: Field): Code =>
  chain('json', [['.containsKey', [dartString(jsonName)]]]);
