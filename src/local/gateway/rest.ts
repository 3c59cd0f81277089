import { INTEGRATION_TIMEOUT } from '../../service/service.ts';
import { isRecord } from '../../service/values.ts';
import { ACCOUNT_ID } from '../lambda-env.ts';
import type { Api, GatewayError, GatewayRequest, Malformed, Reply, RouteMatch } from './api.ts';
import { forwardedHeaders, header } from './headers.ts';
import { matchesMediaType } from './media-types.ts';
import { body, messageReply, parsePayload, ReplyHeaders, status } from './reply.ts';
import { requestTime } from './time.ts';

/** What a reply may hold; anything else makes it malformed, as aws/aws-sam-cli#1154 measured. */
const REPLY_KEYS = new Set([
  'statusCode',
  'headers',
  'multiValueHeaders',
  'body',
  'isBase64Encoded',
]);

/** Headers that API Gateway keeps for itself: a function's own come out under another name. */
const REMAPPED = new Map(
  ['Connection', 'Content-Length', 'Date', 'Server', 'WWW-Authenticate'].map((name) => [
    name.toLowerCase(),
    `x-amzn-Remapped-${name}`,
  ]),
);

/** Status, body (byte by byte, as captured) and x-amzn-ErrorType. */
const ERRORS: Record<GatewayError, readonly [number, string, string?]> = {
  'no-route': [
    403,
    '{"message":"Missing Authentication Token"}',
    'MissingAuthenticationTokenException',
  ],
  'function-error': [502, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  'malformed-reply': [502, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  'integration-timeout': [504, '{"message": "Endpoint request timed out"}'],
  throttled: [500, '{"message": "Internal server error"}', 'InternalServerErrorException'],
  'too-large': [413, '{"message":"Request Too Long"}'],
};

/** An event in payload 1.0. The context is where a REST API and an HTTP API differ. */
interface Event1 extends Readonly<Record<string, unknown>> {
  readonly requestContext: Readonly<Record<string, unknown>>;
}

/**
 * API Gateway REST API with Lambda proxy integration, payload 1.0 (reference:
 * Events and Replies; AWS: "Lambda proxy integrations in API Gateway").
 *
 * @param binaryMediaTypes of the API; bodies of other types are text
 */
export function restApi(binaryMediaTypes: readonly string[] = []): Api {
  return {
    integrationTimeoutMs: INTEGRATION_TIMEOUT.rest * 1000,
    event: (request, match) => {
      const type = header(request.rawHeaders, 'content-type');
      return event1(request, match, matchesMediaType(binaryMediaTypes, type));
    },
    reply: (payload, request) => reply(payload, request, binaryMediaTypes),
    error(error, { ids }) {
      const [status, message, type] = ERRORS[error];
      const headers = type === undefined ? [] : ['x-amzn-ErrorType', type];
      return messageReply(status, message, [...headers, ...idHeaders(ids)]);
    },
  };
}

/**
 * The event of a request in payload 1.0.
 *
 * @param binary whether its body is in base64
 */
export function event1(
  request: GatewayRequest,
  { route, parameters }: RouteMatch,
  binary: boolean,
): Event1 {
  const host = header(request.rawHeaders, 'host') ?? `localhost:${request.port}`;
  const userAgent = header(request.rawHeaders, 'user-agent') ?? null;
  const headers = multiMap(pairs(forwardedHeaders(request)));
  const query = multiMap(new URLSearchParams(request.query));
  return {
    resource: route.path,
    path: request.path,
    httpMethod: request.method,
    headers: lastValues(headers),
    multiValueHeaders: headers,
    queryStringParameters: lastValues(query),
    multiValueQueryStringParameters: query,
    pathParameters: Object.keys(parameters).length > 0 ? parameters : null,
    stageVariables: null,
    requestContext: {
      resourceId: route.resourceId,
      resourcePath: route.path,
      httpMethod: request.method,
      extendedRequestId: request.ids.extendedRequestId,
      requestTime: requestTime(request.time),
      path: `/${route.stage}${request.path}`,
      accountId: ACCOUNT_ID,
      protocol: request.protocol,
      stage: route.stage,
      domainPrefix: host.split('.', 1)[0],
      requestTimeEpoch: request.time,
      requestId: request.ids.requestId,
      identity: {
        cognitoIdentityPoolId: null,
        accountId: null,
        cognitoIdentityId: null,
        caller: null,
        sourceIp: request.sourceIp,
        principalOrgId: null,
        accessKey: null,
        cognitoAuthenticationType: null,
        cognitoAuthenticationProvider: null,
        userArn: null,
        userAgent,
        user: null,
      },
      domainName: host,
      apiId: route.apiId,
    },
    body: request.body.length === 0 ? null : request.body.toString(binary ? 'base64' : 'utf8'),
    isBase64Encoded: binary && request.body.length > 0,
  };
}

function reply(
  payload: Buffer,
  request: GatewayRequest,
  binaryMediaTypes: readonly string[],
): Reply | Malformed {
  const result = parsePayload(payload);
  if (!isRecord(result)) return { malformed: 'it is not a JSON object' };
  const unknown = Object.keys(result).find((key) => !REPLY_KEYS.has(key));
  if (unknown !== undefined) return { malformed: `it has the key ${unknown}` };
  const accepted = header(request.rawHeaders, 'accept')?.split(',', 1)[0];
  const decode = matchesMediaType(binaryMediaTypes, accepted);
  const read = reply1(result, decode, (name) => REMAPPED.get(name));
  if ('malformed' in read) return read;
  const { status, headers, body } = read;
  if (!headers.has('content-type')) headers.set('Content-Type', 'application/json');
  headers.set('X-Amzn-Trace-Id', request.ids.traceRoot);
  headers.list.push(...idHeaders(request.ids));
  return { status, headers: headers.list, body };
}

/**
 * What a function's result in payload 1.0 says.
 *
 * @param decode whether a body in base64 becomes bytes
 * @param rename the name that a header of the function gets, if it gets another one
 */
export function reply1(
  result: Readonly<Record<string, unknown>>,
  decode: boolean,
  rename?: (lowerCaseName: string) => string | undefined,
): { status: number; headers: ReplyHeaders; body: Buffer } | Malformed {
  const code = status(result.statusCode);
  if (typeof code === 'object') return code;
  const bytes = body(result.body, decode && result.isBase64Encoded === true);
  if ('malformed' in bytes) return bytes;
  const headers = new ReplyHeaders();
  const multi = result.multiValueHeaders ?? {};
  const single = result.headers ?? {};
  if (!isRecord(multi) || !isRecord(single)) return { malformed: 'its headers are not a map' };
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values)) return { malformed: `its multiValueHeaders ${name} is not a list` };
    for (const value of values) headers.add(name, value, rename);
  }
  for (const [name, value] of Object.entries(single)) {
    // The two maps are merged; a pair that is in both is sent once.
    const values = multi[name];
    if (!Array.isArray(values) || !values.includes(value)) headers.add(name, value, rename);
  }
  return headers.fault ?? { status: code, headers, body: bytes };
}

function idHeaders(ids: GatewayRequest['ids']): string[] {
  return ['x-amzn-RequestId', ids.requestId, 'x-amz-apigw-id', ids.extendedRequestId];
}

function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index < flat.length; index += 2) {
    yield [flat[index] as string, flat[index + 1] as string];
  }
}

/** Every name with all of its values; null where there is none, as API Gateway has it. */
function multiMap(entries: Iterable<[string, string]>): Record<string, string[]> | null {
  const map: Record<string, string[]> = {};
  let empty = true;
  for (const [name, value] of entries) {
    empty = false;
    if (Object.hasOwn(map, name)) map[name]?.push(value);
    else define(map, name, [value]);
  }
  return empty ? null : map;
}

function lastValues(map: Record<string, string[]> | null): Record<string, string> | null {
  if (map === null) return null;
  const last: Record<string, string> = {};
  for (const [name, values] of Object.entries(map)) define(last, name, values.at(-1) ?? '');
  return last;
}

/** Sets a property under any name, `__proto__` too. */
function define<T>(map: Record<string, T>, name: string, value: T): void {
  if (name !== '__proto__') map[name] = value;
  else
    Object.defineProperty(map, name, {
      value,
      enumerable: true,
      configurable: true,
      writable: true,
    });
}
