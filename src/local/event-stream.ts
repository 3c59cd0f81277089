import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import type { InvocationResult } from './invocation.ts';

/** How much of the payload one event carries, in bytes. */
const CHUNK_BYTES = 64 * 1024;

/**
 * A result as the event stream of InvokeWithResponseStream: the payload in
 * `PayloadChunk` events, then one `InvokeComplete`. A function that failed has
 * no chunks; its error is what the last event tells.
 *
 * @param log the end of the log in base64
 */
export function encodeEvents(result: InvocationResult, log: string | undefined): Buffer {
  const codec = new EventStreamCodec(
    (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
    (text) => Buffer.from(text),
  );
  const encode = (type: string, contentType: string, body: Buffer) =>
    codec.encode({ headers: eventHeaders(type, contentType), body });
  const payload = result.ok ? result.payload : Buffer.alloc(0);
  const events: Uint8Array[] = [];
  for (let at = 0; at < payload.length; at += CHUNK_BYTES) {
    const chunk = payload.subarray(at, at + CHUNK_BYTES);
    events.push(encode('PayloadChunk', 'application/octet-stream', chunk));
  }
  const complete = {
    ...(result.ok ? {} : { ErrorCode: 'Unhandled', ErrorDetails: result.payload.toString() }),
    ...(log === undefined ? {} : { LogResult: log }),
  };
  events.push(encode('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete))));
  return Buffer.concat(events);
}

function eventHeaders(type: string, contentType: string): MessageHeaders {
  const text = (value: string) => ({ type: 'string', value }) as const;
  return {
    ':message-type': text('event'),
    ':event-type': text(type),
    ':content-type': text(contentType),
  };
}
