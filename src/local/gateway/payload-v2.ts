import { decodeParameters, decodePath } from '../../serverless-yml/http-paths.ts';
import { ACCOUNT_ID } from '../../service/defaults.ts';
import { INTEGRATION_TIMEOUT } from '../../service/service.ts';
import { isRecord } from '../../util/json.ts';
import { forwardedHeaders, header } from './headers.ts';
import type { RequestIds } from './ids.ts';
import type {
  Api,
  GatewayError,
  GatewayRequest,
  GatewayResponse,
  Head,
  Malformed,
} from './integration.ts';
import { isHttpApiText } from './media-types.ts';
import * as messages from './messages.ts';
import { messageResponse, parsePayload, ResponseHeaders, status, withBody } from './response.ts';
import type { Route, RouteMatch } from './routes.ts';
import { requestTime } from './time.ts';

/** Status and body, as on AWS to the byte. */
const ERRORS: Record<GatewayError, readonly [number, string]> = {
  'no-route': [404, '{"message":"Not Found"}'],
  'function-error': [500, '{"message":"Internal Server Error"}'],
  'malformed-response': [500, '{"message":"Internal Server Error"}'],
  'integration-timeout': [503, '{"message":"Service Unavailable"}'],
  throttled: [503, '{"message":"Service Unavailable"}'],
  'too-large': [413, '{"message":"Request Entity Too Large"}'],
};

/** The differences between the APIs with payload format version 2.0: HTTP API and function URL. */
interface PayloadV2Options {
  readonly name: string;
  readonly integrationTimeoutMs: number;
  readonly errors: Record<GatewayError, readonly [number, string]>;
  readonly accountId: string;
  readonly requestId: (ids: RequestIds) => string;
  /** The headers that identify the request in every response. */
  readonly idHeaders: (ids: RequestIds) => string[];
  /** Whether the event has the path percent-decoded. */
  readonly decodesPath: boolean;
  /** The Content-Type of a response that has a statusCode but no Content-Type. */
  readonly contentType: string;
  /** Makes a body from a result without a statusCode; undefined where the result is malformed. */
  readonly inferredBody: (payload: Buffer, result: unknown) => Buffer | undefined;
}

/** The parts of a route match that an event of payload format version 2.0 has. */
export interface PayloadV2Match extends Pick<RouteMatch, 'path' | 'parameters'> {
  readonly route: Pick<Route, 'apiId' | 'routeKey' | 'stage'>;
}

/** Emulates an API with payload format version 2.0. */
export function apiWithPayloadV2(
  api: PayloadV2Options,
): Api & { event(request: GatewayRequest, match: PayloadV2Match): object } {
  return {
    name: api.name,
    integrationTimeoutMs: api.integrationTimeoutMs,
    event: (request, match) => event(request, match, api),
    head: (result, request) => head(result, request, api),
    response: (payload, request) => response(payload, request, api),
    error(error, { ids }) {
      const [status, message] = api.errors[error];
      return messageResponse(status, message, api.idHeaders(ids));
    },
  };
}

/** Returns the headers that identify the request in every response of an HTTP API. */
export const httpIdHeaders = (ids: RequestIds): string[] => [
  'apigw-requestid',
  ids.extendedRequestId,
];

/** The Content-Type of an HTTP API's response that has a statusCode but no Content-Type. */
export const HTTP_CONTENT_TYPE = 'text/plain; charset=utf-8';

/**
 * An HTTP API with Lambda proxy integration
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 * Where the documentation is silent, this follows AWS's own test tool:
 * https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2.
 */
export const httpApi: Api = apiWithPayloadV2({
  name: 'API Gateway',
  integrationTimeoutMs: INTEGRATION_TIMEOUT.http * 1000,
  errors: ERRORS,
  accountId: ACCOUNT_ID,
  requestId: (ids) => ids.extendedRequestId,
  idHeaders: httpIdHeaders,
  decodesPath: true,
  contentType: HTTP_CONTENT_TYPE,
  // Any result is passed on as it is, JSON or not; only a JSON string loses its quotes.
  inferredBody: (payload, result) => (typeof result === 'string' ? Buffer.from(result) : payload),
});

