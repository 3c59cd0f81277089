import type { Parameter, ValueType } from '../../service/contract.ts';
import { LIST_READERS } from '../endpoint/inputs.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { docComment } from './doc-comment.ts';
import { type Expression, expressionOf } from './expressions.ts';
import { textOfLiteral } from './strings.ts';
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
export function readHandler(
  parser: DartParser,
  text: string,
  name: string,
): ReadHandler | undefined {
  return parser.read(text, (root) => {
    const nodes = root.namedChildren.filter((node): node is Node => node !== null);
    const at = nodes.findIndex((node) => isFunction(node, name));
    const body = nodes[at + 1];
    if (at < 0 || body === undefined) return undefined;
    const calls = [...callsIn(body)];
    const reads = (source: string): readonly Parameter[] =>
      unique(
        calls.flatMap((call) => {
          const read = readOf(call, source);
          return read === undefined ? [] : [parameterOf(read)];
        }),
      );
    return {
      about: docComment(nodes, at),
      parameters: reads(PATH),
      query: [...reads(QUERY), ...unique(calls.flatMap(listIn))],
      body: bodyOf(calls, body),
      ...responseOf(calls, body, nodes),
      example: sampleIn(nodes),
    };
  });
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
function bodyOf(calls: readonly Expression[], body: Node): ReadBody | undefined {
  const read = calls.find((call) => call.name === 'event.read');
  if (read === undefined) {
    if (!/\bevent\.body\b/.test(body.text)) return undefined;
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

const isFunction = (node: Node, name: string): boolean =>
  node.type === 'function_signature' && signatureOf(node).name === name;

/** Splits a signature into its type and its name. */
function signatureOf(node: Node): { readonly type: string; readonly name: string } {
  const names = node.namedChildren.filter((child) => child?.type === 'identifier');
  const name = names.at(-1);
  const type =
    name === undefined || name === null
      ? ''
      : node.text.slice(0, name.startIndex - node.startIndex);
  return { name: name?.text ?? '', type: type.trim() };
}

/** Finds the calls in a body, whose nodes are beside each other in the tree. */
function* callsIn(body: Node): Generator<Expression> {
  for (const node of body.descendantsOfType('identifier')) {
    if (node?.parent === null || node?.parent === undefined) continue;
    const siblings = node.parent.namedChildren;
    const index = siblings.findIndex((one) => one?.id === node.id);
    if (siblings[index + 1]?.type !== 'selector') continue;
    const end = siblings.findIndex((one, i) => i > index && one?.type !== 'selector');
    const call = expressionOf(siblings.slice(index, end < 0 ? undefined : end));
    if (call?.args !== undefined) yield call;
  }
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
  body: Node,
  nodes: readonly Node[],
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
  return { response: value && typeOfValue(value, text, body, nodes), status };
}

/** @param text what encodes the value, where it is not the response itself */
function typeOfValue(
  { name, args }: Expression,
  text: Expression | undefined,
  body: Node,
  nodes: readonly Node[],
): ReadResponse | undefined {
  if (text !== undefined && /^\w+ToJson$/.test(text.name)) return { encoder: text.name };
  if (name === '') return undefined;
  const type = args === undefined ? variableType(name, body, nodes) : callType(name, nodes);
  return type === undefined ? undefined : { type };
}

/** Returns what a function of the library returns, without its `Future`. */
function callType(name: string, nodes: readonly Node[]): string | undefined {
  const found = nodes.find((node) => isFunction(node, name));
  if (found !== undefined) return signatureOf(found).type.replace(/^Future(?:Or)?<(.*)>$/s, '$1');
  // A constructor, perhaps a named one.
  return /^[A-Z]\w*(\.\w+)?$/.test(name) ? name.split('.')[0] : undefined;
}

/** Returns the type of a variable: what it is declared with, or what its value is. */
function variableType(name: string, body: Node, nodes: readonly Node[]): string | undefined {
  const found = body
    .descendantsOfType('initialized_variable_definition')
    .find((one) =>
      one?.namedChildren.some((child) => child?.type === 'identifier' && child.text === name),
    );
  if (!found) return undefined;
  const children = found.namedChildren.filter((child): child is Node => child !== null);
  const index = children.findIndex(({ type, text }) => type === 'identifier' && text === name);
  const declared = found.text.slice(0, (children[index]?.startIndex ?? 0) - found.startIndex);
  const type = declared.replace(/^(final|const|var|late)\b/g, '').trim();
  if (type !== '') return type;
  const value = expressionOf(children.slice(index + 1));
  return value?.args === undefined ? undefined : callType(value.name, nodes);
}

/** Returns the sample that add-endpoint wrote into the handler. */
function sampleIn(nodes: readonly Node[]): string | undefined {
  for (const node of nodes) {
    for (const one of node.descendantsOfType('static_final_declaration')) {
      if (one?.firstNamedChild?.text !== '_sample') continue;
      const literal = one.namedChildren.find((child) => child?.type === 'string_literal');
      return literal ? textOfLiteral(literal.text)?.trim() : undefined;
    }
  }
  return undefined;
}

const unique = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.filter(({ name }, i) => parameters.findIndex((one) => one.name === name) === i);
