import type { Parameter, ValueType } from '../../service/contract.ts';
import { LIST_READERS } from '../endpoint/inputs.ts';
import { type DartFunction, functionsIn, valueStart, variableIn } from './declarations.ts';
import { callsIn, type Expression, expressionOf } from './expressions.ts';
import { textOfLiteral } from './strings.ts';
import { declarationsIn, type Token, tokensOf } from './tokens.ts';
import { decodedType, type ReadValue, readOf, textsIn } from './types.ts';

/** What decodes a body: a function of lib/models/, or a decoder of lib/runtime/. */
export type ReadBody =
  | { readonly reader: string }
  | { readonly type: ValueType; readonly reader?: undefined };

/** A Dart type as written, or the function that encodes it: `getOrdersResponseToJson`. */
export type ReadResponse = { readonly type: string } | { readonly encoder: string };

/** Holds what the handler of an endpoint reads and responds with, as far as its code tells. */
export interface ReadHandler {
  readonly about: string;
  /** The parameters of the path, in the order in which they are read. */
  readonly parameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** How it decodes the body; undefined where it reads none. */
  readonly body: ReadBody | undefined;
  /** What it responds with; undefined where it is not known. */
  readonly response: ReadResponse | undefined;
  /** The status of the response. */
  readonly status: number;
  /** The JSON of the sample that it responds with. */
  readonly example: string | undefined;
}

const PATH = 'event.pathParameters';
const QUERY = 'event.queryStringParameters';
const LISTS = 'event.multiValueQueryStringParameters';

/**
 * Reads a handler. Undefined where the library declares no function of that name.
 *
 * @param name without a prefix
 */
export function readHandler(source: string, name: string): ReadHandler | undefined {
  const declarations = declarationsIn(tokensOf(source));
  const functions = functionsIn(declarations, source);
  const handler = functions.get(name);
  if (handler === undefined) return undefined;
  const { body, docs } = handler;
  const calls = [...callsIn(body)];
  const reads = (from: string): readonly Parameter[] =>
    unique(
      calls.flatMap((call) => {
        const read = readOf(call, from);
        return read === undefined ? [] : [parameterOf(read)];
      }),
    );
  return {
    about: docs,
    parameters: reads(PATH),
    query: [...reads(QUERY), ...unique(calls.flatMap(listIn))],
    body: bodyOf(calls, source.slice(body[0]?.start, body.at(-1)?.end)),
    ...responseOf(calls, { body, functions, source }),
    example: sampleIn(declarations),
  };
}

/** The code that a type is looked for in. */
interface Code {
  readonly body: readonly Token[];
  readonly functions: ReadonlyMap<string, DartFunction>;
  readonly source: string;
}

/** Reads `event.multiValueQueryStringParameters.listOf('id', asInt)`. */
function listIn({ name, args: [key, decoder] = [] }: Expression): Parameter[] {
  const method = name.startsWith(`${LISTS}.`) ? name.slice(LISTS.length + 1) : undefined;
  if (key?.text === undefined) return [];
  if (method !== LIST_READERS.required && method !== LIST_READERS.optional) return [];
  const oneOf = textsIn(decoder);
  const of = oneOf ? ({ kind: 'string' } as const) : decodedType(decoder);
  const type = { kind: 'list', of, nullable: false } as const;
  return [
    {
      ...{ name: key.text, type, nullable: method === LIST_READERS.optional },
      ...(oneOf && { oneOf }),
    },
  ];
}

const parameterOf = ({ key, type, nullable, oneOf }: ReadValue): Parameter => ({
  ...{ name: key, type, nullable },
  ...(oneOf && { oneOf }),
});

