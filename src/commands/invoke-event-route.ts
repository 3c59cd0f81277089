import { UsageError } from '../errors.ts';
import { METHODS } from '../service/endpoint-rules.ts';
import { withOneLeadingSlash, withoutTrailingSlash } from '../service/http-paths.ts';
import type { HttpSampleName, SampleRequest } from '../service/sample-events.ts';
import type { HttpEvent, ServiceFunction } from '../service/service.ts';

/** `--path` and `--method`. */
export interface WantedRequest {
  readonly path?: string;
  readonly method?: string;
}

type Route = SampleRequest['route'];

/** The kind of the events whose routes a sample can have; the others have none. */
const API_OF: Partial<Record<HttpSampleName, HttpEvent['api']>> = {
  'apigw-rest': 'rest',
  'apigw-http': 'http',
};

/** What a path parameter is where no path was given: fits every type but bool and date. */
const PARAMETER_VALUE = '1';

/**
 * The request of a sample: what was asked for, by the route of the function that
 * takes it; what was not asked for is that of the function's first such route.
 * Undefined where nothing was asked for and the function has no route.
 *
 * @throws UsageError when no route of the function takes the request
 */
export function sampleRequest(
  name: HttpSampleName,
  fn: ServiceFunction,
  wanted: WantedRequest,
): SampleRequest | undefined {
  const method = wanted.method === undefined ? undefined : readMethod(wanted.method);
  const [path, query] = wanted.path === undefined ? [undefined, ''] : readPath(wanted.path);
  const routes = fn.events.filter(({ api }) => api === API_OF[name]);
  if (routes.length === 0) {
    if (path === undefined && method === undefined) return undefined;
    const [asked, sent] = [method ?? 'GET', path ?? '/hello'];
    const route = { method: asked, path: sent };
    return { method: asked, path: sent, query, route, parameters: {} };
  }
  const [best] = routes
    .filter((route) => method === undefined || route.method === 'ANY' || route.method === method)
    .map((route) => {
      const sent = path ?? fillIn(route.path);
      return { route, sent, parameters: matchPath(route, sent) };
    })
    .filter(({ parameters }) => parameters !== undefined)
    .sort((a, b) => (path === undefined ? 0 : generality(a.route) - generality(b.route)));
  if (best === undefined) throw noRoute(fn, routes, method, path);
  const { route, sent, parameters = {} } = best;
  const asked = method ?? (route.method === 'ANY' ? 'GET' : route.method);
  return { method: asked, path: sent, query, route, parameters };
}

function readMethod(text: string): string {
  const method = text.toUpperCase();
  const methods = METHODS.filter((each) => each !== 'ANY') as readonly string[];
  if (methods.includes(method)) return method;
  throw new UsageError(`--method: "${text}" is not one of ${methods.join(', ')}.`, '--method GET');
}

function readPath(text: string): [path: string, query: string] {
  if (!text.startsWith('/')) {
    throw new UsageError(`--path: "${text}" does not start with a slash.`, `--path /${text}`);
  }
  const [path = '/', ...query] = text.split('?');
  try {
    decodeURIComponent(path);
  } catch {
    throw new UsageError(`--path: "${text}" has a % that encodes nothing.`, 'write a % as %25');
  }
  return [path, query.join('?')];
}

const isParameter = (part: string): boolean => part.startsWith('{') && part.endsWith('}');
const isGreedy = (part: string): boolean => isParameter(part) && part.endsWith('+}');
const parameterName = (part: string): string => part.slice(1, isGreedy(part) ? -2 : -1);
const partsOf = (path: string): string[] => path.split('/');

/** A path that the route takes. */
function fillIn(route: string): string {
  if (route === '$default') return '/';
  return partsOf(route)
    .map((part) => (isParameter(part) ? PARAMETER_VALUE : part))
    .join('/');
}

/** The parameters of a path that the route takes, as they were given; undefined if it does not. */
function matchPath(
  { api, path: route }: HttpEvent,
  path: string,
): Record<string, string> | undefined {
  if (route === '$default') return {};
  const read = api === 'rest' ? withoutTrailingSlash(withOneLeadingSlash(path)) : path;
  const [pattern, given] = [partsOf(route), partsOf(read)];
  const entries: [string, string][] = [];
  for (const [index, part] of pattern.entries()) {
    const value = isGreedy(part) ? given.slice(index).join('/') : (given[index] ?? '');
    if (isParameter(part) && value !== '') {
      entries.push([parameterName(part), value]);
    } else if (value !== part || index >= given.length) return undefined;
    if (isGreedy(part)) return Object.fromEntries(entries);
  }
  return given.length === pattern.length ? Object.fromEntries(entries) : undefined;
}

/** The lower, the sooner API Gateway takes the route of several that match. */
function generality({ path }: Route): number {
  if (path === '$default') return Number.POSITIVE_INFINITY;
  const parts = partsOf(path);
  return parts.filter(isParameter).length + (parts.some(isGreedy) ? 1000 : 0);
}

function noRoute(
  fn: ServiceFunction,
  routes: readonly Route[],
  method: string | undefined,
  path: string | undefined,
): UsageError {
  const asked = [method, path].filter((word) => word !== undefined).join(' ');
  const listed = routes.map((route) =>
    route.path === '$default' ? route.path : `${route.method} ${route.path}`,
  );
  return new UsageError(
    `no route of ${fn.key} takes ${asked}; it has ${listed.join(', ')}.`,
    `--path ${fillIn((routes[0] as Route).path)}`,
  );
}
