import { createServer as createHttpServer } from 'node:http';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { nodeCall, type RuntimeCall } from './call.ts';
import { PlainConnection } from './plain-connection.ts';

/** Receives the calls of one runtime on a loopback port of its own. */
export class RuntimeServer {
  readonly #sockets = new Set<Socket>();
  readonly #host: string;
  readonly #server;
  #onDrained: (() => void) | undefined;

  constructor(host: string, onCall: (call: RuntimeCall) => void) {
    this.#host = host;
    // A runtime's connection may be idle between invocations for any time.
    const http = createHttpServer(
      { keepAliveTimeout: 0, requestTimeout: 0, headersTimeout: 0 },
      (request, response) => onCall(nodeCall(request, response)),
    );
    this.#server = createServer({ noDelay: true }, (socket) => {
      this.#sockets.add(socket);
      // A runtime that is killed resets its connections; 'close' follows.
      socket.on('error', () => {});
      socket.once('close', () => {
        this.#sockets.delete(socket);
        if (this.#sockets.size === 0) this.#onDrained?.();
      });
      new PlainConnection(socket, onCall, (other) => http.emit('connection', other));
    });
  }

  /** Starts to listen on a free port. */
  async listen(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.#server.once('error', reject).listen(0, this.#host, resolve);
    });
  }

  /** `127.0.0.1:port`. */
  get address(): string {
    return `${this.#host}:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves once every connection has ended, and so all that a dead process sent has been read. */
  drained(): Promise<void> {
    if (this.#sockets.size === 0) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onDrained = resolve;
    });
  }

  /** Stops listening and closes every connection. */
  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}
