import { InvalidValueError } from '../../errors.ts';
import type { Sample } from '../../sample/sample.ts';
import type { Value } from '../../sample/value.ts';
import type { ParameterType, PathParameter } from '../../service/endpoint/rules.ts';
import { type Code, call, oneLine } from '../format/constructs.ts';
import { dartString, lowerCamel } from '../identifiers.ts';
import { encode, read, typeOf } from '../model/code.ts';
import { dateFormat, isInt } from '../model/literals.ts';
import type { Model } from '../model/model.ts';
import type { Shape } from '../model/shape.ts';

/** The maps of an event that parameters are in. */
type Parameters = 'pathParameters' | 'queryStringParameters';

/** One thing that a handler reads of its event into a local variable. */
export interface Input {
  readonly from: Parameters | 'body';
  /** The name that the caller knows: a parameter's, or `request` for the body. */
  readonly key: string;
  /** The local variable. */
  readonly name: string;
  /** The Dart type. */
  readonly type: string;
  /** The expression that reads it from `event`. */
  readonly read: Code;
  /** The variable as something that JSON can hold. */
  readonly encodable: Code;
  /** A value for the test, as the event has it. */
  readonly sample: string;
  /** What `encodable` is for that value, as Dart. */
  readonly expected: string;
  /** A value that the handler refuses, and how; undefined where every one will do. */
  readonly refusal: Refusal | undefined;
}

interface Refusal {
  /** As Dart; undefined for a value that is missing. */
  readonly value: string | undefined;
  readonly message: string;
}

/** Names that mean something else in a handler. */
const TAKEN = ['context', 'error', 'event'];

/** What one text can be. */
type Scalar = Exclude<Shape, { readonly kind: 'any' | 'list' | 'map' | 'object' }>;

/** What the types of a path's parameters stand for, each with a text that it can be. */
const TYPES: Readonly<Record<ParameterType, { readonly shape: Scalar; readonly sample: string }>> =
  {
    string: { shape: { kind: 'string' }, sample: 'text' },
    int: { shape: { kind: 'int' }, sample: '1' },
    double: { shape: { kind: 'double' }, sample: '1.5' },
    bool: { shape: { kind: 'bool' }, sample: 'true' },
    datetime: { shape: { kind: 'dateTime', format: 'seconds' }, sample: '2024-02-29T12:30:00Z' },
    date: { shape: { kind: 'dateTime', format: 'date' }, sample: '2024-02-29' },
  };

/** A parameter of the query. */
export interface QueryField {
  readonly key: string;
  readonly shape: Scalar;
  readonly nullable: boolean;
  /** A value, as text. */
  readonly sample: string;
}

/** What a handler reads: the parameters of the path, then those of the query, then the body. */
export function inputsOf(
  path: readonly PathParameter[],
  query: readonly QueryField[],
  body: Model | undefined,
): readonly Input[] {
  const taken = new Set(TAKEN);
  if (body) taken.add('request').add(`${body.functionPrefix}FromJson`);
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
    read: read('event', [`.${from}`], key, shape, nullable),
    encodable: encode(shape, name, nullable),
    sample: dartString(sample),
    expected: isText ? dartString(sample) : sample,
    refusal: refusalOf(from, field),
  };
}

/** What messages of lib/runtime/ call a shape; undefined where every text will do. */
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
  // Without its parameters, a path is another one.
  if (nullable || from === 'pathParameters') return undefined;
  return { value: undefined, message: `The parameter "${key}" is missing.` };
}

function bodyInput({ functionPrefix, rootType, encodable }: Model): Input {
  return {
    from: 'body',
    key: 'request',
    name: 'request',
    type: rootType,
    read: call(`${functionPrefix}FromJson`, ["event.body ?? ''"]),
    encodable: encodable('request'),
    sample: '_request',
    expected: 'json.decode(_request)',
    refusal: { value: 'null', message: 'The body is missing.' },
  };
}

/**
 * The parameters of a query that has the fields of the sample.
 *
 * @throws InvalidValueError when a field is nothing that one text can be
 */
export function queryFields({ values }: Sample): readonly QueryField[] {
  const [full] = values;
  if (full?.kind !== 'object') {
    throw new InvalidValueError('a query is an object: {"limit": 10}.', 'limit:int?');
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
      const what = value.kind === 'array' ? 'an array' : 'an object';
      throw new InvalidValueError(
        `"${key}" is ${what}, and a parameter of a query is one value: a text, a number, true or false.`,
        'limit:int?,after:string?',
      );
    }
  }
}

/** A number as Dart: it takes digits alone for an int, however many. */
const asNumber = (raw: string): string => (isInt(raw) || /[.e]/i.test(raw) ? raw : `${raw}.0`);
