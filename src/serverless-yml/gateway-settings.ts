import type { GatewaySettings, RestCors, ServiceFunction } from '../service/service.ts';
import { isRecord } from '../util/json.ts';
import { httpCors, restCors } from './cors.ts';
import { eventsOf, httpEvents } from './http-events.ts';

/** Reads the API settings of a serverless.yml, given its functions. */
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
    payloadV1: new Set(
      functions.flatMap(({ key }) => {
        const own = isRecord(root.functions) ? payloadOf(root.functions[key]) : undefined;
        return (own ?? payloadOf(provider)) === '1.0' ? [key] : [];
      }),
    ),
  };
}

/** Reads `httpApi.payload` of the provider or of a function. */
function payloadOf(definition: unknown): unknown {
  const httpApi = isRecord(definition) ? definition.httpApi : undefined;
  return isRecord(httpApi) ? httpApi.payload : undefined;
}

function allRestCors(functions: unknown): ReadonlyMap<string, RestCors> {
  const found = new Map<string, RestCors>();
  for (const definition of isRecord(functions) ? Object.values(functions) : []) {
    for (const event of eventsOf(definition)) {
      if (!isRecord(event) || !isRecord(event.http)) continue;
      const [route] = httpEvents([event], (problem) => new Error(problem));
      const cors = route && restCors(event.http.cors, route.method, found.get(route.path));
      if (cors) found.set(route.path, cors);
    }
  }
  return found;
}
