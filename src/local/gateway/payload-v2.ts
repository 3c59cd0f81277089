import { decodeParameters, decodePath } from '../../serverless-yml/http-paths.ts';
import { INTEGRATION_TIMEOUT } from '../../service/service.ts';
import { isRecord } from '../../util/json.ts';
import { ACCOUNT_ID } from '../lambda/environment-variables.ts';
import { forwardedHeaders, header } from './headers.ts';
import type {
  Api,
  GatewayError,
  GatewayRequest,
  GatewayResponse,
  Head,
  Malformed,
  RequestIds,
} from './integration.ts';
import { isHttpApiText } from './media-types.ts';
import { messageResponse, parsePayload, ResponseHeaders, status, withBody } from './response.ts';
import type { Route, RouteMatch } from './routes.ts';
import { requestTime } from './time.ts';

/** Status and body, byte by byte as captured. */
const ERRORS: Record<GatewayError, readonly [number, string]> = {
  'no-route': [404, '{"message":"Not Found"}'],
  'function-error': [500, '{"message":"Internal Server Error"}'],
  'malformed-response': [500, '{"message":"Internal Server Error"}'],
  'integration-timeout': [503, '{"message":"Service Unavailable"}'],
  throttled: [503, '{"message":"Service Unavailable"}'],
  'too-large': [413, '{"message":"Request Entity Too Large"}'],
};

/** What tells the two APIs with payload 2.0 apart: HTTP APIs and function URLs. */
interface PayloadV2Options {
  readonly integrationTimeoutMs: number;
  readonly errors: Record<GatewayError, readonly [number, string]>;
  readonly accountId: string;
  readonly apiId: (route: PayloadV2Match['route']) => string;
  readonly requestId: (ids: RequestIds) => string;
  /** The headers of every response that name the request. */
  readonly idHeaders: (ids: RequestIds) => string[];
  /** Whether the path of the event is decoded, or as it was sent. */
  readonly decodesPath: boolean;
  /** Of a response with a statusCode and without a type of its own. */
  readonly contentType: string;
  /** The body of a result that is no response object; undefined where it is none either. */
  readonly inferredBody: (payload: Buffer, result: unknown) => Buffer | undefined;
}

/** What payload 2.0 tells of a route. */
export interface PayloadV2Match extends Pick<RouteMatch, 'path' | 'parameters'> {
  readonly route: Pick<Route, 'fn' | 'apiId' | 'routeKey' | 'stage'>;
}

/** An API with payload 2.0 (reference: Events and Responses). */
export function apiWithPayloadV2(
  api: PayloadV2Options,
): Api & { event(request: GatewayRequest, match: PayloadV2Match): object } {
  return {
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

/** The headers of every response of an HTTP API that name the request. */
export const httpIdHeaders = (ids: RequestIds): string[] => [
  'apigw-requestid',
  ids.extendedRequestId,
];

/** The type of a response of an HTTP API that has a statusCode, and no type of its own. */
export const HTTP_CONTENT_TYPE = 'text/plain; charset=utf-8';

/**
 * API Gateway HTTP API with Lambda proxy integration (AWS: "Create AWS Lambda proxy
 * integrations for HTTP APIs"). Where that is silent it follows what AWS's own test tool has
 * observed: https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2.
 */
export const httpApi: Api = apiWithPayloadV2({
  integrationTimeoutMs: INTEGRATION_TIMEOUT.http * 1000,
  errors: ERRORS,
  accountId: ACCOUNT_ID,
  apiId: (route) => route.apiId,
  requestId: (ids) => ids.extendedRequestId,
  idHeaders: httpIdHeaders,
  decodesPath: true,
  contentType: HTTP_CONTENT_TYPE,
  // Whatever it is, JSON or not, it is passed on; but for a text, which loses its quotes.
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
      apiId: api.apiId(route),
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
  if (body === undefined) return { malformed: 'it is not JSON' };
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
  if (!isRecord(given)) return { malformed: 'its headers are not a map' };
  if (!Array.isArray(cookies)) return { malformed: 'its cookies are not a list' };
  for (const [name, value] of Object.entries(given)) headers.add(name, value);
  for (const cookie of cookies) headers.add('Set-Cookie', cookie);
  if (headers.fault) return headers.fault;
  if (!headers.has('content-type')) headers.set('Content-Type', api.contentType);
  headers.list.push(...api.idHeaders(ids));
  return { status: code, headers: headers.list };
}

/** Payload 2.0 joins the values of a name by commas. */
function join(map: Map<string, string>, name: string, value: string): void {
  const before = map.get(name);
  map.set(name, before === undefined ? value : `${before},${value}`);
}
