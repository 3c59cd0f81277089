import type { ServerResponse } from 'node:http';
import { isRecord } from '../service/values.ts';
import type { Api, GatewayRequest } from './gateway/api.ts';
import { splitStream } from './gateway/stream.ts';

/** Sends a streamed response to the client while the function still writes it. */
export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #api: Api;
  readonly #request: GatewayRequest;
  #begin = Buffer.alloc(0);
  #status: number | undefined;

  constructor(response: ServerResponse, api: Api, request: GatewayRequest) {
    this.#response = response;
    this.#api = api;
    this.#request = request;
  }

  /** The status that was sent; undefined when nothing was: then the whole answer tells what to send. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Takes a piece of the response, of that Content-Type. */
  write(chunk: Buffer, type: string): void {
    if (this.#status !== undefined) {
      this.#response.write(chunk);
      return;
    }
    this.#begin = Buffer.concat([this.#begin, chunk]);
    const { prelude, body } = splitStream(this.#begin, type) ?? {};
    if (!isRecord(prelude) || !body) return;
    const reply = this.#api.reply(Buffer.from(JSON.stringify(prelude)), this.#request);
    if ('malformed' in reply) return;
    this.#status = reply.status;
    this.#response.writeHead(reply.status, reply.headers);
    this.#response.write(body);
  }

  /** Ends the response; one that has failed breaks off, which the client sees. */
  end(ok: boolean): void {
    if (ok) this.#response.end();
    else this.#response.destroy();
  }
}
