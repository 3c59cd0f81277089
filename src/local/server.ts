import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Message } from '../message.ts';
import { type HttpEvent, NO_SETTINGS, type Service } from '../service/service.ts';
import { hostRefusal, lambdaRefusal } from './admission.ts';
import { FunctionUrls } from './function-urls.ts';
import { apiTarget } from './gateway/apis.ts';
import { routeTable } from './gateway/routes.ts';
import { Gateway } from './gateway.ts';
import { InvokeApi } from './invoke-api/invoke-api.ts';
import { Functions, type FunctionsOptions } from './lambda/functions.ts';
import type { Invoke } from './lambda/invocation.ts';
import { hostForUrl, listen } from './listen.ts';
import type { ReloadOutcome } from './reload/vm-service.ts';
import { tellingOnce } from './report.ts';
import type { Traffic } from './traffic.ts';

export interface LocalServerOptions
  extends Omit<FunctionsOptions, keyof typeof DEFAULTS>,
    Partial<Pick<FunctionsOptions, keyof typeof DEFAULTS>> {
  /** The host name or address to listen on. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Keeps what is requested and invoked. */
  readonly traffic?: Traffic | undefined;
  /** Pages of `dev` itself, which go before the routes of the service. */
  readonly pages?: Pages | undefined;
}

/** Serves requests by itself. It decides who may see its pages. */
export interface Pages {
  /** @param target the path and the query */
  handles(target: string): boolean;
  /** Rejects only for a defect of this program. */
  handle(request: IncomingMessage, response: ServerResponse): Promise<void>;
}

const DEFAULTS = { concurrency: 1, platformLogs: false, standby: 0, variablesFor: () => ({}) };

/** A running local Lambda. */
export interface LocalServer {
  readonly host: string;
  /** The port that it listens on. */
  readonly port: number;
  /** `http://127.0.0.1:3000`, the base URL of the REST and HTTP API and of the Invoke API. */
  readonly origin: string;
  /** Invokes a function by its key, as the gateway does. */
  readonly invoke: Invoke;
  /** Returns the URL of an event. */
  url(event: HttpEvent): string;
  /** Returns the function URL of the function with that key; undefined where it has none. */
  functionUrl(key: string): string | undefined;
  /** Starts processes of functions that have none, one after the other; see {@link Functions}. */
  startAhead(most: number): Promise<void>;
  /** Has processes stand by that compile changed code; see {@link Functions}. */
  standBy(most: number): Promise<void>;
  /** Reloads the code from the disk in every process, at once or later; see {@link Functions}. */
  reload(): Promise<readonly ReloadOutcome[]>;
  /** Replaces every process, at once or after its current invocation. */
  restart(): void;
  /**
   * Switches to another version of the service.
   *
   * @throws UserError when its routes are wrong; the previous version is kept then
   */
  update(service: Service): Promise<void>;
  /** Stops listening and ends every process. Resolves when none is left. May be called again. */
  close(): Promise<void>;
}

/**
 * Serves the REST API, the HTTP API and the function URLs of a service, and the Lambda Invoke API.
 * The first request to a function starts its process.
 *
 * @throws UserError when the address cannot be used, or the routes are wrong
 */
export async function startLocalServer(options: LocalServerOptions): Promise<LocalServer> {
  const { host, traffic, pages } = options;
  let closed: Promise<void> | undefined;
  const report = tellingOnce((event) => {
    // Invocations that are cut off by close() are no errors of the service.
    if (closed !== undefined && event.type !== 'defect') return;
    traffic?.report(event);
    options.report(event);
  });
  const functions = new Functions({ ...DEFAULTS, ...options, report });
  const invokeFunction = functions.invoke.bind(functions);
  const invoke = traffic ? traffic.watched(invokeFunction) : invokeFunction;
  let { service } = options;
  let routes = routeTable(service);
  let invokeApi = new InvokeApi({ service: options.service, invoke, report });
  const gateway = new Gateway({
    target: (request) => apiTarget(routes, service.gateway ?? NO_SETTINGS, request),
    report,
    port: () => port,
    invoke,
    traffic,
  });

  function run(response: ServerResponse, serve: () => Promise<void>): void {
    serve().catch((error: unknown) => {
      report({ type: 'defect', error });
      response.destroy();
    });
  }
  function guard(
    request: IncomingMessage,
    response: ServerResponse,
    serve: () => Promise<void>,
  ): void {
    const refusal = hostRefusal(request.headers, host);
    if (refusal === undefined) run(response, serve);
    else refuse(response, refusal);
  }
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    if (pages?.handles(request.url ?? '')) {
      run(response, () => pages.handle(request, response));
      return;
    }
    if (!invokeApi.handles(request)) {
      guard(request, response, () => gateway.handle(request, response));
      return;
    }
    const refusal = lambdaRefusal(request.headers, host);
    if (refusal === undefined) run(response, () => invokeApi.handle(request, response));
    else {
      report({ type: 'warning', message: refusal, once: 'refused' });
      invokeApi.refuse(response, refusal);
    }
  });
  const port = await listen(server, host, options.port);
  const urls = await FunctionUrls.start(
    { host, port: options.port, invoke, report, guard, traffic },
    service,
  );

  const origin = `http://${hostForUrl(host)}:${port}`;
  return {
    host,
    port,
    origin,
    invoke,
    url: ({ path }) => `${origin}${path === '$default' ? '/' : path}`,
    functionUrl: (key) => urls.url(key),
    startAhead: (most) => functions.startAhead(most),
    standBy: (most) => functions.standBy(most),
    reload: () => functions.reload(),
    restart: () => functions.restart(),
    update: async (changed) => {
      routes = routeTable(changed);
      service = changed;
      invokeApi = new InvokeApi({ service, invoke, report });
      await Promise.all([functions.update(service), urls.update(service)]);
    },
    close: () => {
      urls.close();
      closed ??= close(server, functions);
      return closed;
    },
  };
}

function refuse(response: ServerResponse, message: Message): void {
  response.writeHead(403, { 'Content-Type': 'application/json' });
  response.end(JSON.stringify({ message }));
}

async function close(server: Server, functions: Functions): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await Promise.all([stopped, functions.close()]);
}
