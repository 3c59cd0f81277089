import type { PlacedFunction } from '../consistency/check.ts';
import type { DartParser } from '../dart/main/parser.ts';
import { type ReadHandler, readHandler } from '../dart/reading/handlers.ts';
import { type ModelLibrary, readModels } from '../dart/reading/models.ts';
import { typeOfDart } from '../dart/reading/types.ts';
import type {
  Contract,
  ContractBody,
  ContractEndpoint,
  ContractEnum,
  ContractModel,
  Parameter,
  Value,
  ValueType,
} from '../service/contract.ts';
import type { HttpEvent } from '../service/service.ts';

/** Holds what the contract of a service is made of. */
export interface ContractSources {
  /** The name of the service. */
  readonly service: string;
  /** The name of its Dart package. */
  readonly package: string;
  readonly functions: readonly PlacedFunction[];
  /** The texts of the files of lib/models/, by path. */
  readonly models: ReadonlyMap<string, string>;
  /** Returns the name of the authorizer of a route. */
  readonly authorizerOf: (functionKey: string, route: HttpEvent) => string | undefined;
}

type NamedType = ContractModel | ContractEnum;

/**
 * Describes the API of a service by its functions, handlers and models. What the code does not tell
 * is there without a type.
 */
export function contractOf(sources: ContractSources, parser: DartParser): Contract {
  const libraries = [...sources.models].map(([file, text]) => readModels(parser, file, text));
  const declared = new Map(libraries.flatMap(({ types }) => types.map((one) => [one.name, one])));
  const readers = new Map(libraries.flatMap((library) => [...library.readers]));
  const known = { declared, readers };
  const endpoints = sources.functions.flatMap((placed) =>
    endpointsOf(placed, sources, known, parser),
  );
  return {
    service: sources.service,
    package: sources.package,
    endpoints,
    types: usedTypes(endpoints, declared),
  };
}

interface Known {
  readonly declared: ReadonlyMap<string, NamedType>;
  readonly readers: ModelLibrary['readers'];
}

function endpointsOf(
  { fn, declared, file }: PlacedFunction,
  { authorizerOf }: ContractSources,
  known: Known,
  parser: DartParser,
): readonly ContractEndpoint[] {
  if (fn.events.length === 0) return [];
  const handler = declared && readHandler(parser, declared.library, declared.name);
  return fn.events.map((route, index) => {
    const { api, method, path } = route;
    const authorizer = authorizerOf(fn.key, route);
    return {
      name: index === 0 ? fn.key : `${fn.key}${index + 1}`,
      ...{ function: fn.key, api, method, path },
      ...dataOf(handler, path, known),
      ...(handler && file !== undefined && { file }),
      ...(authorizer !== undefined && { authorizer }),
    };
  });
}

type Data = Pick<
  ContractEndpoint,
  'about' | 'parameters' | 'query' | 'request' | 'response' | 'refuses'
>;

/** Describes the data of an endpoint, as far as its handler tells. */
function dataOf(handler: ReadHandler | undefined, path: string, known: Known): Data {
  const read = new Map(handler?.parameters.map((one) => [one.name, one]));
  const parameters = namesIn(path).map(
    (name): Parameter => read.get(name) ?? { name, type: { kind: 'string' }, nullable: false },
  );
  if (handler === undefined) {
    return { about: '', parameters, query: [], response: UNKNOWN, refuses: false };
  }
  const { reader, response, example } = handler;
  const query = handler.query.map((one) => ({ ...one, type: resolved(one.type, known) }));
  const request = reader === undefined ? undefined : bodyOf(known.readers.get(reader), known);
  return {
    about: aboutOf(handler.about),
    ...{ parameters, query },
    ...(request && { request: { ...request, ...(reader !== undefined && { reader }) } }),
    response: { ...bodyOf(response, known), ...(example !== undefined && { example }) },
    refuses: reader !== undefined || handler.parameters.length > 0 || query.length > 0,
  };
}

/** Lists the names of the parameters in a path. */
const namesIn = (path: string): readonly string[] =>
  [...path.matchAll(/\{([^}+]+)\+?\}/g)].map(([, name = '']) => name);

/** Leaves out the route, which the doc comment of a generated handler starts with. */
const aboutOf = (text: string): string => text.replace(/^`[A-Z]+ \/[^`]*`(?::\s*|\s*$)/, '').trim();

const UNKNOWN: Value = { type: { kind: 'any' }, nullable: true };

/** Reads a Dart type, where it is known. */
function bodyOf(type: string | undefined, known: Known): ContractBody {
  if (type === undefined) return UNKNOWN;
  const value = typeOfDart(type);
  const resolvedType = resolved(value.type, known);
  return { type: resolvedType, nullable: value.nullable || resolvedType.kind === 'any' };
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
    if (type.kind === 'list' || type.kind === 'map') {
      add(type.of);
      return;
    }
    if (type.kind !== 'model' && type.kind !== 'enum') return;
    const found = declared.get(type.name);
    if (found === undefined || used.has(type.name)) return;
    if (found.kind === 'enum') {
      used.set(type.name, found);
      return;
    }
    const fields = found.fields.map((field) => ({ ...field, type: resolved(field.type, known) }));
    used.set(type.name, { ...found, fields });
    for (const field of fields) add(field.type);
  };
  for (const { query, request, response } of endpoints) {
    for (const { type } of [...query, ...(request ? [request] : []), response]) add(type);
  }
  return new Map([...used].sort(([a], [b]) => (a < b ? -1 : 1)));
}
