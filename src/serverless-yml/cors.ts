import { REQUEST_METHODS } from '../service/endpoint/rules.ts';
import type { HttpCors, RestCors } from '../service/service.ts';
import { asText, isRecord, isUnknown, recordOf } from '../util/json.ts';
import { escapePattern } from '../util/text.ts';
import { eventsOf } from './http-events.ts';

/**
 * The defaults of osls
 * (https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/package/compile/events/api-gateway/lib/validate.js).
 */
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
 * Reads the CORS settings of a REST API event and merges them with those of earlier events on the
 * same path. Returns undefined if CORS is off.
 *
 * @param cors `http.cors`: true, or a map
 */
export function restCors(
  cors: unknown,
  method: string,
  before: RestCors | undefined,
): RestCors | undefined {
  const given = settingsOf(cors);
  if (given === undefined) return before;
  const origins = list(given.origins);
  return {
    // The last of several events wins, and only if none of them has `origins`.
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
 * Returns the origin that a REST API path allows in its response to a request from
 * `requestOrigin`, following the response template that osls writes.
 */
export function allowedOrigin(cors: RestCors, requestOrigin: string): string {
  const several = listedOrigins(cors);
  if (several.some((one) => pattern(one).test(requestOrigin))) return requestOrigin;
  return several[0] ?? cors.origin ?? '*';
}

/** Returns the origins that a REST API path allows: names, patterns, or `*` for all. */
export function allowedOrigins(cors: RestCors): readonly string[] {
  const several = listedOrigins(cors);
  return several.length > 0 ? several : [cors.origin ?? '*'];
}

const listedOrigins = ({ origin, origins }: RestCors): readonly string[] =>
  origin?.includes(',') ? origin.split(',').map((one) => one.trim()) : origins;

/**
 * Returns the headers that a function must set on its own responses, because a REST API adds none
 * to them (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-cors.html).
 */
export function responseHeaders(cors: RestCors, requestOrigin: string): Record<string, string> {
  return {
    'Access-Control-Allow-Origin': allowedOrigin(cors, requestOrigin),
    ...(cors.allowCredentials && { 'Access-Control-Allow-Credentials': 'true' }),
  };
}

/** Formats headers as the Dart code that sets them in a handler. */
export function headersInDart(headers: Readonly<Record<string, string>>): string {
  const entries = Object.entries(headers).map(([name, value]) => `'${name}': '${value}'`);
  return `AwsApiGatewayResponse.json(..., headers: {${entries.join(', ')}})`;
}

/**
 * Formats the call of the generated runtime that adds such headers to all responses. Returns undefined
 * if its middleware cannot: it takes origins by name, or all of them without credentials.
 */
export function middlewareInDart(cors: RestCors): string | undefined {
  const origins = allowedOrigins(cors);
  const { allowCredentials } = cors;
  if (origins.join() === '*') return allowCredentials ? undefined : '..use(cors())';
  if (origins.some((one) => /[*'\\$]/.test(one))) return undefined;
  const names = origins.map((one) => `'${one}'`).join(', ');
  return `..use(cors(origins: [${names}]${allowCredentials ? ', credentials: true' : ''}))`;
}

function pattern(origin: string): RegExp {
  return new RegExp(`^${origin.split('*').map(escapePattern).join('.+')}$`);
}

/**
 * Reads the CORS settings of an HTTP API. Returns undefined if CORS is off.
 *
 * @param cors `provider.httpApi.cors`: true, or a map
 * @param routeMethods methods of the API's routes, which are allowed unless the map lists others
 */
export function httpCors(cors: unknown, routeMethods: readonly string[]): HttpCors | undefined {
  const given = settingsOf(cors);
  if (given === undefined) return undefined;
  const routed = routeMethods.flatMap((method) => (method === 'ANY' ? REQUEST_METHODS : [method]));
  return {
    ...shared(given),
    origins: list(given.allowedOrigins) ?? ['*'],
    headers: list(given.allowedHeaders) ?? HEADERS,
    methods: list(given.allowedMethods) ?? union(['OPTIONS'], routed),
  };
}

/**
 * Reads the CORS settings of a function URL. Returns undefined if CORS is off.
 *
 * @param cors `url.cors`: true, or a map in which null removes a default
 */
export function urlCors(cors: unknown): HttpCors | undefined {
  const given = settingsOf(cors);
  if (given === undefined) return undefined;
  const listed = (property: string, otherwise: readonly string[]) =>
    given[property] === null ? [] : (list(given[property]) ?? otherwise);
  return {
    ...shared(given),
    origins: listed('allowedOrigins', ['*']),
    headers: listed('allowedHeaders', URL_HEADERS),
    methods: listed('allowedMethods', ['*']),
  };
}

/**
 * Lists the functions of which a route of a REST API has `cors`, and those that may have it in a part
 * that is not known here.
 *
 * @param functions those of the configuration
 */
export function mayHaveCors(functions: unknown): readonly string[] {
  return Object.entries(recordOf(functions)).flatMap(([key, definition]) => {
    const parts = [definition, recordOf(definition).events, ...eventsOf(definition)];
    const routes = eventsOf(definition).map((event) => recordOf(event).http);
    const isMaybe = [...parts, ...routes].some((part) => isUnknown(part) && !/\s/.test(part));
    return isMaybe || routes.some((route) => Boolean(recordOf(route).cors)) ? [key] : [];
  });
}

/** Reads what is true, for the defaults, or a map. Returns undefined if it is off. */
export function settingsOf(value: unknown): Record<string, unknown> | undefined {
  if (value === true) return {};
  return isRecord(value) ? value : undefined;
}

/** Reads the settings that HTTP APIs and function URLs have in common. */
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
