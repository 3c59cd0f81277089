import type { Message } from '../../message.ts';
import { INTEGRATION_TIMEOUT } from '../../service/service.ts';
import { isRecord } from '../../util/json.ts';
import { notAJsonObject } from '../../util/messages.ts';
import { forwardedHeaders, header, pairs } from './headers.ts';
import type {
  Api,
  GatewayError,
  GatewayRequest,
  GatewayResponse,
  Head,
  Malformed,
} from './integration.ts';
import { matchesMediaType } from './media-types.ts';
import * as messages from './messages.ts';
import { messageResponse, parsePayload, withBody } from './response.ts';
import { eventV1, headV1 } from './response-v1.ts';

/** The keys that a response may have, all of them optional; any other makes it malformed. */
const RESPONSE_KEYS = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
]);

/** Headers that reach the function in this case; all others keep the case that the client sent. */
const CANONICAL = new Map(
  ['Accept', 'Accept-Encoding', 'Authorization', 'Host', 'User-Agent'].map((name) => [
    name.toLowerCase(),
    name,
  ]),
);

/**
 * Headers that API Gateway sets itself: those of the function are renamed
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-known-issues.html).
 */
const REMAPPED = new Map(
  ['Connection', 'Content-Length', 'Date', 'Server', 'WWW-Authenticate'].map((name) => [
    name.toLowerCase(),
    `x-amzn-Remapped-${name}`,
  ]),
);

/** Status, body (as on AWS to the byte) and `x-amzn-ErrorType`. */
const ERRORS: Record<GatewayError, readonly [number, string, string?]> = {
  'no-route': [
    403,
    '{"message":"Missing Authentication Token"}',
    'MissingAuthenticationTokenException',
  ],
  'function-error': [502, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  'malformed-response': [
    502,
    '{"message": "Internal server error"}',
    'InternalServerErrorException',
  ],
  'integration-timeout': [504, '{"message": "Endpoint request timed out"}'],
  throttled: [500, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  'too-large': [413, '{"message":"Request Too Long"}'],
};

/**
 * Emulates a REST API with Lambda proxy integration: payload format version 1.0
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-lambda-proxy-integrations.html).
 * Where the documentation is silent, this follows what
 * https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.py
 * has recorded on AWS.
 *
 * @param binaryMediaTypes of the API; bodies of other types are text
 */
export function restApi(binaryMediaTypes: readonly string[] = []): Api {
  return {
    name: 'API Gateway',
    integrationTimeoutMs: INTEGRATION_TIMEOUT.rest * 1000,
    event: (request, match) => {
      const type = header(request.rawHeaders, 'content-type');
      const { requestContext, ...event } = eventV1(request, match, {
        headers: canonicalHeaders(forwardedHeaders(request)),
        binary: matchesMediaType(binaryMediaTypes, type),
      });
      const { deploymentId } = match.route;
      return { ...event, requestContext: { ...requestContext, deploymentId } };
    },
    head,
    response: (payload, request) => response(payload, request, binaryMediaTypes),
    error(error, { ids }) {
      const [status, message, type] = ERRORS[error];
      const headers = type === undefined ? [] : ['x-amzn-ErrorType', type];
      return messageResponse(status, message, [...headers, ...idHeaders(ids)]);
    },
  };
}

/** Renames headers to their canonical case; a REST API's event has no Content-Length. */
function canonicalHeaders(headers: readonly string[]): string[] {
  const canonical: string[] = [];
  for (const [name, value] of pairs(headers)) {
    const lower = name.toLowerCase();
    if (lower !== 'content-length') canonical.push(CANONICAL.get(lower) ?? name, value);
  }
  return canonical;
}

function response(
  payload: Buffer,
  request: GatewayRequest,
  binaryMediaTypes: readonly string[],
): GatewayResponse | Malformed {
  const result = parsePayload(payload);
  if (!isRecord(result)) return { malformed: notAJsonObject() };
  if (Object.keys(result).length === 0) return { malformed: messages.emptyObject() };
  // Of several types that the client accepts, only the first one counts, as recorded.
  const accepted = header(request.rawHeaders, 'accept')?.split(',', 1)[0];
  const decodes = matchesMediaType(binaryMediaTypes, accepted);
  const read = withBody(head(result, request), result, decodes);
  const stays = result.isBase64Encoded === true && !decodes;
  return stays && !('malformed' in read)
    ? { ...read, undecoded: whyUndecoded(binaryMediaTypes, accepted) }
    : read;
}

function head(
  result: Readonly<Record<string, unknown>>,
  { ids }: GatewayRequest,
): Head | Malformed {
  const key = Object.keys(result).find((each) => !RESPONSE_KEYS.has(each));
  if (key !== undefined) return { malformed: messages.unknownKey({ key }) };
  const read = headV1({ statusCode: 200, ...result }, (name) => REMAPPED.get(name));
  if ('malformed' in read) return read;
  const { status, headers } = read;
  if (!headers.has('content-type')) headers.set('Content-Type', 'application/json');
  headers.set('X-Amzn-Trace-Id', ids.traceRoot);
  headers.list.push(...idHeaders(ids));
  return { status, headers: headers.list };
}

function whyUndecoded(binaryMediaTypes: readonly string[], accepted: string | undefined): Message {
  return binaryMediaTypes.length === 0
    ? messages.noBinaryTypes()
    : messages.notABinaryType({ type: accepted ?? 'no type', types: binaryMediaTypes.join(', ') });
}

function idHeaders(ids: GatewayRequest['ids']): string[] {
  return ['x-amzn-RequestId', ids.requestId, 'x-amz-apigw-id', ids.extendedRequestId];
}
