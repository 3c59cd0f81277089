import { InvalidValueError } from '../../errors.ts';
import type { Sample } from '../../sample/sample.ts';
import type { Value } from '../../sample/value.ts';
import type { ParameterType, PathParameter } from '../../service/endpoint/rules.ts';
import { inQuotes } from '../../util/text.ts';
import { type Code, call, chain, oneLine } from '../format/constructs.ts';
import { dartString, lowerCamel } from '../identifiers.ts';
import { encode, read, typeOf } from '../model/code.ts';
import { dateFormat, isInt } from '../model/literals.ts';
import type { Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';
import * as messages from './messages.ts';

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
  /** The variable as an expression that `json.encode` takes. */
  readonly encodable: Code;
  /** The value that the test puts in the event, as Dart. */
  readonly sample: string;
  /** The result of `encodable` for that value, as Dart. */
  readonly expected: string;
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

/** Narrows a shape to those that a single text can have. */
type Scalar = Exclude<Shape, { readonly kind: 'any' | 'list' | 'map' | 'object' }>;

/** Maps the types of path parameters to shapes, each with a valid text. */
const TYPES: Readonly<Record<ParameterType, { readonly shape: Scalar; readonly sample: string }>> =
  {
    string: { shape: { kind: 'string' }, sample: 'text' },
    int: { shape: { kind: 'int' }, sample: '1' },
    double: { shape: { kind: 'double' }, sample: '1.5' },
    bool: { shape: { kind: 'bool' }, sample: 'true' },
    datetime: { shape: { kind: 'dateTime', format: 'seconds' }, sample: '2024-02-29T12:30:00Z' },
    date: { shape: { kind: 'dateTime', format: 'date' }, sample: '2024-02-29' },
  };

/** Describes a parameter of the query. */
export interface QueryField {
  readonly key: string;
  readonly shape: Scalar;
  readonly nullable: boolean;
  /** A valid value, as text. */
  readonly sample: string;
}

/**
 * Lists what a handler reads: the parameters of the path, those of the query, then the body.
 *
 * @param names what else has a name in the handler
 */
export function inputsOf(
  path: readonly PathParameter[],
  query: readonly QueryField[],
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
  const inPath = path.map(({ name, type }) => ({
    key: name,
    nullable: false,
    ...TYPES[type],
  }));
  return [
    ...inPath.map((field) => parameter('pathParameters', field, identifier(field.key))),
    ...query.map((field) => parameter('queryStringParameters', field, identifier(field.key))),
    ...(body === undefined ? [] : [bodyInput(body)]),
  ];
}

function parameter(from: Parameters, field: QueryField, name: string): Input {
  const { key, shape, nullable, sample } = field;
  const isText = shape.kind === 'string' || shape.kind === 'dateTime';
  return {
    from,
    key,
    name,
    type: oneLine(typeOf(shape, nullable)) as string,
    read: read('event', [[`.${from}`]], key, shape, nullable),
    encodable: encode(shape, name, nullable),
    typed: typedSample(shape, sample),
    sample: dartString(sample),
    expected: isText ? dartString(sample) : sample,
    refusal: refusalOf(from, field),
  };
}

/** Writes a valid text of a parameter as what the handler reads it as. */
function typedSample(shape: Scalar, sample: string): Code {
  if (shape.kind === 'string') return dartString(sample);
  if (shape.kind !== 'dateTime') return sample;
  return call('DateTime.parse', [
    dartString(shape.format === 'date' ? `${sample}T00:00:00Z` : sample),
  ]);
}

/** Returns how messages of lib/runtime/ describe a shape; undefined if every text is valid. */
function wantedOf(shape: Scalar): string | undefined {
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
  }
}

function refusalOf(from: Parameters, { key, shape, nullable }: QueryField): Refusal | undefined {
  const wanted = wantedOf(shape);
  if (wanted !== undefined) {
    return { value: "'x'", message: `The parameter "${key}" must be ${wanted}, but it is "x".` };
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
    encodable: encodable('request'),
    sample: '_request',
    expected: 'json.decode(_request)',
    refusal: { value: 'null', message: 'The body is missing.' },
  };
}

/**
 * Turns the fields of a sample into parameters of a query.
 *
 * @throws InvalidValueError if the sample is not an object, or a field is an object or an array
 */
export function queryFields({ values }: Sample): readonly QueryField[] {
  const [full] = values;
  if (full?.kind !== 'object') {
    throw new InvalidValueError(messages.queryIsNoObject(), 'limit:int?');
  }
  return [...full.members].map(([key, { value }]) => {
    const nullable = values.some(
      (other) => other.kind === 'object' && other.members.get(key)?.value.kind === 'null',
    );
    return { key, nullable, ...scalar(key, value) };
  });
}

function scalar(key: string, value: Value): Pick<QueryField, 'shape' | 'sample'> {
  switch (value.kind) {
    case 'boolean':
      return { shape: { kind: 'bool' }, sample: value.raw };
    case 'number':
      return { shape: { kind: isInt(value.raw) ? 'int' : 'double' }, sample: asNumber(value.raw) };
    case 'string': {
      const format = dateFormat([value.text]);
      const shape: Scalar =
        format === undefined ? { kind: 'string' } : { kind: 'dateTime', format };
      return { shape, sample: value.text };
    }
    case 'null':
      return TYPES.string;
    default: {
      const problem = value.kind === 'array' ? messages.arrayInQuery : messages.objectInQuery;
      throw new InvalidValueError(problem({ name: inQuotes(key) }), 'limit:int?,after:string?');
    }
  }
}

/** Writes a number as Dart, with `.0` where digits alone would be an int that is out of range. */
const asNumber = (raw: string): string => (isInt(raw) || /[.e]/i.test(raw) ? raw : `${raw}.0`);
