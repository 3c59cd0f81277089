import {
  arrow,
  type Code,
  call,
  chain,
  declaration,
  defaulted,
  entry,
  generic,
  ifElement,
  infix,
  literal,
  parameters,
  print,
} from '../format/constructs.ts';
import { dartString } from '../identifiers.ts';
import { decoder, encode, JSON_OBJECT, read, typeOf } from './code.ts';
import type { EnumShape, Field, ObjectShape } from './shape.ts';

/** Writes the type of an enum: a text, with constants for the values that are known. */
export function enumCode({ className, values, open }: EnumShape): string {
  const known = values.map(({ name, text }) =>
    print(['static const ', entry(`${name} =`, call(className, [dartString(text)])), ';'], 2),
  );
  const names = values.map(({ name }) => name);
  const members = [
    known.join('\n'),
    print(['static const ', entry('values =', literal('[', names)), ';'], 2),
    ...(open ? ['  bool get isKnown => values.contains(this);'] : []),
  ];
  const docs = open ? ['/// One of [values], or a text that a later version has added.\n'] : [];
  const header = `extension type const ${className}(String text) {`;
  return `${docs.join('')}${header}\n${members.join('\n\n')}\n}\n`;
}

/**
 * Writes the class of an object, without the classes of its fields.
 *
 * @param docs the lines of its doc comment
 */
export function classCode({ className, fields }: ObjectShape, docs: readonly string[]): string {
  const args = fields.map((field) => entry(`${field.name}:`, readField(field)));
  const signature = parameters([declaration(JSON_OBJECT, 'json')]);
  const copied = fields.map((field) => entry(`${field.name}:`, copy(field)));
  const toJson = declaration(JSON_OBJECT, [
    'toJson()',
    arrow(literal('{', fields.map(write))),
    ';',
  ]);
  const copyWith = declaration(className, [
    ['copyWith', parameters(fields.map(replacement), '({', '})')],
    arrow(call(className, copied)),
    ';',
  ]);
  const members = [
    print(['const ', className, parameters(fields.map(formal), '({', '})'), ';'], 2),
    print(['factory ', `${className}.fromJson`, signature, arrow(call(className, args)), ';'], 2),
    fields.map((field) => print([declaration(['final ', fieldType(field)], field.name), ';'], 2)),
    ['  @override', print(toJson, 2)],
    print(copyWith, 2),
  ].map((member) => (typeof member === 'string' ? member : member.join('\n')));
  const comment = docs.map((line) => `/// ${line}\n`).join('');
  const header = print(entry(`class ${className}`, 'with JsonModel {'));
  return `${comment}${header}\n${members.join('\n\n')}\n}\n`;
}

const ABSENT = 'const Optional.absent()';
const optionalOf = (type: Code): Code => generic('Optional', [type]);

/** Returns the Dart type of a field, nullable if a sample has null there or lacks it. */
function fieldType({ shape, nullable, optional, wrapped }: Field): Code {
  return wrapped ? optionalOf(typeOf(shape, nullable)) : typeOf(shape, nullable || optional);
}

/** Writes the parameter of the constructor. */
function formal({ name, optional, wrapped }: Field): Code {
  if (wrapped) return entry(`this.${name} =`, ABSENT);
  return optional ? `this.${name}` : `required this.${name}`;
}

/** Returns whether null is a value of the field, so that `copyWith` cannot take it for none. */
const takesNull = ({ shape, nullable, optional, wrapped }: Field): boolean =>
  !wrapped && (nullable || optional || shape.kind === 'any');

/** Writes the parameter of `copyWith`. */
function replacement(field: Field): Code {
  const type = fieldType(field);
  if (!takesNull(field)) return declaration([type, '?'], field.name);
  return defaulted(optionalOf(type), field.name, ABSENT);
}

/** Writes the argument of the constructor in `copyWith`. */
const copy = (field: Field): Code =>
  takesNull(field)
    ? chain(field.name, [['.valueOr', [`this.${field.name}`]]])
    : infix(field.name, '??', `this.${field.name}`);

function readField({ jsonName, shape, nullable, optional, wrapped }: Field): Code {
  if (!wrapped) return read('json', [], jsonName, shape, nullable || optional);
  return chain('json', [['.optional', [dartString(jsonName), decoder(shape)]]]);
}

function write({ jsonName, name, shape, nullable, optional, wrapped }: Field): Code {
  const value = encode(
    shape,
    name,
    nullable || (optional && !wrapped),
    wrapped ? '.value' : undefined,
  );
  const written = entry(`${dartString(jsonName)}:`, value);
  if (wrapped) return ifElement(`${name}.isPresent`, written);
  return optional ? ifElement(`${name} != null`, written) : written;
}
