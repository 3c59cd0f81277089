import type { ServiceFunction } from '../../service/service.ts';
import { httpPreflight, isPreflight, withCors } from './cors.ts';
import { stableId } from './ids.ts';
import type { GatewayError, GatewayRequest, Target } from './integration.ts';
import { apiWithPayloadV2 } from './payload-v2.ts';

/** A function URL waits for as long as any function may run: 15 minutes. */
const MAX_TIMEOUT_MS = 900_000;

/** Status and body. 502 was recorded on AWS, the others were not; `no-route` cannot happen. */
const ERRORS: Record<GatewayError, readonly [number, string]> = {
  'no-route': [404, '{"Message":null}'],
  'function-error': [502, 'Internal Server Error'],
  'malformed-response': [502, 'Internal Server Error'],
  'integration-timeout': [504, 'Gateway Timeout'],
  throttled: [429, '{"Reason":"ConcurrentInvocationLimitExceeded"}'],
  'too-large': [413, '{"Message":"Request must be smaller than 6291456 bytes"}'],
};

/** Removes the whitespace between the tokens of JSON and leaves the tokens as they are. */
function compact(payload: Buffer): Buffer {
  return Buffer.from(payload.toString().replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1'));
}

/** Returns the id that the host name of a function's URL begins with. */
export const urlId = (fn: ServiceFunction): string => stableId(`${fn.name}-url`, 32);

/**
 * A function URL with `AuthType: NONE`: payload format version 2.0 as of an HTTP API whose only
 * route is `$default`, but with errors of its own
 * (https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html). How it treats the path and
 * results without a statusCode was recorded on AWS by
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.py.
 */
export const urlApi = apiWithPayloadV2({
  name: 'Lambda',
  integrationTimeoutMs: MAX_TIMEOUT_MS,
  errors: ERRORS,
  accountId: 'anonymous',
  requestId: (ids) => ids.requestId,
  idHeaders: (ids) => ['x-amzn-RequestId', ids.requestId, 'X-Amzn-Trace-Id', ids.traceRoot],
  decodesPath: false,
  contentType: 'application/json',
  inferredBody: (payload, result) => {
    if (result === undefined) return undefined;
    return typeof result === 'string' ? Buffer.from(result) : compact(payload);
  },
});

/** Builds the event of a request to the URL of a function. */
export function eventOfUrl(fn: ServiceFunction, request: GatewayRequest): object {
  const route = { apiId: urlId(fn), routeKey: '$default', stage: '$default' };
  return urlApi.event(request, { route, path: request.path, parameters: {} });
}

/** Leads every request to the URL of a function to that function, whatever its path and method. */
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
