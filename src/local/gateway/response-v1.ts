import { ACCOUNT_ID } from '../../service/defaults.ts';
import { isRecord } from '../../util/json.ts';
import { header, pairs } from './headers.ts';
import type { GatewayRequest, Malformed } from './integration.ts';
import * as messages from './messages.ts';
import { ResponseHeaders, status } from './response.ts';
import type { RouteMatch } from './routes.ts';
import { requestTime } from './time.ts';

/** An event in payload format version 1.0. REST API and HTTP API differ in its requestContext. */
interface EventV1 extends Readonly<Record<string, unknown>> {
  readonly requestContext: Readonly<Record<string, unknown>>;
}

/** The differences between the events of the two APIs with payload format version 1.0. */
interface EventPartsV1 {
  /** Names and values alternate. */
  readonly headers: readonly string[];
  /** Whether the body is in base64. */
  readonly binary: boolean;
}

/** Builds an event in payload format version 1.0, with path parameters as a REST API has them. */
export function eventV1(
  request: GatewayRequest,
  { route, parameters, path, contextPath }: RouteMatch,
  { headers: flat, binary }: EventPartsV1,
): EventV1 {
  const host = header(request.rawHeaders, 'host') ?? `localhost:${request.port}`;
  const userAgent = header(request.rawHeaders, 'user-agent') ?? null;
  const headers = multiMap(pairs(flat));
  const query = multiMap(new URLSearchParams(request.query));
  return {
    resource: route.path,
    path,
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
      path: contextPath,
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

/**
 * Reads status and headers from a result in payload format version 1.0.
 *
 * @param rename returns the new name of a header that is sent under another one
 */
export function headV1(
  result: Readonly<Record<string, unknown>>,
  rename?: (lowerCaseName: string) => string | undefined,
): { readonly status: number; readonly headers: ResponseHeaders } | Malformed {
  const code = status(result.statusCode);
  if (typeof code === 'object') return code;
  const headers = new ResponseHeaders();
  const multi = result.multiValueHeaders ?? {};
  const single = result.headers ?? {};
  if (!isRecord(multi) || !isRecord(single)) return { malformed: messages.headersNotAMap() };
  const several = new Map<string, { readonly name: string; readonly values: unknown[] }>();
  for (const [name, values] of Object.entries(multi)) {
    if (!Array.isArray(values)) return { malformed: messages.headerNotAList({ name }) };
    for (const value of values) headers.add(name, value, rename);
    several.set(name.toLowerCase(), { name, values });
  }
  for (const [name, value] of Object.entries(single)) {
    // Both maps are merged, in the case of multiValueHeaders; a pair that is in both is sent once.
    const merged = several.get(name.toLowerCase());
    if (!merged?.values.includes(value)) headers.add(merged?.name ?? name, value, rename);
  }
  return headers.fault ?? { status: code, headers };
}

/** Groups values by name; null where there are none, as in API Gateway's events. */
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

/** Sets a property under any name, even `__proto__`. */
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
