import type { PlacedFunction } from '../consistency/check.ts';
import {
  type ReadBody,
  type ReadHandler,
  type ReadResponse,
  readHandler,
} from '../dart/reading/handlers.ts';
import { type ModelLibrary, readModels } from '../dart/reading/models.ts';
import { textOfLiteral } from '../dart/reading/strings.ts';
import { typeOfDart } from '../dart/reading/types.ts';
import type {
  Contract,
  ContractAuthorizer,
  ContractBody,
  ContractEndpoint,
  ContractEnum,
  ContractModel,
  Parameter,
  Value,
  ValueType,
} from '../service/contract.ts';
import type { HttpEvent } from '../service/service.ts';
import { upperFirst } from '../util/text.ts';

/** Holds what the contract of a service is made of. */
export interface ContractSources {
  /** The name of the service. */
  readonly service: string;
  /** The name of its Dart package. */
  readonly package: string;
  readonly functions: readonly PlacedFunction[];
  /** The texts of the files of lib/models/, by path. */
  readonly models: ReadonlyMap<string, string>;
  /** The texts of the tests of handlers, by path, for the samples of requests in them. */
  readonly tests: ReadonlyMap<string, string>;
  /** Returns how a route is protected. */
  readonly accessOf: (functionKey: string, route: HttpEvent) => Access;
}

/** How a route is protected. */
export interface Access {
  readonly authorizer?: ContractAuthorizer;
  readonly needsApiKey?: boolean;
}

type NamedType = ContractModel | ContractEnum;

/**
 * Describes the API of a service by its functions, handlers and models. What the code does not tell
 * is there without a type.
 */
export function contractOf(sources: ContractSources): Contract {
  const libraries = [...sources.models].map(([file, text]) => readModels(file, text));
  const declared = new Map(libraries.flatMap(({ types }) => types.map((one) => [one.name, one])));
  const readers = new Map(libraries.flatMap((library) => [...library.readers]));
  const known = { declared, readers };
  const endpoints = sources.functions.flatMap((placed) => endpointsOf(placed, sources, known));
  const authorizers = sources.functions.flatMap(({ fn }) =>
    fn.events.flatMap((route) => sources.accessOf(fn.key, route).authorizer ?? []),
  );
  return {
    service: sources.service,
    package: sources.package,
    endpoints,
    authorizers: new Map(authorizers.map((one) => [one.name, one])),
    types: usedTypes(endpoints, declared),
  };
}

interface Known {
  readonly declared: ReadonlyMap<string, NamedType>;
  readonly readers: ModelLibrary['readers'];
}

function endpointsOf(
  { fn, declared, file }: PlacedFunction,
  { accessOf, tests }: ContractSources,
  known: Known,
): readonly ContractEndpoint[] {
  if (fn.events.length === 0) return [];
  const handler = declared && readHandler(declared.library, declared.name);
  return fn.events.map((route, index) => {
    const { api, method, path } = route;
    const { authorizer, needsApiKey } = accessOf(fn.key, route);
    return {
      name: index === 0 ? fn.key : `${fn.key}${index + 1}`,
      ...{ function: fn.key, api, method, path },
      ...withRequest(dataOf(handler, path, known), requestSample(tests, file)),
      ...(handler && file !== undefined && { file }),
      ...(authorizer && { authorizer: authorizer.name }),
      ...(needsApiKey && { needsApiKey }),
    };
  });
}

type Data = Pick<
  ContractEndpoint,
  'about' | 'parameters' | 'query' | 'request' | 'response' | 'status' | 'refuses'
>;

const withRequest = (data: Data, example: string | undefined): Data =>
  data.request && example !== undefined ? { ...data, request: { ...data.request, example } } : data;

