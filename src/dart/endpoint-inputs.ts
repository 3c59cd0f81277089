import { InvalidValueError } from '../errors.ts';
import type { PathParameter } from '../service/endpoint-rules.ts';
import { dartString, lowerCamel } from './identifiers.ts';
import { type Code, call, chain } from './layout.ts';
import { dateFormat, isInt } from './model-literals.ts';
import type { Model } from './models.ts';
import type { Sample } from './sample.ts';
import type { Value } from './sample-value.ts';

/** One thing that a handler reads of its event into a local variable. */
export interface Input {
  readonly from: 'pathParameters' | 'queryStringParameters' | 'body';
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

/** How a text becomes a value: the Dart type, what it is called, and a text that it can be. */
const KINDS = {
  string: { type: 'String', wanted: undefined, sample: 'text' },
  int: { type: 'int', wanted: 'an integer', sample: '1' },
  double: { type: 'double', wanted: 'a number', sample: '1.5' },
  bool: { type: 'bool', wanted: 'true or false', sample: 'true' },
  dateTime: { type: 'DateTime', wanted: 'a date', sample: '2024-02-29' },
} as const;

type Kind = keyof typeof KINDS;

/** A parameter of the query. */
export interface QueryField {
  readonly key: string;
  readonly kind: Kind;
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
    kind: type,
    nullable: false,
    sample: KINDS[type].sample,
  }));
  return [
    ...inPath.map((field) => parameter('pathParameters', field, identifier(field.key))),
    ...query.map((field) => parameter('queryStringParameters', field, identifier(field.key))),
    ...(body === undefined ? [] : [bodyInput(body)]),
  ];
}

function parameter(
  from: 'pathParameters' | 'queryStringParameters',
  { key, kind, nullable, sample }: QueryField,
  name: string,
): Input {
  const { type, wanted } = KINDS[kind];
  const isDate = kind === 'dateTime';
  const text = dartString(sample);
  return {
    from,
    key,
    name,
    type: nullable ? `${type}?` : type,
    read: chain('event', [[`.${from}`], ['.parameter', [dartString(key)]]]),
    encodable: isDate ? `${name}${nullable ? '?' : ''}.toIso8601String()` : name,
    sample: text,
    expected: isDate
      ? `DateTime.parse(${text}).toIso8601String()`
      : kind === 'string'
        ? text
        : sample,
    refusal: refusalOf(from, key, wanted, nullable),
  };
}

function refusalOf(
  from: Input['from'],
  key: string,
  wanted: string | undefined,
  nullable: boolean,
): Refusal | undefined {
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

function scalar(key: string, value: Value): Pick<QueryField, 'kind' | 'sample'> {
  switch (value.kind) {
    case 'boolean':
      return { kind: 'bool', sample: value.raw };
    case 'number':
      if (isInt(value.raw)) return { kind: 'int', sample: value.raw };
      // Dart takes digits alone for an int, however many.
      return { kind: 'double', sample: /[.e]/i.test(value.raw) ? value.raw : `${value.raw}.0` };
    case 'string':
      return {
        kind: dateFormat([value.text]) === undefined ? 'string' : 'dateTime',
        sample: value.text,
      };
    case 'null':
      return { kind: 'string', sample: KINDS.string.sample };
    default: {
      const what = value.kind === 'array' ? 'an array' : 'an object';
      throw new InvalidValueError(
        `"${key}" is ${what}, and a parameter of a query is one value: a text, a number, true or false.`,
        'limit:int?,after:string?',
      );
    }
  }
}
