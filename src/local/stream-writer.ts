import type { ServerResponse } from 'node:http';
import { writePiece } from './body.ts';
import type { Api, GatewayRequest, GatewayResponse, Malformed } from './gateway/integration.ts';
import { beginResponse, streamedResponse } from './gateway/stream.ts';

/** Sends a streamed response to the client while the function writes it. */
export class StreamWriter {
  readonly #outgoing: ServerResponse;
  readonly #api: Api;
  readonly #request: GatewayRequest;
  #begun: GatewayResponse | Malformed | undefined;
  #status: number | undefined;

  constructor(response: ServerResponse, api: Api, request: GatewayRequest) {
    this.#outgoing = response;
    this.#api = api;
    this.#request = request;
  }

  /** The response that the stream has begun; undefined where nothing was streamed. */
  get begun(): GatewayResponse | Malformed | undefined {
    return this.#begun;
  }

  /** The status sent to the client; undefined where nothing has been sent yet. */
  get status(): number | undefined {
    return this.#status;
  }

  /** Sends a streamed response to its end. Meant as the `onStream` of an invocation. */
  async take(pieces: AsyncIterable<Buffer>, type: string): Promise<void> {
    let begun = Buffer.alloc(0);
    for await (const piece of pieces) {
      if (this.#status !== undefined) await writePiece(this.#outgoing, piece);
      else if (this.#begun === undefined) {
        begun = Buffer.concat([begun, piece]);
        this.#begun = beginResponse(begun, type, this.#api, this.#request);
        if (this.#begun && !('malformed' in this.#begun)) await this.#send(this.#begun);
      }
    }
    this.#begun ??= streamedResponse(begun, type, this.#api, this.#request);
  }

  /** Ends the response, or breaks the connection where the stream has failed. */
  end(ok: boolean): void {
    if (ok) this.#outgoing.end();
    else this.#outgoing.destroy();
  }

  #send({ status, headers, body }: GatewayResponse): Promise<void> {
    this.#status = status;
    this.#outgoing.writeHead(status, headers);
    return writePiece(this.#outgoing, body);
  }
}
