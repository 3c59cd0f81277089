import { UsageError } from '../../errors.ts';
import { apiOf } from '../../local/gateway/apis.ts';
import { eventOfUrl, urlId } from '../../local/gateway/function-url.ts';
import type { GatewayRequest } from '../../local/gateway/integration.ts';
import { routeTable } from '../../local/gateway/routes.ts';
import { at } from '../../message.ts';
import { REQUEST_METHODS } from '../../service/endpoint/rules.ts';
import {
  type HttpEvent,
  NO_SETTINGS,
  type Service,
  type ServiceFunction,
} from '../../service/service.ts';
import { isUnknown } from '../../util/json.ts';
import { notOneOf } from '../../util/messages.ts';
import { quoteWord } from '../../util/shell-words.ts';
import { inQuotes } from '../../util/text.ts';
import * as messages from './messages.ts';

/** The values of `--path` and `--method`. */
export interface WantedRequest {
  readonly path?: string;
  readonly method?: string;
}

/** The requested path, as a client sends it, and method. */
interface Asked {
  readonly method: string | undefined;
  readonly path: string | undefined;
  /** Without the question mark. */
  readonly query: string;
}

type Sent = Pick<GatewayRequest, 'method' | 'path'>;

/** A request that the gateway routes to another function. */
interface Lost extends Sent {
  readonly to: ServiceFunction;
}

/** The sample request, as far as no route determines it. */
const PLAIN = { method: 'GET', path: '/hello' };

/**
 * Values for path parameters if no path was given; they are valid for every type but bool and
 * date.
 */
const PARAMETER_VALUES = ['1', '2'];

/**
 * Builds the event of a request as the gateway of `dev` passes it to the function. What the user
 * did not specify comes from the function's first route. A function without a route in these APIs
 * gets a request as if it had one.
 *
 * @param apis the kinds of API that may receive the request, in order of preference
 * @throws UsageError when the gateway does not route the request to the function
 */
export function gatewayEvent(
  apis: readonly HttpEvent['api'][],
  service: Service,
  fn: ServiceFunction,
  wanted: WantedRequest,
): object {
  const asked = readRequest(wanted);
  let lost: Lost | undefined;
  for (const api of apis) {
    const routed = routesOf(api, service, fn, asked);
    const table = routeTable(routed);
    for (const sent of requests(routed, fn, asked)) {
      const match = table.find(sent.method, sent.path);
      if (match?.route.fn.key === fn.key) {
        const host = `${match.route.apiId}.execute-api.${service.region}.amazonaws.com`;
        const request = requestOf(sent, asked.query, host);
        return apiOf(api, service.gateway ?? NO_SETTINGS, fn).event(request, match);
      }
      if (match !== undefined) lost ??= { ...sent, to: match.route.fn };
    }
  }
  throw noRoute(fn, apis, asked, lost);
}

/** Builds the event of a request to the function's URL, whether it has one or not. */
export function urlEvent(service: Service, fn: ServiceFunction, wanted: WantedRequest): object {
  const { query, method = PLAIN.method, path = PLAIN.path } = readRequest(wanted);
  const host = `${urlId(fn)}.lambda-url.${service.region}.on.aws`;
  return eventOfUrl(fn, requestOf({ method, path }, query, host));
}

/** Builds the event of a request from a load balancer, which keeps the query encoded. */
export function albEvent(sample: object, wanted: WantedRequest): object {
  const { query, method = PLAIN.method, path = PLAIN.path } = readRequest(wanted);
  const pairs = query.split('&').filter((pair) => pair !== '');
  const entries = pairs.map((pair): [string, string] => {
    const [name = '', ...value] = pair.split('=');
    return [name, value.join('=')];
  });
  return {
    ...sample,
    httpMethod: method,
    path,
    queryStringParameters: Object.fromEntries(entries),
  };
}

function readRequest({ method, path: text }: WantedRequest): Asked {
  const [path, query] = text === undefined ? [undefined, ''] : readPath(text);
  return { method: method === undefined ? undefined : readMethod(method), path, query };
}

function readMethod(text: string): string {
  const method = text.toUpperCase();
  if (REQUEST_METHODS.includes(method)) return method;
  const values = REQUEST_METHODS.join(', ');
  throw new UsageError(at('--method', notOneOf({ value: inQuotes(text), values })), '--method GET');
}

