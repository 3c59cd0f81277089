import type { ServerResponse } from 'node:http';
import { EventStreamCodec, type MessageHeaders } from '@smithy/eventstream-codec';
import { writePiece } from '../body.ts';
import type { InvocationResult } from '../lambda/invocation.ts';

/** The maximum payload of one event, in bytes. */
const CHUNK_BYTES = 64 * 1024;

const CODEC = new EventStreamCodec(
  (bytes) => (typeof bytes === 'string' ? bytes : Buffer.from(bytes).toString()),
  (text) => Buffer.from(text),
);

/**
 * Sends the event stream of InvokeWithResponseStream: the payload in `PayloadChunk` events as it
 * arrives, then one `InvokeComplete` with the error, if the function failed
 * (https://docs.aws.amazon.com/lambda/latest/api/API_InvokeWithResponseStream.html).
 */
export class EventStream {
  readonly #response: ServerResponse;
  readonly #headers: Readonly<Record<string, string>>;

  constructor(response: ServerResponse, headers: Readonly<Record<string, string>>) {
    this.#response = response;
    this.#headers = { ...headers, 'Content-Type': 'application/vnd.amazon.eventstream' };
  }

  /** Sends a streamed response to its end. Meant as the `onStream` of an invocation. */
  async take(pieces: AsyncIterable<Buffer>): Promise<void> {
    for await (const piece of pieces) await this.#payload(piece);
  }

  /**
   * Sends a payload that was not streamed, and ends the stream.
   *
   * @param log the end of the log in base64
   */
  async end(result: InvocationResult, log: string | undefined): Promise<void> {
    if (result.ok) await this.#payload(result.payload);
    const complete = {
      ...(result.ok ? {} : { ErrorCode: 'Unhandled', ErrorDetails: result.payload.toString() }),
      ...(log === undefined ? {} : { LogResult: log }),
    };
    await this.#send('InvokeComplete', 'application/json', Buffer.from(JSON.stringify(complete)));
    this.#response.end();
  }

  async #payload(payload: Buffer): Promise<void> {
    for (let at = 0; at < payload.length; at += CHUNK_BYTES) {
      const chunk = payload.subarray(at, at + CHUNK_BYTES);
      await this.#send('PayloadChunk', 'application/octet-stream', chunk);
    }
  }

  #send(type: string, contentType: string, body: Buffer): Promise<void> {
    if (!this.#response.headersSent) this.#response.writeHead(200, this.#headers);
    const event = CODEC.encode({ headers: eventHeaders(type, contentType), body });
    return writePiece(this.#response, Buffer.from(event.buffer, event.byteOffset, event.length));
  }
}

function eventHeaders(type: string, contentType: string): MessageHeaders {
  const text = (value: string) => ({ type: 'string', value }) as const;
  return {
    ':message-type': text('event'),
    ':event-type': text(type),
    ':content-type': text(contentType),
  };
}
