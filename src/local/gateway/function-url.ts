import type { ServiceFunction } from '../../service/service.ts';
import { httpPreflight, isPreflight, withCors } from './cors.ts';
import type { GatewayError, GatewayRequest, Target } from './integration.ts';
import { apiWithPayloadV2 } from './payload-v2.ts';
import { stableId } from './stable-id.ts';

/** Lambda's longest timeout: a function URL waits as long as the function may run. */
const MAX_TIMEOUT_MS = 900_000;

/** Status and body: 502 is recorded, the others are not verified. There is a route for every path. */
const ERRORS: Record<GatewayError, readonly [number, string]> = {
  'no-route': [404, '{"Message":null}'],
  'function-error': [502, 'Internal Server Error'],
  'malformed-response': [502, 'Internal Server Error'],
  'integration-timeout': [504, 'Gateway Timeout'],
  throttled: [429, '{"Reason":"ConcurrentInvocationLimitExceeded"}'],
  'too-large': [413, '{"Message":"Request must be smaller than 6291456 bytes"}'],
};

/** JSON without the blanks between its tokens, which stay as they are. */
function compact(payload: Buffer): Buffer {
  return Buffer.from(payload.toString().replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1'));
}

/** The id of a function's URL, which its host begins with. */
export const urlId = (fn: ServiceFunction): string => stableId(`${fn.name}-url`, 32);

/**
 * A function URL: payload 2.0 as an HTTP API with the one route `$default`, and errors of
 * its own (AWS Lambda: "Invoking Lambda function URLs"). The callers are not known to AWS,
 * as with `AuthType: NONE`. What it makes of results and of the path is recorded, by
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.py.
 */
export const urlApi = apiWithPayloadV2({
  integrationTimeoutMs: MAX_TIMEOUT_MS,
  errors: ERRORS,
  accountId: 'anonymous',
  apiId: ({ fn }) => urlId(fn),
  requestId: (ids) => ids.requestId,
  idHeaders: (ids) => ['x-amzn-RequestId', ids.requestId, 'X-Amzn-Trace-Id', ids.traceRoot],
  decodesPath: false,
  contentType: 'application/json',
  inferredBody: (payload, result) => {
    if (result === undefined) return undefined;
    return typeof result === 'string' ? Buffer.from(result) : compact(payload);
  },
});

/** The event of a request to the URL of a function. */
export function eventOfUrl(fn: ServiceFunction, request: GatewayRequest): object {
  const route = { fn, apiId: urlId(fn), routeKey: '$default', stage: '$default' };
  return urlApi.event(request, { route, path: request.path, parameters: {} });
}

/** Where a request to the URL of a function leads: to the function, whatever it asks for. */
export function urlTarget(fn: ServiceFunction, request: GatewayRequest): Target {
  const { cors, invokeMode } = fn.url ?? {};
  return {
    api: withCors(urlApi, cors),
    integration: { fn, event: () => eventOfUrl(fn, request) },
    path: request.path,
    preflight: cors && isPreflight(request) ? httpPreflight(cors, request) : undefined,
    streams: invokeMode === 'RESPONSE_STREAM',
  };
}