function readPath(text: string): [path: string, query: string] {
  if (!text.startsWith('/')) {
    throw new UsageError(
      at('--path', messages.noSlashFirst({ path: inQuotes(text) })),
      `--path ${quoteWord(`/${text}`)}`,
    );
  }
  const [path = '/', ...query] = text.split('?');
  try {
    decodeURIComponent(path);
  } catch {
    throw new UsageError(
      at('--path', messages.badEncoding({ path: inQuotes(text) })),
      'write a % as %25',
    );
  }
  return [path, query.join('?')];
}

/** Returns the function's routes in a kind of API, without unresolved ones. */
const knownRoutes = (api: HttpEvent['api'], { events }: ServiceFunction): readonly HttpEvent[] =>
  events.filter((event) => event.api === api && !isUnknown(event.method) && !isUnknown(event.path));

/**
 * Reduces the service to routes of that kind of API, and adds one for the request if the function
 * has none.
 */
function routesOf(
  api: HttpEvent['api'],
  service: Service,
  fn: ServiceFunction,
  { method, path }: Asked,
): Service {
  const functions = service.functions.map((each) => ({ ...each, events: knownRoutes(api, each) }));
  if (knownRoutes(api, fn).length > 0) return { ...service, functions };
  const paths =
    path === undefined ? [PLAIN.path] : api === 'rest' ? ['/', '/{proxy+}'] : ['$default'];
  const events = paths.map((each) => ({
    api,
    method: path === undefined ? (method ?? PLAIN.method) : 'ANY',
    path: each,
  }));
  return { ...service, functions: [{ ...fn, events }] };
}

/** Lists the requests that match what the user specified, the best one first. */
function requests({ functions }: Service, fn: ServiceFunction, { method, path }: Asked): Sent[] {
  const routes = functions.find(({ key }) => key === fn.key)?.events ?? [];
  const methodsOf = (route: HttpEvent) =>
    route.method === 'ANY' ? REQUEST_METHODS : [route.method];
  if (path !== undefined) {
    // Prefer GET: the function may be a deployed one, which other methods may change.
    const methods = method === undefined ? ['GET', ...routes.flatMap(methodsOf)] : [method];
    return methods.map((each) => ({ method: each, path }));
  }
  return routes.flatMap((route) =>
    methodsOf(route)
      .filter((each) => method === undefined || each === method)
      .flatMap((each) => pathsOf(route).map((filled) => ({ method: each, path: filled }))),
  );
}

/** Returns paths that match the route, unless another route is more specific. */
function pathsOf({ path }: HttpEvent): string[] {
  const paths = path === '$default' ? ['/', '/{x}'] : [path];
  return PARAMETER_VALUES.flatMap((value) =>
    paths.map((each) => each.replaceAll(/\{[^/]*\}/g, value)),
  );
}

/** Builds a request as a client on the internet sends it to AWS. */
function requestOf({ method, path }: Sent, query: string, host: string): GatewayRequest {
  const headers = {
    Accept: 'application/json',
    'Accept-Encoding': 'gzip',
    Host: host,
    'User-Agent': 'curl/8.7.1',
  };
  return {
    method,
    path,
    query,
    rawHeaders: Object.entries(headers).flat(),
    body: Buffer.alloc(0),
    protocol: 'HTTP/1.1',
    scheme: 'https',
    sourceIp: '203.0.113.7',
    port: 443,
    time: Date.UTC(2025, 7, 20, 12, 34, 56, 123),
    ids: {
      requestId: '0f3c1a52-6d1e-4b7a-9c58-2e4d6f8a1b3c',
      extendedRequestId: 'PkzDWHbVoAMFZ7Q=',
      traceRoot: 'Root=1-68a5c1f0-0a1b2c3d4e5f60718293a4b5',
    },
  };
}

function noRoute(
  fn: ServiceFunction,
  apis: readonly HttpEvent['api'][],
  { method, path }: Asked,
  lost: Lost | undefined,
): UsageError {
  const routes = apis.flatMap((api) => knownRoutes(api, fn));
  const asked = [method, path].filter((word) => word !== undefined).join(' ') || 'a request';
  const listed = routes.map(({ method: one, path: each }) =>
    each === '$default' ? each : `${one} ${each}`,
  );
  const named = { function: fn.key, routes: listed.join(', ') };
  return new UsageError(
    lost
      ? messages.otherRoute({
          ...named,
          request: `${lost.method} ${lost.path}`,
          otherFunction: lost.to.key,
        })
      : messages.noRoute({ ...named, request: asked }),
    `--path ${routes.map(pathsOf)[0]?.[0] ?? PLAIN.path}`,
  );
}
