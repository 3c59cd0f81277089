import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { type Body, readBody } from '../../body.ts';

/** A call of the Runtime API: a request, and the way to respond to it. */
export interface RuntimeCall {
  readonly method: string;
  /** The path as it was sent. */
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** The request of node:http, where the body may be read in pieces, and may have trailers. */
  readonly incoming?: IncomingMessage;
  /** Reads the body. The limit is in bytes. */
  body(limit: number): Body | Promise<Body>;
  /**
   * Responds, once.
   *
   * @param headers names and values alternate; one of them is Content-Length
   */
  respond(status: number, headers: readonly string[], body: Buffer): void;
  /** Calls the listener when the connection is closed before the response is sent. */
  onClose(listener: () => void): void;
}

/** Makes the call of a request that node:http has parsed. */
export function nodeCall(incoming: IncomingMessage, response: ServerResponse): RuntimeCall {
  return {
    method: incoming.method ?? '',
    url: incoming.url ?? '',
    headers: incoming.headers,
    incoming,
    body: (limit) => readBody(incoming, limit),
    respond: (status, headers, body) => {
      response.writeHead(status, [...headers]);
      response.end(body);
    },
    onClose: (listener) => {
      response.once('close', listener);
    },
  };
}
