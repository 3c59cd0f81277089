import { asText, isRecord } from './values.ts';

/** The CORS of one path of a REST API, as osls deploys it: the answer to an OPTIONS request. */
export interface RestCors {
  /** The first one is answered with, unless another one matches; `*` stands for anything. */
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly maxAge: number | undefined;
  readonly cacheControl: string | undefined;
}

/** The CORS of a whole HTTP API (`provider.httpApi.cors`), which API Gateway itself answers. */
export interface HttpCors {
  readonly origins: readonly string[];
  readonly headers: readonly string[];
  readonly methods: readonly string[];
  readonly allowCredentials: boolean;
  readonly exposedHeaders: readonly string[];
  /** Seconds. */
  readonly maxAge: number | undefined;
}

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
  const origin = asText(given.origin)
    ?.split(',')
    .map((one) => one.trim());
  const own = list(given.origins) ?? origin ?? ['*'];
  return {
    origins: union(own, before?.origins),
    headers: union(list(given.headers) ?? HEADERS, before?.headers),
    methods: union(list(given.methods) ?? [], ['OPTIONS', method], before?.methods),
    allowCredentials: Boolean(given.allowCredentials) || before?.allowCredentials === true,
    maxAge: number(given.maxAge) ?? before?.maxAge,
    cacheControl: asText(given.cacheControl) ?? before?.cacheControl,
  };
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
  const all = routeMethods.includes('ANY')
    ? ['DELETE', 'GET', 'HEAD', 'PATCH', 'POST', 'PUT']
    : routeMethods;
  return {
    origins: list(given.allowedOrigins) ?? ['*'],
    headers: list(given.allowedHeaders) ?? HEADERS,
    methods: list(given.allowedMethods) ?? union(['OPTIONS'], all),
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
