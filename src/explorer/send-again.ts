import http from 'node:http';
import { invocationIds } from '../local/gateway/ids.ts';
import type { GatewayRequest } from '../local/gateway/integration.ts';
import type { Invoke } from '../local/lambda/invocation.ts';
import type { Exchange } from '../local/traffic.ts';

/** Headers of the connection, which the new one has of its own. */
const OF_CONNECTION = /^(connection|keep-alive|transfer-encoding|content-length|expect|upgrade)$/i;

/** The part of the server that sends. */
export interface Sender {
  readonly host: string;
  readonly invoke: Invoke;
}

/**
 * Sends a request again, to the byte, or invokes the function with the same event where it was no
 * request. Does not wait for the answer, which is an exchange of its own.
 *
 * @returns whether there was anything to send
 */
export function sendAgain(
  { request, event, function: key }: Exchange,
  { host, invoke }: Sender,
  failed: (error: unknown) => void,
): boolean {
  if (request !== undefined) {
    sendRequest(request, host);
    return true;
  }
  if (key === undefined || event === undefined) return false;
  invoke(key, { ...invocationIds(), payload: event }).catch(failed);
  return true;
}

function sendRequest(
  { method, path, query, rawHeaders, body, port }: GatewayRequest,
  host: string,
): void {
  const headers: string[] = [];
  for (let at = 0; at < rawHeaders.length; at += 2) {
    const [name = '', value = ''] = rawHeaders.slice(at, at + 2);
    if (!OF_CONNECTION.test(name)) headers.push(name, value);
  }
  if (body.length > 0) headers.push('Content-Length', String(body.length));
  const target = query === '' ? path : `${path}?${query}`;
  // No address to connect to on every system.
  const to = host === '0.0.0.0' || host === '::' ? 'localhost' : host;
  const sent = http.request({ host: to, port, method, path: target, headers, agent: false });
  // What becomes of it is an exchange, and this server is there unless it is being closed.
  const ignore = () => {};
  sent.on('response', (response) => response.on('error', ignore).resume());
  sent.on('error', ignore);
  sent.end(body);
}
