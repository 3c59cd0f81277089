import type { ScalarKind, Value, ValueType } from '../../service/contract.ts';
import { DECODERS, FIELD_READERS, READERS } from '../model/code.ts';
import type { Expression } from './expressions.ts';

const ANY: ValueType = { kind: 'any' };

/** The kinds of values by those of shapes, from which models are written. */
const SCALARS: Readonly<Record<string, ScalarKind>> = {
  string: 'string',
  int: 'integer',
  double: 'number',
  num: 'number',
  bool: 'boolean',
  date: 'date',
  dateTime: 'dateTime',
  decimal: 'decimal',
  any: 'any',
};

const inverse = (table: Readonly<Record<string, string>>): ReadonlyMap<string, string> =>
  new Map(Object.entries(table).map(([kind, name]) => [name, kind]));
const DECODED = inverse(DECODERS);
const READ = inverse({ ...READERS, ...FIELD_READERS });

/** Returns the type that a function such as `asList(asInt)` decodes; `any` if it is not known. */
export function decodedType(decoder: Expression | undefined): ValueType {
  if (decoder === undefined) return ANY;
  const { name, args = [] } = decoder;
  return typeOfKind(DECODED.get(name), args[0]);
}

/** A value that is read by its name. */
export interface ReadValue extends Value {
  readonly key: string;
  /** Whether the code tells a missing one from null. */
  readonly optional: boolean;
  /** The only texts that are valid, where the code lists them. */
  readonly oneOf?: readonly string[];
}

/** Returns the texts in `const ['open', 'paid']`, also where a decoder has them. */
export function textsIn(argument: Expression | undefined): readonly string[] | undefined {
  const { items } = argument ?? {};
  if (items === undefined) {
    const [inner] = argument?.args ?? [];
    return DECODED.get(argument?.name ?? '') === 'enum' ? textsIn(inner) : undefined;
  }
  const texts = items.flatMap(({ text }) => text ?? []);
  return texts.length === items.length && texts.length > 0 ? texts : undefined;
}

/**
 * Reads the call that reads a value by its name: `json.integerOrNull('age')`. Undefined for any other
 * expression.
 *
 * @param source the expression before the method: `json`
 */
export function readOf(
  { name, args: [key, argument] = [] }: Expression,
  source: string,
): ReadValue | undefined {
  if (!name.startsWith(`${source}.`) || key?.text === undefined) return undefined;
  const method = name.slice(source.length + 1);
  const nullable = method.endsWith('OrNull');
  const plain = method.replace(/OrNull$/, '');
  if (plain === 'optional' || plain === 'field') {
    const isAny = plain === 'field' && decodedType(argument).kind === 'any';
    const optional = plain === 'optional';
    return {
      ...{ key: key.text, optional, type: decodedType(argument) },
      nullable: nullable || isAny || optional,
    };
  }
  const kind = READ.get(plain);
  if (kind === undefined) return undefined;
  const oneOf = textsIn(argument);
  return {
    ...{ key: key.text, type: typeOfKind(kind, argument), nullable, optional: false },
    ...(kind === 'enum' && oneOf && { oneOf }),
  };
}

function typeOfKind(kind: string | undefined, argument: Expression | undefined): ValueType {
  switch (kind) {
    case undefined:
      return ANY;
    case 'list':
    case 'map':
      return { kind, of: decodedType(argument), nullable: false };
    case 'anyMap':
      return { kind: 'map', of: ANY, nullable: true };
    case 'object':
      return { kind: 'model', name: ownerOf(argument) };
    case 'enum':
    case 'openEnum':
      if (textsIn(argument) !== undefined) return { kind: 'string' };
      return { kind: 'enum', name: ownerOf(argument) };
    default:
      return { kind: SCALARS[kind] ?? 'any' };
  }
}

/** Returns the class in `Order.fromJson` and `Status.values`. */
const ownerOf = (argument: Expression | undefined): string => argument?.name.split('.')[0] ?? '';

/**
 * Completes a type that was read from a decoder with the declared type of what it decodes, which
 * alone tells whether items may be null.
 */
export function completedType(read: ValueType, declared: ValueType): ValueType {
  if (read.kind === 'any') return declared;
  if (read.kind !== 'list' && read.kind !== 'map') return read;
  if (declared.kind !== read.kind) return read;
  return { ...read, of: completedType(read.of, declared.of), nullable: declared.nullable };
}

const DART_SCALARS: Readonly<Record<string, ScalarKind>> = {
  String: 'string',
  int: 'integer',
  double: 'number',
  num: 'number',
  bool: 'boolean',
  DateTime: 'dateTime',
  dynamic: 'any',
  Object: 'any',
};

/** Reads a Dart type: `List<Order>?`. A class counts as a model. */
export function typeOfDart(text: string): Value {
  const source = text.replace(/\s+/g, '');
  const nullable = source.endsWith('?') || /^dynamic$/.test(source);
  const [, name = '', inner] = /^([\w.]+)(?:<(.*)>)?\??$/.exec(source) ?? [];
  if (inner !== undefined && /^(List|Iterable|Set)$/.test(name)) {
    const { type, nullable: ofNull } = typeOfDart(inner);
    return { type: { kind: 'list', of: type, nullable: ofNull }, nullable };
  }
  if (inner?.startsWith('String,') && name === 'Map') {
    const { type, nullable: ofNull } = typeOfDart(inner.slice('String,'.length));
    return { type: { kind: 'map', of: type, nullable: ofNull }, nullable };
  }
  if (name === '' || inner !== undefined) return { type: ANY, nullable: true };
  const scalar = DART_SCALARS[name];
  if (scalar !== undefined)
    return { type: { kind: scalar }, nullable: nullable || scalar === 'any' };
  return { type: { kind: 'model', name: name.split('.').at(-1) ?? name }, nullable };
}
