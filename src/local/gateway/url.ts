import type { Api, GatewayError } from './api.ts';
import { httpApi } from './http.ts';
import { messageReply } from './reply.ts';

/** Lambda's longest timeout: a function URL waits as long as the function may run. */
const MAX_TIMEOUT_MS = 900_000;

/** Status and body; remembered, not measured. */
const ERRORS: Record<GatewayError, readonly [number, string]> = {
  'no-route': [404, '{"Message":null}'],
  'function-error': [502, 'Internal Server Error'],
  'malformed-reply': [502, 'Internal Server Error'],
  'integration-timeout': [504, 'Gateway Timeout'],
  throttled: [429, '{"Reason":"ConcurrentInvocationLimitExceeded"}'],
  'too-large': [413, '{"Message":"Request must be smaller than 6291456 bytes"}'],
};

/**
 * A function URL: payload 2.0 as an HTTP API with the one route `$default`, and
 * errors of its own (AWS Lambda: "Invoking Lambda function URLs").
 */
export const urlApi: Api = {
  ...httpApi,
  integrationTimeoutMs: MAX_TIMEOUT_MS,
  error(error, { ids }) {
    const [status, message] = ERRORS[error];
    return messageReply(status, message, ['x-amzn-RequestId', ids.requestId]);
  },
};