/** Finds how the body is decoded: `event.read(orderFromJson)`, or by hand from `event.body`. */
function bodyOf(calls: readonly Expression[], body: string): ReadBody | undefined {
  const read = calls.find((call) => call.name === 'event.read');
  if (read === undefined) {
    if (!/\bevent\.body\b/.test(body)) return undefined;
    const decode = calls.find(({ name }) => /^\w+FromJson$/.test(name));
    if (decode !== undefined) return { reader: decode.name };
    const model = calls.find(({ name }) => /^[A-Z]\w*\.fromJson$/.test(name));
    const [name] = model?.name.split('.') ?? [];
    return { type: name === undefined ? { kind: 'any' } : { kind: 'model', name } };
  }
  const [decode] = read.args ?? [];
  if (decode?.returns === undefined) {
    return decode?.name ? { reader: decode.name } : { type: { kind: 'any' } };
  }
  const { name, args = [] } = decode.returns;
  return name === 'decodeJson' ? { type: decodedType(args[1]) } : { reader: name };
}

const STATUSES: Readonly<Record<string, number>> = {
  'HttpStatus.ok': 200,
  'HttpStatus.created': 201,
  'HttpStatus.accepted': 202,
  'HttpStatus.noContent': 204,
};

const NO_SUCCESS = 400;

/** Returns the status of a response; undefined where it is computed. */
function statusOf({ named }: Expression): number | undefined {
  const status = named?.get('statusCode');
  if (status === undefined) return 200;
  const { name } = status;
  if (/^\d{3}$/.test(name)) return Number(name);
  // All others that have a name are those of errors, or of another page.
  return STATUSES[name] ?? (name.startsWith('HttpStatus.') ? NO_SUCCESS : undefined);
}

/** Finds what `AwsApiGatewayResponse.json(await getOrder(id))` responds with, where it succeeds. */
function responseOf(
  calls: readonly Expression[],
  code: Code,
): Pick<ReadHandler, 'response' | 'status'> {
  const responses = calls
    .filter(({ name }) => /^AwsApiGatewayResponse(\.json)?$/.test(name))
    .map((call) => ({ call, status: statusOf(call) }))
    .filter(({ status }) => status === undefined || (status >= 200 && status < 300));
  const [found, other] = responses;
  if (found?.status === undefined || other !== undefined)
    return { response: undefined, status: 200 };
  const { call, status } = found;
  const text = call.named?.get('body');
  const value = call.name === 'AwsApiGatewayResponse' ? text?.args?.[0] : call.args?.[0];
  return { response: value && typeOfValue(value, text, code), status };
}

/** @param text what encodes the value, where it is not the response itself */
function typeOfValue(
  { name, args }: Expression,
  text: Expression | undefined,
  code: Code,
): ReadResponse | undefined {
  if (text !== undefined && /^\w+ToJson$/.test(text.name)) return { encoder: text.name };
  if (name === '') return undefined;
  const type = args === undefined ? variableType(name, code) : callType(name, code);
  return type === undefined ? undefined : { type };
}

/** Returns what a function of the library returns, without its `Future`. */
function callType(name: string, { functions }: Code): string | undefined {
  const found = functions.get(name);
  if (found !== undefined) return found.type.replace(/^Future(?:Or)?<(.*)>$/s, '$1');
  // A constructor, perhaps a named one.
  return /^[A-Z]\w*(\.\w+)?$/.test(name) ? name.split('.')[0] : undefined;
}

/** Returns the type of a variable: what it is declared with, or what its value is. */
function variableType(name: string, code: Code): string | undefined {
  const found = variableIn(code.body, name);
  const type = found?.declared.filter(({ text }) => !/^(final|const|var|late)$/.test(text)) ?? [];
  if (type.length > 0) return code.source.slice(type[0]?.start, type.at(-1)?.end);
  const value = expressionOf(found?.value ?? []);
  return value?.args === undefined ? undefined : callType(value.name, code);
}

/** Returns the sample that add-endpoint wrote into the handler. */
function sampleIn(declarations: readonly (readonly Token[])[]): string | undefined {
  for (const declaration of declarations) {
    const at = valueStart(declaration);
    const value = declaration[at + 1];
    if (declaration[at - 1]?.text !== '_sample' || value?.kind !== 'text') continue;
    return textOfLiteral(value.text)?.trim();
  }
  return undefined;
}

const unique = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.filter(({ name }, i) => parameters.findIndex((one) => one.name === name) === i);