/** Finds the sample that add-endpoint wrote into the test of a handler. */
function requestSample(
  tests: ContractSources['tests'],
  handler: string | undefined,
): string | undefined {
  const path = handler?.replace(/^lib\//, 'test/').replace(/\.dart$/, '_test.dart') ?? '';
  const literal = /^const _request =\s*(r?('''|"""|'|")[\s\S]*?\2);$/m.exec(tests.get(path) ?? '');
  return literal === null ? undefined : textOfLiteral(literal[1] ?? '')?.trim();
}

/** Describes the data of an endpoint, as far as its handler tells. */
function dataOf(handler: ReadHandler | undefined, path: string, known: Known): Data {
  const read = new Map(handler?.parameters.map((one) => [one.name, one]));
  const parameters = namesIn(path).map(
    (name): Parameter => read.get(name) ?? { name, type: { kind: 'string' }, nullable: false },
  );
  if (handler === undefined) {
    return {
      ...{ about: '', parameters, query: [], response: UNKNOWN, status: 200, refuses: false },
    };
  }
  const { query, body, response, status, example } = handler;
  const request = body && requestOf(body, known);
  return {
    ...{ about: aboutOf(handler.about), parameters, query, status },
    ...(request && { request }),
    response: { ...responseOf(response, known), ...(example !== undefined && { example }) },
    refuses:
      request !== undefined ||
      parameters.some((one) => isTyped(one)) ||
      query.some((one) => !one.nullable || isTyped(one)),
  };
}

/** Whether some texts are not valid. */
function isTyped({ type, oneOf }: Parameter): boolean {
  const { kind } = type.kind === 'list' ? type.of : type;
  return oneOf !== undefined || (kind !== 'string' && kind !== 'any');
}

/** Lists the names of the parameters in a path. */
const namesIn = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);

/** Leaves out the route, which the doc comment of a generated handler starts with. */
const aboutOf = (text: string): string =>
  upperFirst(text.replace(/^`[A-Z]+ \/[^`]*`(?::\s*|\s*$)/, '').trim());

const UNKNOWN: Value = { type: { kind: 'any' }, nullable: true };

function requestOf(body: ReadBody, known: Known): ContractBody {
  const { reader } = body;
  if (reader === undefined) return knownValue({ type: body.type, nullable: false }, known);
  const read = known.readers.get(reader);
  return read === undefined ? UNKNOWN : { ...knownValue(read, known), reader };
}

function responseOf(response: ReadResponse | undefined, known: Known): ContractBody {
  if (response === undefined) return UNKNOWN;
  if ('type' in response) return knownValue(typeOfDart(response.type), known);
  const read = known.readers.get(response.encoder.replace(/ToJson$/, 'FromJson'));
  return read === undefined ? UNKNOWN : knownValue(read, known);
}

function knownValue({ type, nullable }: Value, known: Known): Value {
  const found = resolved(type, known);
  return { type: found, nullable: nullable || found.kind === 'any' };
}

/** Says of a named type whether it is a model or an enum; `any` where lib/models/ has none. */
function resolved(type: ValueType, known: Known): ValueType {
  switch (type.kind) {
    case 'model':
    case 'enum': {
      const found = known.declared.get(type.name);
      return found === undefined ? { kind: 'any' } : { kind: found.kind, name: type.name };
    }
    case 'list':
    case 'map': {
      const of = resolved(type.of, known);
      return { ...type, of, nullable: type.nullable || of.kind === 'any' };
    }
    default:
      return type;
  }
}

/** Finds the models and enums that the endpoints use, those of their fields included. */
function usedTypes(
  endpoints: readonly ContractEndpoint[],
  declared: Known['declared'],
): ReadonlyMap<string, NamedType> {
  const used = new Map<string, NamedType>();
  const known = { declared, readers: new Map() };
  const add = (type: ValueType): void => {
    if (type.kind === 'list' || type.kind === 'map') add(type.of);
    if (type.kind !== 'model' && type.kind !== 'enum') return;
    const found = declared.get(type.name);
    if (found === undefined || used.has(type.name)) return;
    if (found.kind === 'enum') {
      used.set(type.name, found);
      return;
    }
    const fields = found.fields.map((field) => ({ ...field, ...knownValue(field, known) }));
    used.set(type.name, { ...found, fields });
    for (const field of fields) add(field.type);
  };
  for (const { query, request, response } of endpoints) {
    for (const { type } of [...query, ...(request ? [request] : []), response]) add(type);
  }
  return new Map([...used].sort(([a], [b]) => (a < b ? -1 : 1)));
}
