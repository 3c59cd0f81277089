import type { Api, GatewayRequest, GatewayResponse } from '../../src/local/gateway/integration.ts';
import { type RouteMatch, type RouteTable, routeTable } from '../../src/local/gateway/routes.ts';
import type { HttpEvent, Service } from '../../src/service/service.ts';
import { aFunction } from './function.ts';

/** A service with one function for each route, named after it: `GET /a`, or `http GET /a`. */
export function service(...routes: string[]): Service {
  return {
    name: 'shop',
    stage: 'dev',
    region: 'eu-west-1',
    functions: routes.map((route) => {
      const [path = '', method = 'ANY', api = 'rest'] = route.split(' ').reverse();
      const events = [{ api: api as HttpEvent['api'], method, path }];
      return aFunction({ key: route, handler: 'main.hello', events });
    }),
  };
}

export function match(route: string, method: string, path: string): RouteMatch {
  const found = routes(route).find(method, path);
  if (!found) throw new Error(`${route} does not take ${method} ${path}`);
  return found;
}

export function routes(...all: string[]): RouteTable {
  return routeTable(service(...all));
}

export function request(more: Partial<GatewayRequest> = {}): GatewayRequest {
  return {
    method: 'GET',
    path: '/hello',
    query: '',
    rawHeaders: ['Host', 'localhost:3000'],
    body: Buffer.alloc(0),
    protocol: 'HTTP/1.1',
    scheme: 'http',
    sourceIp: '127.0.0.1',
    port: 3000,
    time: Date.UTC(2020, 2, 12, 19, 3, 58, 390),
    ids: {
      requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
      extendedRequestId: 'JKJaXmPLvHcESHA=',
      traceRoot: 'Root=1-5e6a8a3e-9ff5f1d2a3c4b5d6e7f80912',
    },
    ...more,
  };
}

/** The event that an API makes of a request to a route. */
// biome-ignore lint/suspicious/noExplicitAny: an event is JSON
export function eventOf(api: Api, route: string, more: Partial<GatewayRequest> = {}): any {
  const whole = request(more);
  return api.event(whole, match(route, whole.method, whole.path));
}

/** What an API makes of a function's result; throws where that is malformed. */
export function responseOf(
  api: Api,
  result: unknown,
  more: Partial<GatewayRequest> = {},
): GatewayResponse {
  const made = api.response(payload(result), request(more));
  if ('malformed' in made) throw new Error(made.malformed);
  return made;
}

/** A function's result as the bytes that it answers. */
export function payload(result: unknown): Buffer {
  return Buffer.from(typeof result === 'string' ? result : JSON.stringify(result));
}

/** A header of a response, all of its values. */
export function valuesOf(response: GatewayResponse, name: string): string[] {
  return response.headers.filter(
    (_, index, all) => index % 2 === 1 && all[index - 1]?.toLowerCase() === name.toLowerCase(),
  );
}
