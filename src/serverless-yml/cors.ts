import { REQUEST_METHODS } from '../service/endpoint/rules.ts';
import type { HttpCors, RestCors } from '../service/service.ts';
import { asText, isRecord } from '../util/json.ts';
import { escapePattern } from '../util/text.ts';

/** What osls takes where serverless.yml is silent. */
const HEADERS = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amz-User-Agent',
  'X-Amzn-Trace-Id',
];
const URL_HEADERS = HEADERS.filter((name) => name !== 'X-Amz-User-Agent');

/**
 * The CORS of one event of a REST API, merged with what other events of its path
 * have; undefined where it has none.
 *
 * @param cors `http.cors`: true, or a map
 */
export function restCors(
  cors: unknown,
  method: string,
  before: RestCors | undefined,
): RestCors | undefined {
  if (cors !== true && !isRecord(cors)) return before;
  const given = cors === true ? {} : cors;
  const origins = list(given.origins);
  return {
    // Of several events the last one's counts, and only where none of them has `origins`.
    origin: asText(given.origin) ?? (origins ? undefined : '*'),
    origins: union(origins, before?.origins),
    headers: union(list(given.headers) ?? HEADERS, before?.headers),
    methods: union(list(given.methods) ?? [], ['OPTIONS', method], before?.methods),
    allowCredentials: Boolean(given.allowCredentials) || before?.allowCredentials === true,
    maxAge: number(given.maxAge) ?? before?.maxAge,
    cacheControl: asText(given.cacheControl) ?? before?.cacheControl,
  };
}

/**
 * What a path of a REST API answers to an origin as the allowed one, by the response
 * template that osls writes.
 */
export function allowedOrigin({ origin, origins }: RestCors, requestOrigin: string): string {
  const several = origin?.includes(',') ? origin.split(',').map((one) => one.trim()) : origins;
  if (several.some((one) => pattern(one).test(requestOrigin))) return requestOrigin;
  return several[0] ?? origin ?? '*';
}

/** What a function sets on its own responses: a REST API adds nothing to them (API Gateway: "Enabling CORS for proxy integrations"). */
export function responseHeaders(cors: RestCors, requestOrigin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': allowedOrigin(cors, requestOrigin),
    ...(cors.allowCredentials && { 'Access-Control-Allow-Credentials': 'true' }),
  };
}

/** How a handler sets headers. */
export function headersInDart(headers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(headers).map(([name, value]) => `'${name}': '${value}'`);
  return `AwsApiGatewayResponse.json(..., headers: {${entries.join(', ')}})`;
}

function pattern(origin: string): RegExp {
  return new RegExp(`^${origin.split('*').map(escapePattern).join('.+')}$`);
}

/**
 * The CORS of an HTTP API; undefined where it has none.
 *
 * @param cors `provider.httpApi.cors`: true, or a map
 * @param routeMethods of its routes, which are allowed unless others are given
 */
export function httpCors(cors: unknown, routeMethods: readonly string[]): HttpCors | undefined {
  if (cors !== true && !isRecord(cors)) return undefined;
  const given = cors === true ? {} : cors;
  const routed = routeMethods.flatMap((method) => (method === 'ANY' ? REQUEST_METHODS : [method]));
  return {
    ...shared(given),
    origins: list(given.allowedOrigins) ?? ['*'],
    headers: list(given.allowedHeaders) ?? HEADERS,
    methods: list(given.allowedMethods) ?? union(['OPTIONS'], routed),
  };
}

/**
 * The CORS of a function URL; undefined where it has none.
 *
 * @param cors `url.cors`: true, or a map, where null stands for nothing at all
 */
export function urlCors(cors: unknown): HttpCors | undefined {
  if (cors !== true && !isRecord(cors)) return undefined;
  const given = cors === true ? {} : cors;
  const listed = (property: string, otherwise: readonly string[]) =>
    given[property] === null ? [] : (list(given[property]) ?? otherwise);
  return {
    ...shared(given),
    origins: listed('allowedOrigins', ['*']),
    headers: listed('allowedHeaders', URL_HEADERS),
    methods: listed('allowedMethods', ['*']),
  };
}

/** What osls reads for HTTP APIs and for function URLs in the same way. */
function shared(given: Record<string, unknown>) {
  return {
    allowCredentials: given.allowCredentials === true,
    exposedHeaders: list(given.exposedResponseHeaders) ?? [],
    maxAge: number(given.maxAge),
  };
}

function list(value: unknown): readonly string[] | undefined {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.map(String) : undefined;
}

const number = (value: unknown): number | undefined =>
  typeof value === 'number' ? value : undefined;

const union = (...lists: readonly (readonly string[] | undefined)[]): readonly string[] => [
  ...new Set(lists.flatMap((one) => one ?? [])),
];
