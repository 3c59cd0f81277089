import findMyWay, { type HTTPMethod } from 'find-my-way';
import { UserError } from '../../errors.ts';
import type { HttpEvent, Service, ServiceFunction } from '../../service/service.ts';
import type { RouteMatch } from './api.ts';
import { stableId } from './stable-id.ts';

/** The methods that API Gateway takes; ANY stands for them. */
const METHODS: readonly string[] = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'];

/** What one event of a function is to the gateway. */
export interface Route {
  readonly api: HttpEvent['api'];
  readonly method: string;
  /** As serverless.yml has it: `/orders/{id}`, or `$default`. */
  readonly path: string;
  /** `GET /orders/{id}`, or `$default`. */
  readonly routeKey: string;
  /** The parameters of the path in their order: `id`, `proxy`. */
  readonly parameters: readonly string[];
  readonly fn: ServiceFunction;
  readonly apiId: string;
  readonly resourceId: string;
  readonly stage: string;
}

export interface RouteTable {
  /** @param path as it was sent, encoded, without the query */
  find(method: string, path: string): RouteMatch | undefined;
  /**
   * The path without the stage of the REST API, which its address on AWS begins with:
   * `/hello` for `/dev/hello`. The path as it is where a route has it, where it has no
   * stage, and where the REST API has nothing below the stage.
   */
  withoutStage(method: string, path: string): string;
  /** The path of the REST API's resource that a path leads to: `/orders/{id}`. */
  resource(path: string): string | undefined;
  /** Whether a function of the service has routes in that kind of API. */
  has(api: HttpEvent['api']): boolean;
  /** The API that answers where no route does. */
  readonly fallback: HttpEvent['api'];
}

/**
 * The routes of a service. A REST API finds the resource first and then its
 * method, an HTTP API the most specific route that has the method; both try
 * static parts before parameters before `{proxy+}`, and a method before ANY.
 * Where a service has both APIs, the REST API is asked first.
 *
 * @throws UserError for a path that API Gateway does not take, and for a route that is there twice
 */
export function routeTable(service: Service): RouteTable {
  const routes = service.functions.flatMap((fn) =>
    fn.events.map((event) => route(service, fn, event)),
  );
  const rest = restRoutes(routes.filter(({ api }) => api === 'rest'));
  const http = httpRoutes(routes.filter(({ api }) => api === 'http'));
  const find: Find = (method, path) =>
    METHODS.includes(method) ? (rest.find(method, path) ?? http(method, path)) : undefined;
  const stage = `/${service.stage}`;
  return {
    find,
    withoutStage: (method, path) => {
      const isBelow = path === stage || path.startsWith(`${stage}/`);
      if (!isBelow || find(method, path)) return path;
      const below = path.slice(stage.length) || '/';
      if (rest.find(method, below)) return below;
      // A resource without the method, too: a CORS preflight is about the resource.
      return !rest.resource(path) && rest.resource(below) ? below : path;
    },
    resource: (path) => rest.resource(path),
    has: (kind) => routes.some(({ api }) => api === kind),
    fallback: routes.length === 0 || routes.some(({ api }) => api === 'rest') ? 'rest' : 'http',
  };
}

type Find = RouteTable['find'];

function restRoutes(routes: readonly Route[]): Pick<RouteTable, 'find' | 'resource'> {
  const resources = new Router<Map<string, Route>>();
  for (const route of routes) {
    const methods = resources.at('GET', route.path) ?? new Map<string, Route>();
    refuseTwice(methods.get(route.method), route);
    if (methods.size === 0) resources.add('GET', route.path, methods);
    methods.set(route.method, route);
  }
  return {
    find: (method, path) => {
      const found = resources.find('GET', path);
      const route = found?.value.get(method) ?? found?.value.get('ANY');
      return found && route && match(route, found.parameters);
    },
    resource: (path) => {
      const [route] = resources.find('GET', path)?.value.values() ?? [];
      return route?.path;
    },
  };
}

