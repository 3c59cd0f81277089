import type { Message } from '../../message.ts';
import type { GatewayRequest } from './integration.ts';
import { badHeaderName, badHeaderValue } from './messages.ts';

/**
 * Headers that do not reach a function: those of one connection
 * (https://www.rfc-editor.org/rfc/rfc9110#section-7.6.1), and those that the gateway sets itself.
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

/** Headers that a function cannot set, as they describe the connection. */
const NOT_RETURNED = new Set([
  'content-length',
  'keep-alive',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

/** Pairs names with values in a list where they alternate. */
export function* pairs(flat: readonly string[]): Generator<[string, string]> {
  for (let index = 0; index < flat.length; index += 2) {
    yield [flat[index] as string, flat[index + 1] as string];
  }
}

/** Returns the last value of a header. */
export function header(rawHeaders: readonly string[], lowerCaseName: string): string | undefined {
  for (let index = rawHeaders.length - 2; index >= 0; index -= 2) {
    const name = rawHeaders[index];
    if (name?.length === lowerCaseName.length && name.toLowerCase() === lowerCaseName) {
      return rawHeaders[index + 1];
    }
  }
  return undefined;
}

/** Returns the headers that reach the function, including those that API Gateway adds. */
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

/** Tells whether a header of a function's response is sent to the client. */
export function mayReturn(lowerCaseName: string): boolean {
  return !NOT_RETURNED.has(lowerCaseName);
}

/** The syntax of a header: https://www.rfc-editor.org/rfc/rfc9110#section-5.5. Values are Latin-1. */
const NAME = /^[\w!#$%&'*+.^`|~-]+$/;
const FORBIDDEN_IN_VALUE = /[^\t\x20-\x7e\x80-\xff]/;

/** Explains why HTTP cannot carry a header; undefined where it can. */
export function headerFault(name: string, value: string): Message | undefined {
  if (!NAME.test(name)) return badHeaderName();
  return FORBIDDEN_IN_VALUE.test(value) ? badHeaderValue() : undefined;
}
