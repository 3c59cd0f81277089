import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { UserError } from '../errors.ts';
import type { Service, ServiceFunction } from '../service/service.ts';
import { urlTarget } from './gateway/function-url.ts';
import { Gateway, type GatewayOptions } from './gateway.ts';
import { hostForUrl, listen } from './listen.ts';

export interface FunctionUrlsOptions extends Pick<GatewayOptions, 'invoke' | 'report' | 'traffic'> {
  readonly host: string;
  /** The port of the API. URLs get the ports after it, or any free port where those are taken. */
  readonly port: number;
  /** Serves a request unless its Host header forbids that. */
  readonly guard: (
    request: IncomingMessage,
    response: ServerResponse,
    serve: () => Promise<void>,
  ) => void;
}

interface Served {
  readonly server: Server;
  readonly port: number;
  fn: ServiceFunction;
}

/** Serves every function that has a URL, each on its own port. */
export class FunctionUrls {
  readonly #options: FunctionUrlsOptions;
  readonly #served = new Map<string, Served>();

  private constructor(options: FunctionUrlsOptions) {
    this.#options = options;
  }

  static async start(options: FunctionUrlsOptions, service: Service): Promise<FunctionUrls> {
    const urls = new FunctionUrls(options);
    await urls.update(service);
    return urls;
  }

  /** Returns the local URL of a function by its key; undefined where it has none. */
  url(key: string): string | undefined {
    const served = this.#served.get(key);
    return served && `http://${hostForUrl(this.#options.host)}:${served.port}/`;
  }

  /** Starts to serve the functions that have a URL now, and stops to serve the others. */
  async update(service: Service): Promise<void> {
    const withUrl = new Map(
      service.functions.flatMap((fn) => (fn.url ? [[fn.key, fn] as const] : [])),
    );
    for (const [key, { server }] of this.#served) {
      if (!withUrl.has(key)) {
        this.#served.delete(key);
        end(server);
      }
    }
    for (const [key, fn] of withUrl) {
      const served = this.#served.get(key);
      if (served) served.fn = fn;
      else await this.#listen(fn);
    }
  }

  close(): void {
    for (const { server } of this.#served.values()) end(server);
  }

  async #listen(fn: ServiceFunction): Promise<void> {
    const { host, port: first, invoke, report, guard, traffic } = this.#options;
    const gateway = new Gateway({
      target: (request) => urlTarget(this.#served.get(fn.key)?.fn ?? fn, request),
      report,
      invoke,
      traffic,
      port: () => port,
    });
    const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) =>
      guard(request, response, () => gateway.handle(request, response)),
    );
    const wanted = first === 0 ? 0 : first + 1 + this.#served.size;
    const port = await listen(server, host, wanted > 65_535 ? 0 : wanted).catch(
      (error: unknown) => {
        if (!(error instanceof UserError)) throw error;
        return listen(server, host, 0);
      },
    );
    this.#served.set(fn.key, { server, port, fn });
  }
}

function end(server: Server): void {
  server.close();
  server.closeAllConnections();
}
