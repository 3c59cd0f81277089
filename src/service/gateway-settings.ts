import { type HttpCors, httpCors, type RestCors, restCors } from './cors.ts';
import { httpEvents } from './http-events.ts';
import type { ServiceFunction } from './service.ts';
import { isRecord } from './values.ts';

/** What of its APIs a service sets as a whole. */
export interface GatewaySettings {
  /** Of a REST API, by paths. */
  readonly restCors: ReadonlyMap<string, RestCors>;
  readonly httpCors: HttpCors | undefined;
  /** Of a REST API: bodies of these types are binary. */
  readonly binaryMediaTypes: readonly string[];
  /** Of an HTTP API: the keys of the functions whose events have payload 1.0; all others have 2.0. */
  readonly payload1: ReadonlySet<string>;
}

/** Nothing is set. */
export const NO_SETTINGS: GatewaySettings = {
  restCors: new Map(),
  httpCors: undefined,
  binaryMediaTypes: [],
  payload1: new Set(),
};

/** Reads the settings of a serverless.yml whose functions have been read already. */
export function gatewaySettings(
  root: Record<string, unknown>,
  functions: readonly ServiceFunction[],
): GatewaySettings {
  const provider = isRecord(root.provider) ? root.provider : {};
  const { apiGateway, httpApi } = provider;
  const types = isRecord(apiGateway) ? apiGateway.binaryMediaTypes : undefined;
  const httpMethods = functions.flatMap(({ events }) =>
    events.flatMap(({ api, method }) => (api === 'http' ? [method] : [])),
  );
  return {
    restCors: allRestCors(root.functions),
    httpCors: httpCors(isRecord(httpApi) ? httpApi.cors : undefined, httpMethods),
    binaryMediaTypes: Array.isArray(types) ? types.map(String) : [],
    payload1: new Set(
      functions.flatMap(({ key }) => {
        const own = isRecord(root.functions) ? payloadOf(root.functions[key]) : undefined;
        return (own ?? payloadOf(provider)) === '1.0' ? [key] : [];
      }),
    ),
  };
}

/** `httpApi.payload` of the provider, or of a function. */
function payloadOf(definition: unknown): unknown {
  const httpApi = isRecord(definition) ? definition.httpApi : undefined;
  return isRecord(httpApi) ? httpApi.payload : undefined;
}

function allRestCors(functions: unknown): ReadonlyMap<string, RestCors> {
  const found = new Map<string, RestCors>();
  for (const definition of isRecord(functions) ? Object.values(functions) : []) {
    const events =
      isRecord(definition) && Array.isArray(definition.events) ? definition.events : [];
    for (const event of events) {
      if (!isRecord(event) || !isRecord(event.http)) continue;
      const [route] = httpEvents([event], (problem) => new Error(problem));
      const cors = route && restCors(event.http.cors, route.method, found.get(route.path));
      if (cors) found.set(route.path, cors);
    }
  }
  return found;
}
