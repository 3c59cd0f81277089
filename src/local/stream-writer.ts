import type { ServerResponse } from 'node:http';
import { writePiece } from './body.ts';
import type { Api, GatewayRequest, Malformed, Reply } from './gateway/integration.ts';
import { beginReply, streamedReply } from './gateway/stream.ts';

/** Sends a streamed response to the client while the function writes it. */
export class StreamWriter {
  readonly #response: ServerResponse;
  readonly #api: Api;
  readonly #request: GatewayRequest;
  #reply: Reply | Malformed | undefined;
  #status: number | undefined;

  constructor(response: ServerResponse, api: Api, request: GatewayRequest) {
    this.#response = response;
    this.#api = api;
    this.#request = request;
  }

  /** The reply that the stream began; undefined when there was none. */
  get reply(): Reply | Malformed | undefined {
    return this.#reply;
  }

  /** The status that the client has got; undefined when nothing of the stream was sent. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Takes the response, as `onStream` of an invocation. */
  async take(pieces: AsyncIterable<Buffer>, type: string): Promise<void> {
    let begun = Buffer.alloc(0);
    for await (const piece of pieces) {
      if (this.#status !== undefined) await writePiece(this.#response, piece);
      else if (this.#reply === undefined) {
        begun = Buffer.concat([begun, piece]);
        this.#reply = beginReply(begun, type, this.#api, this.#request);
        if (this.#reply && !('malformed' in this.#reply)) await this.#send(this.#reply);
      }
    }
    this.#reply ??= streamedReply(begun, type, this.#api, this.#request);
  }

  /** Ends the response; one that has failed breaks off, which the client sees. */
  end(ok: boolean): void {
    if (ok) this.#response.end();
    else this.#response.destroy();
  }

  #send({ status, headers, body }: Reply): Promise<void> {
    this.#status = status;
    this.#response.writeHead(status, headers);
    return writePiece(this.#response, body);
  }
}
