import findMyWay, { type HTTPMethod } from 'find-my-way';
import { UserError } from '../../errors.ts';
import { withOneLeadingSlash, withoutTrailingSlash } from '../../serverless-yml/http-paths.ts';
import { REQUEST_METHODS } from '../../service/endpoint/rules.ts';
import type { HttpEvent, Service, ServiceFunction } from '../../service/service.ts';
import { stableId } from './stable-id.ts';

/** What one event of a function is to the gateway. */
export interface Route {
  readonly api: HttpEvent['api'];
  readonly method: string;
  /** As serverless.yml has it: `/orders/{id}`, or `$default`. */
  readonly path: string;
  /** `GET /orders/{id}`, or `$default`. */
  readonly routeKey: string;
  readonly parameters: readonly RouteParameter[];
  readonly fn: ServiceFunction;
  readonly apiId: string;
  readonly resourceId: string;
  readonly deploymentId: string;
  readonly stage: string;
}

/** `{id}` or `{proxy+}` in a path. */
interface RouteParameter {
  readonly name: string;
  /** Which part of the path it is, from 0. */
  readonly index: number;
  /** Whether it takes the parts behind it, too. */
  readonly greedy: boolean;
}

/** A route, and how its API reads the path of the request. All of it is encoded, as it was sent. */
export interface RouteMatch {
  readonly route: Route;
  /** What the path holds for the route's parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The path without the stage of a REST API. */
  readonly path: string;
  /** The path with that stage. */
  readonly contextPath: string;
}

/**
 * A REST API is found with and without its stage, which its address on AWS begins with.
 * A route that has the stage's name for its first part goes before the stage.
 */
export interface RouteTable {
  /** @param sent the path as it was sent, encoded, without the query */
  find(method: string, sent: string): RouteMatch | undefined;
  /** The path of the REST API's resource that a path leads to, by any method: `/orders/{id}`. */
  resource(sent: string): string | undefined;
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
  const stage = `/${service.stage}`;
  const rest = restRoutes(
    routes.filter(({ api }) => api === 'rest'),
    stage,
  );
  const http = httpRoutes(routes.filter(({ api }) => api === 'http'));
  /** What stands behind the stage in a path; undefined where it does not begin with it. */
  const belowStage = (sent: string): string | undefined => {
    const path = withOneLeadingSlash(sent);
    if (path === stage) return '/';
    return path.startsWith(`${stage}/`) ? path.slice(stage.length) : undefined;
  };
  const namesStage = (path: string): boolean => path === stage || path.startsWith(`${stage}/`);
  return {
    find: (method, sent) => {
      // OPTIONS * is about the server, and is no path.
      if (!REQUEST_METHODS.includes(method) || !sent.startsWith('/')) return undefined;
      const whole = rest.find(method, sent) ?? http(method, sent);
      const below = belowStage(sent);
      if (below === undefined || (whole && namesStage(whole.route.path))) return whole;
      return rest.find(method, below) ?? whole;
    },
    resource: (sent) => {
      const whole = rest.resource(sent);
      const below = belowStage(sent);
      if (below === undefined || (whole !== undefined && namesStage(whole))) return whole;
      return rest.resource(below) ?? whole;
    },
    has: (kind) => routes.some(({ api }) => api === kind),
    fallback: routes.length === 0 || routes.some(({ api }) => api === 'rest') ? 'rest' : 'http',
  };
}

type Find = RouteTable['find'];

/** @param stage with a slash before it, as `requestContext.path` begins */
function restRoutes(
  routes: readonly Route[],
  stage: string,
): Pick<RouteTable, 'find' | 'resource'> {
  const resources = new Router<Map<string, Route>>();
  for (const route of routes) {
    const methods = resources.at('GET', route.path) ?? new Map<string, Route>();
    refuseTwice(methods.get(route.method), route);
    if (methods.size === 0) resources.add('GET', route.path, methods);
    methods.set(route.method, route);
  }
  return {
    find: (method, sent) => {
      const path = withOneLeadingSlash(sent);
      const resource = withoutTrailingSlash(path);
      const methods = resources.find('GET', resource);
      const route = methods?.get(method) ?? methods?.get('ANY');
      return route && match(route, resource, { path, contextPath: stage + sent });
    },
    resource: (sent) => {
      const path = withoutTrailingSlash(withOneLeadingSlash(sent));
      const [route] = resources.find('GET', path)?.values() ?? [];
      return route && match(route, path) && route.path;
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
    for (const method of route.method === 'ANY' ? REQUEST_METHODS : [route.method]) {
      const there = router.at(method, route.path);
      if (!there) router.add(method, route.path, route);
      else if (there.method === route.method) refuseTwice(there, route);
    }
  }
  return (method, path) => {
    const route = router.find(method, path);
    return (route && match(route, path)) ?? (fallback && match(fallback, path));
  };
}

function route(service: Service, fn: ServiceFunction, event: HttpEvent): Route {
  const { api, method, path } = event;
  return {
    api,
    method,
    path,
    routeKey: path === '$default' ? path : `${method} ${path}`,
    parameters: path === '$default' ? [] : compile(path).parameters,
    fn,
    apiId: stableId(`${service.name}-${service.stage}-${api}`, 10),
    resourceId: stableId(`${service.name}-${path}`, 6),
    deploymentId: stableId(`${service.name}-${service.stage}-${api}-deployment`, 6),
    stage: api === 'rest' ? service.stage : '$default',
  };
}

/** Undefined where a parameter would be empty: API Gateway has none, so `/orders/` is not an order. */
function match(
  route: Route,
  path: string,
  shown: Pick<RouteMatch, 'path' | 'contextPath'> = { path, contextPath: path },
): RouteMatch | undefined {
  const parameters: Record<string, string> = {};
  if (route.parameters.length > 0) {
    const parts = path.split('/').slice(1);
    for (const { name, index, greedy } of route.parameters) {
      const value = greedy ? parts.slice(index).join('/') : parts[index];
      if (!value) return undefined;
      parameters[name] = value;
    }
  }
  return { route, parameters, ...shown };
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

  /** What serves a path. */
  find(method: string, path: string): T | undefined {
    return this.#router.find(method as HTTPMethod, path)?.store ?? undefined;
  }
}

/**
 * `/orders/{id}/{proxy+}` as find-my-way writes it, with neutral names in place
 * of the parameters' own: two routes may call the same place differently, and a
 * dash in a name would mean something to the router.
 */
function compile(path: string): { pattern: string; parameters: RouteParameter[] } {
  const parameters: RouteParameter[] = [];
  const parts = path.split('/').slice(1);
  const pattern = parts.map((part, index) => {
    const [, name, greedy] = /^\{([\w.:-]+)(\+?)\}$/.exec(part) ?? [];
    if (name === undefined) {
      if (/[{}*?#()\s]/.test(part)) throw badPath(path);
      return part.replaceAll(':', '::');
    }
    parameters.push({ name, index, greedy: greedy !== '' });
    if (!greedy) return `:p${parameters.length}`;
    if (index < parts.length - 1) throw badPath(path);
    return '*';
  });
  if (!path.startsWith('/')) throw badPath(path);
  return { pattern: `/${pattern.join('/')}`, parameters };
}

function badPath(path: string): UserError {
  return new UserError(
    `API Gateway takes no path like ${path}.`,
    'a parameter is a whole part of the path, /orders/{id}; {proxy+} is the last part',
  );
}