function event(request: GatewayRequest, match: PayloadV2Match, api: PayloadV2Options): object {
  const { rawHeaders } = request;
  const { route } = match;
  const host = header(rawHeaders, 'host') ?? `localhost:${request.port}`;
  const headers = new Map<string, string>();
  const cookies: string[] = [];
  const forwarded = forwardedHeaders(request);
  for (let index = 0; index < forwarded.length; index += 2) {
    const name = (forwarded[index] as string).toLowerCase();
    const value = forwarded[index + 1] as string;
    if (name === 'cookie') cookies.push(...value.split(/; */).filter((cookie) => cookie !== ''));
    else join(headers, name, value);
  }
  const query = new Map<string, string>();
  for (const [name, value] of new URLSearchParams(request.query)) join(query, name, value);

  const rawPath = api.decodesPath ? decodePath(match.path) : match.path;
  const parameters = decodeParameters(match.parameters);
  const text = isHttpApiText(header(rawHeaders, 'content-type'));
  const hasBody = request.body.length > 0;
  return {
    version: '2.0',
    routeKey: route.routeKey,
    rawPath,
    rawQueryString: request.query,
    ...(cookies.length > 0 && { cookies }),
    headers: Object.fromEntries(headers),
    ...(query.size > 0 && { queryStringParameters: Object.fromEntries(query) }),
    requestContext: {
      accountId: api.accountId,
      apiId: route.apiId,
      domainName: host,
      domainPrefix: host.split('.', 1)[0],
      http: {
        method: request.method,
        path: rawPath,
        protocol: request.protocol,
        sourceIp: request.sourceIp,
        userAgent: header(rawHeaders, 'user-agent') ?? '',
      },
      requestId: api.requestId(request.ids),
      routeKey: route.routeKey,
      stage: route.stage,
      time: requestTime(request.time),
      timeEpoch: request.time,
    },
    ...(hasBody && { body: request.body.toString(text ? 'utf8' : 'base64') }),
    ...(Object.keys(parameters).length > 0 && { pathParameters: parameters }),
    isBase64Encoded: hasBody && !text,
  };
}

function response(
  payload: Buffer,
  request: GatewayRequest,
  api: PayloadV2Options,
): GatewayResponse | Malformed {
  const result = parsePayload(payload);
  if (isRecord(result) && result.statusCode !== undefined) {
    return withBody(head(result, request, api), result);
  }
  const body = api.inferredBody(payload, result);
  if (body === undefined) return { malformed: messages.notJson() };
  const headers = ['Content-Type', 'application/json', ...api.idHeaders(request.ids)];
  return { status: 200, headers, body };
}

function head(
  result: Readonly<Record<string, unknown>>,
  { ids }: GatewayRequest,
  api: PayloadV2Options,
): Head | Malformed {
  const code = status(result.statusCode);
  if (typeof code === 'object') return code;
  const headers = new ResponseHeaders();
  const given = result.headers ?? {};
  const cookies = result.cookies ?? [];
  if (!isRecord(given)) return { malformed: messages.headersNotAMap() };
  if (!Array.isArray(cookies)) return { malformed: messages.cookiesNotAList() };
  for (const [name, value] of Object.entries(given)) headers.add(name, value);
  for (const cookie of cookies) headers.add('Set-Cookie', cookie);
  if (headers.fault) return headers.fault;
  if (!headers.has('content-type')) headers.set('Content-Type', api.contentType);
  headers.list.push(...api.idHeaders(ids));
  return { status: code, headers: headers.list };
}

/** Adds a value; several of the same name are joined by commas. */
function join(map: Map<string, string>, name: string, value: string): void {
  const before = map.get(name);
  map.set(name, before === undefined ? value : `${before},${value}`);
}
