import type { GatewaySettings, RestCors, ServiceFunction } from '../service/service.ts';
import { isRecord, recordOf } from '../util/json.ts';
import { httpCors, restCors } from './cors.ts';
import { eventsOf, httpEvents } from './http-events.ts';

/** Reads the API settings of a serverless.yml, given its functions. */
export function gatewaySettings(
  root: Record<string, unknown>,
  functions: readonly ServiceFunction[],
): GatewaySettings {
  const { apiGateway, httpApi } = recordOf(root.provider);
  const { binaryMediaTypes: types, timeoutInMillis } = recordOf(apiGateway);
  const events = functions.flatMap((fn) => fn.events);
  const httpMethods = events.filter(({ api }) => api === 'http').map(({ method }) => method);
  const definitions = recordOf(root.functions);
  const payloadV1 = functions
    .map(({ key }) => key)
    .filter((key) => (payloadOf(definitions[key]) ?? payloadOf(root.provider)) === '1.0');
  return {
    restCors: allRestCors(Object.values(definitions)),
    httpCors: httpCors(recordOf(httpApi).cors, httpMethods),
    binaryMediaTypes: Array.isArray(types) ? types.map(String) : [],
    payloadV1: new Set(payloadV1),
    ...(typeof timeoutInMillis === 'number' && { restTimeoutMs: timeoutInMillis }),
  };
}

/** Reads `httpApi.payload` of the provider or of a function. */
const payloadOf = (definition: unknown): unknown => recordOf(recordOf(definition).httpApi).payload;

function allRestCors(functions: readonly unknown[]): ReadonlyMap<string, RestCors> {
  const found = new Map<string, RestCors>();
  for (const definition of functions) {
    for (const event of eventsOf(definition)) {
      if (!isRecord(event) || !isRecord(event.http)) continue;
      const [route] = httpEvents([event], (problem) => new Error(problem));
      const cors = route && restCors(event.http.cors, route.method, found.get(route.path));
      if (cors) found.set(route.path, cors);
    }
  }
  return found;
}
