import type { ContractEndpoint, Parameter } from '../service/contract.ts';
import { upperFirst } from '../util/text.ts';

/** An endpoint at its place in an OpenAPI document. */
export interface Placed {
  readonly endpoint: ContractEndpoint;
  readonly path: string;
  /** In lower case. */
  readonly method: string;
  /** What it is called: the name of the endpoint, with the method for one of `ANY`. */
  readonly id: string;
  readonly parameters: readonly PlacedParameter[];
  /** The names of endpoints of the other API with the same method and path. */
  readonly also: readonly string[];
}

interface PlacedParameter {
  readonly name: string;
  readonly parameter: Parameter;
  /** Whether it takes the rest of the path. */
  readonly isRest: boolean;
}

/** The methods that an endpoint of `ANY` is described with. */
const ANY = ['get', 'post', 'put', 'patch', 'delete'] as const;

/** An operation that gets more than its endpoint while others are placed. */
interface Open extends Omit<Placed, 'also'> {
  readonly also: string[];
}

/**
 * Gives each endpoint a path and a method. In a document, two paths that differ in the names of their
 * parameters are the same one, no parameter takes the rest of a path, and there is no `ANY`.
 */
export function placeEndpoints(endpoints: readonly ContractEndpoint[]): readonly Placed[] {
  /** By the path without the names of its parameters. */
  const items = new Map<string, { readonly path: string; readonly methods: Map<string, Open> }>();
  const itemAt = (path: string) => {
    const key = keyOf(path);
    const item = items.get(key) ?? { path, methods: new Map<string, Open>() };
    items.set(key, item);
    return item;
  };
  const place = (endpoint: ContractEndpoint, method: string, id: string): void => {
    let path = plainPath(endpoint.path);
    const same = itemAt(path).methods.get(method);
    if (same !== undefined && isRest(endpoint.path) !== isRest(same.endpoint.path)) {
      // The other one takes a path of one part, so that this one gets those of more.
      path = `${path}/{more}`;
    } else if (same !== undefined) {
      if (endpoint.method !== 'ANY') same.also.push(endpoint.name);
      return;
    }
    const item = itemAt(path);
    if (item.methods.has(method)) return;
    const parameters = parametersOf(endpoint, item.path);
    item.methods.set(method, { endpoint, path: item.path, method, id, parameters, also: [] });
  };
  // In the order of the endpoints, though those of ANY get what the others leave.
  for (const { path } of endpoints) itemAt(plainPath(path));
  // What takes one part of a path comes before what takes the rest of it, as with API Gateway.
  const inOrder = [...endpoints].sort((one, other) => rankOf(one) - rankOf(other));
  for (const one of inOrder) {
    const { name, method } = one;
    if (method !== 'ANY') place(one, method.toLowerCase(), name);
    else for (const verb of ANY) place(one, verb, `${name}${upperFirst(verb)}`);
  }
  return [...items.values()].flatMap(({ methods }) => [...methods.values()]);
}

/** The catch-all route of an HTTP API is `$default`. */
const routePath = (path: string): string => (path === '$default' ? '/{path+}' : path);
const plainPath = (path: string): string => routePath(path).replaceAll('+}', '}');
const rankOf = ({ path, method }: ContractEndpoint): number =>
  (isRest(path) ? 2 : 0) + (method === 'ANY' ? 1 : 0);
const isRest = (path: string): boolean => routePath(path).includes('+}');
const keyOf = (path: string): string => path.replace(/\{[^}]*\}/g, '{}');

/** Gives the parameters of an endpoint the names that they have in the path. */
function parametersOf(endpoint: ContractEndpoint, path: string): readonly PlacedParameter[] {
  const own = [...routePath(endpoint.path).matchAll(/\{([^}+]+)(\+?)\}/g)];
  const names = [...path.matchAll(/\{([^}]+)\}/g)].map(([, name = '']) => name);
  return names.map((name, index): PlacedParameter => {
    const [, known, rest] = own[index] ?? [];
    const parameter = endpoint.parameters.find((one) => one.name === known) ?? {
      ...{ name, type: { kind: 'string' }, nullable: false },
    };
    return {
      name,
      parameter,
      isRest: known === undefined || (rest === '+' && index === names.length - 1),
    };
  });
}
