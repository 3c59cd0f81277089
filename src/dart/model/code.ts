import {
  arrow,
  type Code,
  call,
  chain,
  declaration,
  entry,
  generic,
  ifElement,
  literal,
  parameters,
  print,
} from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';
import type { DateFormat, Field, ObjectShape, Shape } from './shape.ts';

/** `Map<String, dynamic>`, a decoded JSON object. */
const JSON_OBJECT = generic('Map', ['String', 'dynamic']);

/** The Dart type of a shape. */
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

/** The Dart type of a field: what was null or missing somewhere is nullable. */
const fieldType = ({ shape, nullable, optional }: Field): Code =>
  typeOf(shape, nullable || optional);

/** The methods of lib/runtime/ that read a field or a parameter of such a type. */
const READERS = { string: 'string', int: 'integer', double: 'number', bool: 'boolean' } as const;

/** The functions of lib/runtime/json_fields.dart that decode a value of such a type. */
const DECODERS = {
  string: 'asString',
  int: 'asInt',
  double: 'asDouble',
  num: 'asNum',
  bool: 'asBool',
  map: 'asMap',
  any: 'asValue',
} as const;

/** The function of lib/runtime/json_fields.dart that decodes a shape. */
export function decoder(shape: Shape): Code {
  switch (shape.kind) {
    case 'dateTime':
      return shape.format === 'date' ? 'asDate' : 'asDateTime';
    case 'object':
      return call('asObject', [fromJson(shape)]);
    case 'list':
      return call('asList', [decoder(shape.item)]);
    default:
      return DECODERS[shape.kind];
  }
}

const fromJson = ({ className }: ObjectShape): Code => chain(className, [['.fromJson']]);

/**
 * The call that reads a shape by its name from what `links` lead to, such as
 * `json.integerOrNull('age')`.
 *
 * @param links after `source`, such as `.pathParameters`
 */
export function read(
  source: string,
  links: readonly string[],
  key: string,
  shape: Shape,
  nullable: boolean,
): Code {
  const [method, ...rest] = reader(shape, nullable ? 'OrNull' : '');
  return chain(source, [
    ...links.map((link): [string] => [link]),
    [`.${method}`, [dartString(key), ...rest]],
  ]);
}

/** The method that reads a shape, and what it takes after the name. */
function reader(shape: Shape, suffix: string): readonly [method: string, ...rest: Code[]] {
  switch (shape.kind) {
    case 'dateTime':
      return [`${shape.format === 'date' ? 'date' : 'dateTime'}${suffix}`];
    case 'object':
      return [`object${suffix}`, fromJson(shape)];
    case 'list':
      return [`list${suffix}`, decoder(shape.item)];
    // The type of the class's field says whether these may be null.
    case 'num':
    case 'map':
    case 'any':
      return ['field', decoder(shape)];
    default:
      return [`${READERS[shape.kind]}${suffix}`];
  }
}

/** The links that make JSON of a date. */
const DATE_LINKS: Record<DateFormat, readonly string[]> = {
  date: ['toJsonDate'],
  seconds: ['toJsonDateTime'],
  milliseconds: ['toUtc', 'toIso8601String'],
};

/** The expression that makes JSON of a variable of that shape. */
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

/** The class of an object, without those of its fields. `docs` are the lines of its comment. */
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
