import type { GatewaySettings, HttpEvent, ServiceFunction } from '../../service/service.ts';
import { httpPreflight, isPreflight, restPreflight, withCors } from './cors.ts';
import { httpApiV1 } from './http-api-v1.ts';
import type { Api, GatewayRequest, GatewayResponse, Target } from './integration.ts';
import { restApi } from './payload-v1.ts';
import { httpApi } from './payload-v2.ts';
import type { RouteMatch, RouteTable } from './routes.ts';

/**
 * Returns the API of that kind with the settings of the service.
 *
 * @param fn the function that the request goes to, which decides the payload format of an HTTP API
 */
export function apiOf(
  kind: HttpEvent['api'],
  { binaryMediaTypes, payloadV1, httpCors }: GatewaySettings,
  fn: Pick<ServiceFunction, 'key'> | undefined,
): Api {
  if (kind === 'rest') return restApi(binaryMediaTypes);
  return withCors(fn !== undefined && payloadV1.has(fn.key) ? httpApiV1 : httpApi, httpCors);
}

/** Finds where a request to the API Gateway APIs of a service leads. */
export function apiTarget(
  routes: RouteTable,
  settings: GatewaySettings,
  request: GatewayRequest,
): Target {
  const match = routes.find(request.method, request.path);
  const route = match?.route;
  const api = apiOf(route?.api ?? routes.fallback, settings, route?.fn);
  return {
    api,
    integration: match && { fn: match.route.fn, event: () => api.event(request, match) },
    path: match?.path ?? request.path,
    preflight: answerPreflight(request, match, routes, settings),
    restCors: route?.api === 'rest' ? settings.restCors.get(route.path) : undefined,
    streams: route?.streams === true,
    timeoutMs: route?.timeoutMs,
  };
}

/** Responds to a CORS preflight that does not reach the function; undefined for other requests. */
function answerPreflight(
  request: GatewayRequest,
  match: RouteMatch | undefined,
  routes: RouteTable,
  { restCors, httpCors }: GatewaySettings,
): GatewayResponse | undefined {
  if (request.method !== 'OPTIONS') return undefined;
  // osls deploys a mock OPTIONS method beside ANY, and the more specific method wins.
  if (match?.route.api !== 'rest' || match.route.method === 'ANY') {
    const cors = restCors.get(routes.resource(request.path) ?? '');
    if (cors) return restPreflight(cors, request);
  }
  const isHttp = match ? match.route.api === 'http' : routes.has('http');
  return httpCors && isHttp && isPreflight(request) ? httpPreflight(httpCors, request) : undefined;
}
