import type { PathParameter } from '../../service/endpoint/rules.ts';
import { type Code, call, chain, literal, oneLine } from '../format/constructs.ts';
import { dartString, lowerCamel } from '../identifiers.ts';
import { DECODERS, decoder, encode, READERS, read, typeOf } from '../model/code.ts';
import { isInt } from '../model/literals.ts';
import type { Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import { type ParameterField, TYPES } from './query.ts';

/** Names the maps of an event that hold parameters. */
type Parameters = 'pathParameters' | 'queryStringParameters';

/** Describes a value that a handler reads from its event into a local variable. */
export interface Input {
  readonly from: Parameters | 'body';
  /** The name that callers know: a parameter's, or `request` for the body. */
  readonly key: string;
  /** The local variable. */
  readonly name: string;
  /** The Dart type. */
  readonly type: string;
  /** The expression that reads it from `event`. */
  readonly read: Code;
  /** The value in the test, as an expression of that type. */
  readonly typed: Code;
  readonly isList: boolean;
  /** The variable as an expression that `json.encode` takes. */
  readonly encodable: Code;
  /** The value that the test puts in the event, as Dart. */
  readonly sample: string;
  /** The result of `encodable` for that value, as Dart. */
  readonly expected: Code;
  /** A value that the handler refuses, with its message; undefined if every value is valid. */
  readonly refusal: Refusal | undefined;
}

interface Refusal {
  /** As Dart; undefined for a missing value. */
  readonly value: string | undefined;
  readonly message: string;
}

/** Lists names that mean something else in a handler. */
const TAKEN = ['context', 'event'];

/** Names the methods of lib/runtime/ that read the list of a query; the second one if it may lack. */
export const LIST_READERS = { required: 'listOf', optional: 'listOrEmpty' } as const;

/**
 * Lists what a handler reads: the parameters of the path, those of the query, then the body.
 *
 * @param names what else has a name in the handler
 */
export function inputsOf(
  path: readonly PathParameter[],
  query: readonly ParameterField[],
  body: Model | undefined,
  names: readonly string[],
): readonly Input[] {
  const taken = new Set([...TAKEN, ...names]);
  if (body) taken.add('request');
  const identifier = (key: string): string => {
    const name = lowerCamel(key, taken);
    taken.add(name);
    return name;
  };
  const inPath = path.map(({ name, type, oneOf }) => ({
    key: name,
    nullable: false,
    ...TYPES[type],
    ...(oneOf && { oneOf, sample: oneOf[0] as string }),
  }));
  return [
    ...inPath.map((field) => parameter('pathParameters', field, identifier(field.key))),
    ...query.map((field) => parameter('queryStringParameters', field, identifier(field.key))),
    ...(body === undefined ? [] : [bodyInput(body)]),
  ];
}

function parameter(from: Parameters, field: ParameterField, name: string): Input {
  const { key, shape, nullable, sample, items } = field;
  const type: Shape = items === undefined ? shape : { kind: 'list', item: shape, nullable: false };
  const isText = shape.kind !== 'int' && shape.kind !== 'double' && shape.kind !== 'bool';
  const asDart = (text: string): string => (isText ? dartString(text) : text);
  const canBeNull = nullable && items === undefined;
  return {
    from,
    key,
    name,
    type: oneLine(typeOf(type, canBeNull)) as string,
    read: items === undefined ? readOne(from, field) : readList(field),
    encodable: encode(type, name, canBeNull),
    typed: typedSample(field),
    isList: items !== undefined,
    sample: dartString(sample),
    expected: items === undefined ? asDart(sample) : literal('[', items.map(asDart)),
    refusal: refusalOf(from, field),
  };
}

/** Writes a valid text of a parameter as what the handler reads it as. */
function typedSample({ shape, sample, items }: ParameterField): Code {
  const one = (text: string): Code => {
    if (shape.kind === 'dateTime') {
      const time = shape.format === 'date' ? `${text}T00:00:00Z` : text;
      return call('DateTime.parse', [dartString(time)]);
    }
    if (shape.kind === 'string' || shape.kind === 'decimal') return dartString(text);
    // An integer that no double is equal to does not compile as one.
    const isRounded = shape.kind === 'double' && isInt(text) && !Number.isSafeInteger(Number(text));
    return isRounded ? `${text}.0` : text;
  };
  if (items === undefined) return one(sample);
  return literal(shape.kind === 'double' ? '<double>[' : '[', items.map(one));
}

function readOne(from: Parameters, { key, shape, nullable, oneOf }: ParameterField): Code {
  if (oneOf === undefined) return read('event', [[`.${from}`]], key, shape, nullable);
  const method = `${READERS.enum}${nullable ? 'OrNull' : ''}`;
  return chain('event', [[`.${from}`], [`.${method}`, [dartString(key), textsOf(oneOf)]]]);
}

function readList({ key, shape, nullable, oneOf }: ParameterField): Code {
  const method = nullable ? LIST_READERS.optional : LIST_READERS.required;
  const item = oneOf === undefined ? decoder(shape) : call(DECODERS.enum, [textsOf(oneOf)]);
  return chain('event', [
    ['.multiValueQueryStringParameters'],
    [`.${method}`, [dartString(key), item]],
  ]);
}

const textsOf = (texts: readonly string[]): Code => literal('const [', texts.map(dartString));

/** Returns how messages of lib/runtime/ describe a type; undefined if every text is valid. */
function wantedOf({ shape, oneOf }: ParameterField): string | undefined {
  if (oneOf !== undefined) return `one of ${oneOf.join(', ')}`;
  switch (shape.kind) {
    case 'string':
      return undefined;
    case 'int':
      return 'an integer';
    case 'double':
    case 'num':
      return 'a number';
    case 'bool':
      return 'true or false';
    case 'dateTime':
      return shape.format === 'date'
        ? `a date such as ${TYPES.date.sample}`
        : `a date and time such as ${TYPES.datetime.sample}`;
    case 'decimal':
      return `a decimal number such as ${TYPES.decimal.sample}`;
  }
}

function refusalOf(from: Parameters, field: ParameterField): Refusal | undefined {
  const { key, nullable, oneOf = [] } = field;
  const wanted = wantedOf(field);
  if (wanted !== undefined) {
    let value = 'x';
    while (oneOf.includes(value)) value += 'x';
    return {
      value: dartString(value),
      message: `The parameter "${key}" must be ${wanted}, but it is "${value}".`,
    };
  }
  // A path without its parameter is another path.
  if (nullable || from === 'pathParameters') return undefined;
  return { value: undefined, message: `The parameter "${key}" is missing.` };
}

function bodyInput({ rootType, reader, decode, encodable }: Model): Input {
  return {
    from: 'body',
    key: 'request',
    name: 'request',
    type: rootType,
    read: chain('event', [['.read', [reader]]]),
    typed: decode('_request'),
    isList: false,
    encodable: encodable('request'),
    sample: '_request',
    expected: 'json.decode(_request)',
    refusal: { value: 'null', message: 'The body is missing.' },
  };
}