function httpRoutes(routes: readonly Route[]): Find {
  const router = new Router<Route>();
  const [fallback, secondFallback] = routes.filter(({ path }) => path === '$default');
  if (secondFallback) refuseTwice(fallback, secondFallback);
  const exactFirst = routes
    .filter(({ path }) => path !== '$default')
    .sort((a, b) => Number(a.method === 'ANY') - Number(b.method === 'ANY'));
  for (const route of exactFirst) {
    for (const method of route.method === 'ANY' ? METHODS : [route.method]) {
      const there = router.at(method, route.path);
      if (!there) router.add(method, route.path, route);
      else if (there.method === route.method) refuseTwice(there, route);
    }
  }
  return (method, path) => {
    const found = router.find(method, path);
    if (found) return match(found.value, found.parameters);
    return fallback && match(fallback, []);
  };
}

function route(service: Service, fn: ServiceFunction, event: HttpEvent): Route {
  const { api, method, path } = event;
  return {
    api,
    method,
    path,
    routeKey: path === '$default' ? path : `${method} ${path}`,
    parameters: path === '$default' ? [] : compile(path).names,
    fn,
    apiId: stableId(`${service.name}-${service.stage}-${api}`, 10),
    resourceId: stableId(`${service.name}-${path}`, 6),
    stage: api === 'rest' ? service.stage : '$default',
  };
}

function match(route: Route, values: readonly string[]): RouteMatch {
  const parameters: Record<string, string> = {};
  for (const [index, name] of route.parameters.entries()) parameters[name] = values[index] ?? '';
  return { route, parameters };
}

function refuseTwice(there: Route | undefined, route: Route): void {
  if (!there) return;
  throw new UserError(
    `The functions ${there.fn.key} and ${route.fn.key} both have the route ${route.routeKey}.`,
    'give one of them another path or method in serverless.yml',
  );
}

/** find-my-way, with paths as API Gateway writes them. */
class Router<T> {
  readonly #router = findMyWay({
    // Its default of 100 would hide longer parameters; node:http bounds the URL.
    maxParamLength: 65_536,
  });

  add(method: string, path: string, value: T): void {
    this.#router.on(method as HTTPMethod, compile(path).pattern, () => {}, value);
  }

  /** What was added for this very path, whatever its parameters are called. */
  at(method: string, path: string): T | undefined {
    return this.#router.findRoute(method as HTTPMethod, compile(path).pattern)?.store;
  }

  /** What serves a path, and the decoded values of its parameters in their order. */
  find(method: string, path: string): { value: T; parameters: string[] } | undefined {
    // OPTIONS * is about the server; find-my-way would take the star for a path.
    const found = path.startsWith('/') && this.#router.find(method as HTTPMethod, path);
    if (!found) return undefined;
    const parameters = Object.values(found.params) as string[];
    // `/orders/` is not an order: API Gateway has no empty parameter.
    return parameters.includes('') ? undefined : { value: found.store, parameters };
  }
}

/**
 * `/orders/{id}/{proxy+}` as find-my-way writes it, with neutral names in place
 * of the parameters' own: two routes may call the same place differently, and a
 * dash in a name would mean something to the router.
 */
function compile(path: string): { pattern: string; names: string[] } {
  const names: string[] = [];
  const parts = path.split('/').slice(1);
  const pattern = parts.map((part, index) => {
    const [, name, greedy] = /^\{([\w.:-]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) {
      if (/[{}*?#()\s]/.test(part)) throw badPath(path);
      return part.replaceAll(':', '::');
    }
    names.push(name);
    if (!greedy) return `:p${names.length}`;
    if (index < parts.length - 1) throw badPath(path);
    return '*';
  });
  if (!path.startsWith('/')) throw badPath(path);
  return { pattern: `/${pattern.join('/')}`, names };
}

function badPath(path: string): UserError {
  return new UserError(
    `API Gateway takes no path like ${path}.`,
    'a parameter is a whole part of the path, /orders/{id}; {proxy+} is the last part',
  );
}
