import type { Contract, ContractEndpoint } from '../../service/contract.ts';
import { takesBody } from '../../service/endpoint/rules.ts';
import {
  arrow,
  type Code,
  call,
  declaration,
  entry,
  generic,
  literal,
  print,
  signature,
} from '../format/constructs.ts';
import { dartString, lowerCamel } from '../identifiers.ts';
import { decoder, encode, typeOf } from '../model/code.ts';
import type { Shape } from '../model/shape.ts';
import { parameterShape, shapeOf } from './shapes.ts';

/** Lists what else has a name in the class. */
const MEMBERS = 'abortTrigger abortedBy base close http json timeout token utf8'.split(' ');

/** The route that a client calls for the catch-all of an HTTP API. */
const ANY_PATH = '/{path+}';

/** Writes a method for each endpoint. */
export function methodsOf({ endpoints, types }: Contract): string {
  const taken = new Set(MEMBERS);
  return endpoints
    .map((endpoint) => {
      const name = lowerCamel(endpoint.name, taken);
      taken.add(name);
      return methodOf(endpoint, name, types);
    })
    .join('\n\n');
}

/** Describes a parameter of a method. */
interface Argument {
  readonly name: string;
  readonly type: Code;
  /** May be left out. */
  readonly optional: boolean;
  /** The value that is sent. */
  readonly value: Code;
}

function methodOf(endpoint: ContractEndpoint, name: string, types: Contract['types']): string {
  const { request, response } = endpoint;
  const isCatchAll = endpoint.path === '$default';
  const path = isCatchAll ? ANY_PATH : endpoint.path;
  const isAny = endpoint.method === 'ANY';
  const isUntyped = endpoint.file === undefined || isAny;
  const hasFreeBody = request === undefined && (isUntyped || takesBody(endpoint.method));
  const taken = new Set([
    ...(isAny ? ['method'] : []),
    ...(request === undefined ? [] : ['request']),
    ...(hasFreeBody ? ['body'] : []),
    ...(isUntyped ? ['query'] : []),
  ]);
  const argument = (key: string, { type, nullable }: Parameter): Argument => {
    const local = lowerCamel(key, taken);
    taken.add(local);
    const shape = parameterShape(type, types);
    const value = encode(shape, local, nullable);
    return { name: local, type: typeOf(shape, nullable), optional: nullable, value };
  };
  const inPath = isCatchAll ? [CATCH_ALL] : endpoint.parameters;
  const ofPath = inPath.map((one) => [one.name, argument(one.name, required(one))] as const);
  const ofQuery = endpoint.query.map((one) => [one.name, argument(one.name, one)] as const);
  const body = request && shapeOf(request.type, types);
  const positional = [
    ...(isAny ? ['String method'] : []),
    ...ofPath.map(([, one]) => declaration(one.type, one.name)),
    ...(request && body ? [declaration(typeOf(body, request.nullable), 'request')] : []),
  ];
  const named = [
    ...ofQuery.filter(([, one]) => !one.optional).map(([, one]) => mandatory(one)),
    ...ofQuery.filter(([, one]) => one.optional).map(([, one]) => declaration(one.type, one.name)),
    ...(isUntyped ? [declaration('Map<String, Object?>', 'query = const {}')] : []),
    ...(hasFreeBody ? ['Object? body'] : []),
  ];
  const result = resultOf(endpoint, types);
  const query = ofQuery.map(([key, { value }]) => entry(`${dartString(key)}:`, value));
  const args = [
    isAny ? 'method' : dartString(endpoint.method),
    dartString(path),
    ...namedMap(
      'path',
      ofPath.map(([key, one]) => entry(`${dartString(key)}:`, one.value)),
    ),
    ...(isUntyped
      ? [entry('query:', query.length === 0 ? 'query' : literal('{', [...query, '...query']))]
      : namedMap('query', query)),
    ...(request && body ? [entry('body:', encodeBody(body, request.nullable))] : []),
    ...(hasFreeBody ? ['body: body'] : []),
    ...(result.decode === undefined ? [] : [entry('decode:', result.decode)]),
  ];
  const declared = declaration(generic('Future', [result.type]), [
    [name, signature(positional, named)],
    arrow(call('_call', args)),
    ';',
  ]);
  const isKnown = response.type.kind !== 'any' || endpoint.method === 'HEAD';
  return [...docs(endpoint, isKnown), print(declared, 2)].join('\n');
}

type Parameter = Pick<ContractEndpoint['query'][number], 'type' | 'nullable'>;

const CATCH_ALL = { name: 'path', type: { kind: 'string' }, nullable: false } as const;

/** A path without its parameter is another path. */
const required = <T extends Parameter>(one: T): T => ({ ...one, nullable: false });

const mandatory = ({ type, name }: Argument): Code => declaration(['required ', type], name);

const namedMap = (name: string, entries: readonly Code[]): readonly Code[] =>
  entries.length === 0 ? [] : [entry(`${name}:`, literal('{', entries))];

/** `json.encode` calls the `toJson` of models, but knows no dates. */
const encodeBody = (shape: Shape, nullable: boolean): Code =>
  hasDate(shape) ? encode(shape, 'request', nullable) : 'request';

function hasDate(shape: Shape): boolean {
  if (shape.kind === 'list') return hasDate(shape.item);
  return shape.kind === 'map' ? hasDate(shape.value) : shape.kind === 'dateTime';
}

/** Returns the type of what a method returns, and what decodes it. */
function resultOf(
  { method, response }: ContractEndpoint,
  types: Contract['types'],
): { readonly type: Code; readonly decode?: Code } {
  if (method === 'HEAD') return { type: 'void' };
  const shape = shapeOf(response.type, types);
  if (shape.kind === 'any') return { type: 'Object?' };
  return { type: typeOf(shape, response.nullable), decode: decoder(shape) };
}

/** Writes the doc comment of a method. */
function docs(endpoint: ContractEndpoint, isKnown: boolean): readonly string[] {
  const { method, path, about, authorizer, file } = endpoint;
  const paragraphs = [
    `\`${oneLineOf(method)} ${oneLineOf(path)}\``,
    about,
    ...(authorizer === undefined ? [] : [`Needs the token of ${oneLineOf(authorizer)}.`]),
    ...(file === undefined
      ? ['Its handler was not found, so the types of its data are not known.']
      : isKnown
        ? []
        : [`The type of what it answers is not known from ${oneLineOf(file)}.`]),
  ];
  return paragraphs
    .filter((text) => text !== '')
    .join('\n\n')
    .split(/\r\n|[\n\r\u2028\u2029]/)
    .map((line) => `  /// ${line}`.trimEnd());
}

const oneLineOf = (text: string): string => text.replace(/\s+/g, ' ');
