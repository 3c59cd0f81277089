import type { GatewayRequest } from './integration.ts';

/**
 * Headers that belong to one connection and never reach a function (RFC 9110,
 * 7.6.1), and those that the gateway writes itself.
 */
const NOT_FORWARDED = new Set([
  'connection',
  'expect',
  'keep-alive',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
  'x-amzn-trace-id',
  'x-forwarded-for',
  'x-forwarded-port',
  'x-forwarded-proto',
]);

/** Headers of a response that only the server of the connection can know. */
const NOT_RETURNED = new Set([
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Names and values that stand by turns, in pairs. */
export function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index < flat.length; index += 2) {
    yield [flat[index] as string, flat[index + 1] as string];
  }
}

/** The last value of a header of the request. */
export function header(rawHeaders: readonly string[], lowerCaseName: string): string | undefined {
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    const name = rawHeaders[index];
    if (name?.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) {
      return rawHeaders[index + 1];
    }
  }
  return undefined;
}

/** What the function sees of the headers: names and values by turns, with what API Gateway adds. */
export function forwardedHeaders(request: GatewayRequest): string[] {
  const { rawHeaders } = request;
  const headers: string[] = [];
  let proxies = '';
  for (let index = 0; index < rawHeaders.length; index += 2) {
    const name = rawHeaders[index] as string;
    const value = rawHeaders[index + 1] as string;
    const lower = name.toLowerCase();
    if (!NOT_FORWARDED.has(lower)) headers.push(name, value);
    else if (lower === 'x-forwarded-for') proxies += `${value}, `;
  }
  headers.push(
    'X-Amzn-Trace-Id',
    request.ids.traceRoot,
    'X-Forwarded-For',
    proxies + request.sourceIp,
    'X-Forwarded-Port',
    String(request.port),
    'X-Forwarded-Proto',
    request.scheme,
  );
  return headers;
}

/** Whether a header of the function's response may be sent as it is. */
export function mayReturn(lowerCaseName: string): boolean {
  return !NOT_RETURNED.has(lowerCaseName);
}

/** What HTTP allows in a header's name and, of one byte a character, in its value (RFC 9110, 5.5). */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Why a header of the function's response cannot be sent over HTTP; undefined where it can. */
export function headerFault(name: string, value: string): string | undefined {
  if (!NAME.test(name)) return 'its name holds a character that HTTP does not allow';
  if (FORBIDDEN_IN_VALUE.test(value)) return 'its value holds a character that HTTP does not allow';
  return undefined;
}
