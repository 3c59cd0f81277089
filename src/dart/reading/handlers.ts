import type { Parameter } from '../../service/contract.ts';
import { LIST_READERS } from '../endpoint/inputs.ts';
import { textOfString } from '../main/declarations.ts';
import type { DartParser, Node } from '../main/parser.ts';
import { docComment } from './doc-comment.ts';
import { type Expression, expressionOf } from './expressions.ts';
import { decodedType, readOf } from './types.ts';

/** Holds what the handler of an endpoint reads and responds with, as far as its code tells. */
export interface ReadHandler {
  readonly about: string;
  /** The parameters of the path, in the order in which they are read. */
  readonly parameters: readonly Parameter[];
  readonly query: readonly Parameter[];
  /** The function that decodes the body: `orderFromJson`; undefined where it reads none. */
  readonly reader: string | undefined;
  /** The Dart type that it responds with, as written; undefined where it is not known. */
  readonly response: string | undefined;
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
          return read === undefined
            ? []
            : [{ name: read.key, type: read.type, nullable: read.nullable }];
        }),
      );
    return {
      about: docComment(nodes, at),
      parameters: reads(PATH),
      query: [...reads(QUERY), ...unique(calls.flatMap(listIn))],
      reader: calls.find((call) => call.name === 'event.read')?.args?.[0]?.name,
      response: responseOf(calls, body, nodes),
      example: sampleIn(nodes),
    };
  });
}

/** Reads `event.multiValueQueryStringParameters.listOf('id', asInt)`. */
function listIn({ name, args: [key, decoder] = [] }: Expression): Parameter[] {
  const method = name.startsWith(`${LISTS}.`) ? name.slice(LISTS.length + 1) : undefined;
  if (key?.text === undefined) return [];
  if (method !== LIST_READERS.required && method !== LIST_READERS.optional) return [];
  const type = { kind: 'list', of: decodedType(decoder), nullable: false } as const;
  return [{ name: key.text, type, nullable: method === LIST_READERS.optional }];
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

/** Finds the type of `AwsApiGatewayResponse.json(await getOrder(id))`. */
function responseOf(
  calls: readonly Expression[],
  body: Node,
  nodes: readonly Node[],
): string | undefined {
  const responses = calls.filter(({ name }) => /^AwsApiGatewayResponse(\.json)?$/.test(name));
  const [response, other] = responses;
  if (response === undefined || other !== undefined) return undefined;
  const isText = response.name === 'AwsApiGatewayResponse';
  const value = isText ? response.named?.get('body')?.args?.[0] : response.args?.[0];
  if (value === undefined || value.name === '') return undefined;
  return value.args === undefined
    ? variableType(value.name, body, nodes)
    : callType(value.name, nodes);
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
      return literal ? textOfString(literal.text)?.trim() : undefined;
    }
  }
  return undefined;
}

const unique = (parameters: readonly Parameter[]): readonly Parameter[] =>
  parameters.filter(({ name }, i) => parameters.findIndex((one) => one.name === name) === i);
