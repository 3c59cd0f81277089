import { allowedOrigin, responseHeaders } from '../../serverless-yml/cors.ts';
import type { HttpCors, RestCors } from '../../service/service.ts';
import { header, pairs } from './headers.ts';
import type { Api, GatewayRequest, GatewayResponse, Head, Malformed } from './integration.ts';

/**
 * Responds to a preflight as the mock integration does that osls deploys for OPTIONS requests to a
 * path of a REST API. Other responses get no CORS headers: the function has to set its own, and
 * API Gateway's errors have none, as osls configures no gateway responses
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html).
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
 * Lists the CORS headers that a function's response lacks, without which a browser withholds it
 * from the page. Empty where nothing is missing, and where headers would not help because the
 * origin or the method is not allowed.
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

/** Recognizes a CORS preflight (https://fetch.spec.whatwg.org/#cors-preflight-request). */
export function isPreflight({ method, rawHeaders }: GatewayRequest): boolean {
  return (
    method === 'OPTIONS' &&
    header(rawHeaders, 'origin') !== undefined &&
    header(rawHeaders, 'access-control-request-method') !== undefined
  );
}

/**
 * Responds to a preflight as an HTTP API does, even where it has an OPTIONS route
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-cors.html).
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

/** Adds the CORS headers of an HTTP API to all of its responses. */
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

/** Sets the CORS headers of an HTTP API's response; those of the function are ignored. */
export function withHttpCors<T extends Head>(head: T, cors: HttpCors, request: GatewayRequest): T {
  const headers: string[] = [];
  for (const [name, value] of pairs(head.headers)) {
    if (!/^access-control-/i.test(name)) headers.push(name, value);
  }
  const origin = originHeaders(cors, request);
  const exposed = cors.exposedHeaders.join(',');
  if (origin.length > 0 && exposed !== '') origin.push('Access-Control-Expose-Headers', exposed);
  return { ...head, headers: [...headers, ...origin] };
}

/** Empty for a request whose origin is missing or not allowed. `Vary` has not been verified on AWS. */
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

/** Compares origins; API Gateway allows the wildcards `https://*` and `http://*` and no others. */
function allows(allowed: string, origin: string): boolean {
  return /^https?:\/\/\*$/.test(allowed)
    ? origin.startsWith(allowed.slice(0, -1))
    : allowed === origin;
}
