import findMyWay, { type HTTPMethod } from 'find-my-way';
import { UserError } from '../../errors.ts';
import { withOneLeadingSlash, withoutTrailingSlash } from '../../serverless-yml/http-paths.ts';
import { REQUEST_METHODS } from '../../service/endpoint/rules.ts';
import type { HttpEvent, Service, ServiceFunction } from '../../service/service.ts';
import { stableId } from './ids.ts';
import * as messages from './messages.ts';

/** An `http` or `httpApi` event of a function, as the gateway routes to it. */
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
  /** Whether a streamed response is passed on piece by piece. */
  readonly streams: boolean;
  /** How long the API waits for the function, in milliseconds; undefined for its default. */
  readonly timeoutMs: number | undefined;
}

/** `{id}` or `{proxy+}` in a path. */
interface RouteParameter {
  readonly name: string;
  /** The position of its segment in the path, from 0. */
  readonly index: number;
  /** Whether it matches all segments that follow, too. */
  readonly greedy: boolean;
}

/** A route that matches a request. Paths and parameters are still percent-encoded. */
export interface RouteMatch {
  readonly route: Route;
  /** The values of the route's path parameters. */
  readonly parameters: Readonly<Record<string, string>>;
  /** The path without the stage of a REST API. */
  readonly path: string;
  /** The path with that stage. */
  readonly contextPath: string;
}

/**
 * The routes of a service. A REST API matches paths with and without its stage, with which every
 * path begins on AWS. A route whose first segment is named like the stage takes precedence.
 */
export interface RouteTable {
  /** @param sent the path as it was sent, encoded, without the query */
  find(method: string, sent: string): RouteMatch | undefined;
  /** Finds the REST API resource of a path, whatever its methods: `/orders/{id}`. */
  resource(sent: string): string | undefined;
  /** Whether a function of the service has routes in that kind of API. */
  has(api: HttpEvent['api']): boolean;
  /** The API that responds to requests without a route. */
  readonly fallback: HttpEvent['api'];
}

/**
 * Builds the route table of a service. A REST API finds the resource first and then its method, an
 * HTTP API the most specific route that has the method. Both prefer static segments to parameters
 * to `{proxy+}`, and a method to ANY. Where a service has both APIs, the REST API goes first.
 *
 * @throws UserError for a path that API Gateway rejects, and for a duplicate route
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
  /** Strips the stage from a path; undefined where the path does not begin with it. */
  const belowStage = (sent: string): string | undefined => {
    const path = withOneLeadingSlash(sent);
    if (path === stage) return '/';
    return path.startsWith(`${stage}/`) ? path.slice(stage.length) : undefined;
  };
  const namesStage = (path: string): boolean => path === stage || path.startsWith(`${stage}/`);
  return {
    find: (method, sent) => {
      // `OPTIONS *` asks about the server as a whole and has no path.
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

/** @param stage with its leading slash, the prefix of `requestContext.path` */
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
  const { api, method, path, streams = false, timeoutMs } = event;
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
    streams,
    timeoutMs: api === 'rest' ? (timeoutMs ?? service.gateway?.restTimeoutMs) : undefined,
  };
}

/**
 * Reads the parameters from a path. Undefined where one would be empty, which API Gateway does not
 * match: `/orders/` is not `/orders/{id}`.
 */
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
    messages.sameRoute({
      name: there.fn.key,
      otherName: route.fn.key,
      route: route.routeKey,
    }),
    'give one of them another path or method in serverless.yml',
  );
}

/** Wraps find-my-way to take paths in API Gateway's syntax. */
class Router<T> {
  readonly #router = findMyWay({
    // The default of 100 would not match longer parameters; node:http limits the URL.
    maxParamLength: 65_536,
  });

  add(method: string, path: string, value: T): void {
    this.#router.on(method as HTTPMethod, compile(path).pattern, () => {}, value);
  }

  /** Returns the value added under this pattern, whatever its parameters are named. */
  at(method: string, path: string): T | undefined {
    return this.#router.findRoute(method as HTTPMethod, compile(path).pattern)?.store;
  }

  /** Returns the value of the route that matches a path. */
  find(method: string, path: string): T | undefined {
    return this.#router.find(method as HTTPMethod, path)?.store ?? undefined;
  }
}

/**
 * Translates `/orders/{id}/{proxy+}` to find-my-way's syntax. Parameters are renamed: two routes
 * may name the same segment differently, and the router gives a dash in a name a meaning.
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
    messages.notAPath({ path }),
    'a parameter is a whole part of the path, /orders/{id}; {proxy+} is the last part',
  );
}
