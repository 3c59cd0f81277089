import { allowedOrigin, responseHeaders } from '../../serverless-yml/cors.ts';
import type { HttpCors, RestCors } from '../../service/service.ts';
import { header } from './headers.ts';
import type { Api, GatewayRequest, GatewayResponse, Head, Malformed } from './integration.ts';

/**
 * The answer of the mock integration that osls deploys for OPTIONS requests to a
 * path of a REST API. Nothing is added to other responses: there the function does it,
 * and API Gateway's own errors have none, as osls sets no gateway responses
 * (API Gateway: "CORS for REST APIs in API Gateway").
 */
export function restPreflight(cors: RestCors, request: GatewayRequest): GatewayResponse {
  const { headers, methods, allowCredentials, maxAge, cacheControl } = cors;
  const origin = header(request.rawHeaders, 'origin') ?? '';
  const allowed = methods.join(',').replace('ANY', 'DELETE,GET,HEAD,PATCH,POST,PUT');
  return {
    status: 200,
    headers: [
      ...['Content-Type', 'application/json'],
      ...['Access-Control-Allow-Origin', allowedOrigin(cors, origin)],
      ...['Access-Control-Allow-Headers', headers.join(',')],
      ...['Access-Control-Allow-Methods', allowed],
      ...(allowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
      ...(maxAge ? ['Access-Control-Max-Age', String(maxAge)] : []),
      ...(cacheControl ? ['Cache-Control', cacheControl] : []),
      ...['x-amzn-RequestId', request.ids.requestId],
      ...['x-amz-apigw-id', request.ids.extendedRequestId],
    ],
    body: Buffer.alloc(0),
  };
}

/**
 * The headers that are missing in a function's response, so that a browser keeps it from the page
 * that has sent the request. Empty where another fault, such as an origin that is not allowed, or
 * none is the reason.
 */
export function missingCors(
  response: GatewayResponse,
  cors: RestCors,
  { method, rawHeaders }: GatewayRequest,
): Readonly<Record<string, string>> {
  const origin = header(rawHeaders, 'origin');
  const isSame = origin?.replace(/^https?:\/\//, '') === header(rawHeaders, 'host');
  const isAllowed = cors.methods.some((one) => one === method || one === 'ANY');
  if (origin === undefined || isSame || !isAllowed) return {};
  const wanted = responseHeaders(cors, origin);
  if (!['*', origin].includes(allowedOrigin(cors, origin))) return {};
  const given = (name: string) => header(response.headers, name.toLowerCase()) !== undefined;
  return Object.fromEntries(Object.entries(wanted).filter(([name]) => !given(name)));
}

/** Whether a request asks what another origin may do (Fetch: CORS-preflight request). */
export function isPreflight({ method, rawHeaders }: GatewayRequest): boolean {
  return (
    method === 'OPTIONS' &&
    header(rawHeaders, 'origin') !== undefined &&
    header(rawHeaders, 'access-control-request-method') !== undefined
  );
}

/**
 * The answer of an HTTP API to a preflight, whether it has an OPTIONS route or not
 * (API Gateway: "Configure CORS for HTTP APIs").
 */
export function httpPreflight(cors: HttpCors, request: GatewayRequest): GatewayResponse {
  const origin = originHeaders(cors, request);
  const { headers, methods, maxAge } = cors;
  const allowed =
    origin.length === 0
      ? []
      : [
          ...['Access-Control-Allow-Methods', methods.join(',')],
          ...['Access-Control-Allow-Headers', headers.join(',')],
          ...(maxAge === undefined ? [] : ['Access-Control-Max-Age', String(maxAge)]),
        ];
  return {
    status: 204,
    headers: [...origin, ...allowed, 'apigw-requestid', request.ids.extendedRequestId],
    body: Buffer.alloc(0),
  };
}

/** The API with its CORS, if it has some, in all that it responses. */
export function withCors(api: Api, cors: HttpCors | undefined): Api {
  if (cors === undefined) return api;
  const added = <T extends Head>(head: T | Malformed, request: GatewayRequest) =>
    'malformed' in head ? head : withHttpCors(head, cors, request);
  return {
    ...api,
    head: (result, request) => added(api.head(result, request), request),
    response: (payload, request) => added(api.response(payload, request), request),
    error: (error, request) => withHttpCors(api.error(error, request), cors, request),
  };
}

/** A response of an HTTP API with CORS: what the function says of CORS is ignored. */
export function withHttpCors<T extends Head>(head: T, cors: HttpCors, request: GatewayRequest): T {
  const headers: string[] = [];
  for (let index = 0; index < head.headers.length; index += 2) {
    const [name = '', value = ''] = head.headers.slice(index, index + 2);
    if (!/^access-control-/i.test(name)) headers.push(name, value);
  }
  const origin = originHeaders(cors, request);
  const exposed = cors.exposedHeaders.join(',');
  if (origin.length > 0 && exposed !== '') origin.push('Access-Control-Expose-Headers', exposed);
  return { ...head, headers: [...headers, ...origin] };
}

/** Empty for a request without an origin, or with one that is not allowed. `Vary` is remembered, not measured. */
function originHeaders({ origins, allowCredentials }: HttpCors, request: GatewayRequest): string[] {
  const origin = header(request.rawHeaders, 'origin');
  if (origin === undefined) return [];
  const all = origins.includes('*');
  if (!all && !origins.some((one) => allows(one, origin))) return [];
  return [
    ...['Access-Control-Allow-Origin', all ? '*' : origin],
    ...(all ? [] : ['Vary', 'Origin']),
    ...(allowCredentials ? ['Access-Control-Allow-Credentials', 'true'] : []),
  ];
}

/** Besides whole origins, API Gateway takes `https://*` and `http://*`, but no `https://*.example.com`. */
function allows(allowed: string, origin: string): boolean {
  return /^https?:\/\/\*$/.test(allowed)
    ? origin.startsWith(allowed.slice(0, -1))
    : allowed === origin;
}
