import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { errorCode, UserError } from '../errors.ts';
import type { HttpEvent, Service, ServiceFunction } from '../service/service.ts';
import type { Command, Run } from '../tools/command.ts';
import { Environment } from './environment.ts';
import { routeTable } from './gateway/routes.ts';
import { Gateway } from './gateway.ts';
import { Pool } from './pool.ts';
import type { Reporter } from './report.ts';

export interface LocalLambdaOptions {
  readonly service: Service;
  /** The command that starts the service's process for a function; asked for at each start. */
  readonly commandFor: (fn: ServiceFunction) => Command;
  readonly run: Run;
  /** What to listen on: a name or an address. */
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  readonly report: Reporter;
  /** The user's environment: AWS credentials in it are left to the functions. */
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A service that is being served. */
export interface LocalLambda {
  readonly host: string;
  /** The port that is listened on. */
  readonly port: number;
  /** Where an event of the service is reached. */
  url(event: HttpEvent): string;
  /** Stops listening and ends every process. Resolves when none is left; may be called again. */
  close(): Promise<void>;
}

/**
 * Serves the REST API and HTTP API events of a service. A function's process is
 * started by its first request.
 *
 * @throws UserError when the address cannot be listened on, or the routes are wrong
 */
export async function startLocalLambda(options: LocalLambdaOptions): Promise<LocalLambda> {
  const { service, host } = options;
  let closed: Promise<void> | undefined;
  const report: Reporter = (event) => {
    // What is cut off by the end of it all is not an error of the service.
    if (closed === undefined || event.type === 'defect') options.report(event);
  };
  const routes = routeTable(service);
  const pools = new Map(
    service.functions.map((fn) => [fn.key, createPool({ ...options, report }, fn)]),
  );
  const gateway = new Gateway({
    routes,
    report,
    port: () => port,
    invoke: async (key, invocation, onStart) => {
      const pool = pools.get(key);
      if (!pool) throw new Error(`no such function: ${key}`);
      const result = await pool.invoke(invocation, onStart);
      const { requestId } = invocation;
      if (result === 'throttled') {
        const message = `too many requests wait for ${key}; ${requestId} was turned away`;
        report({ type: 'warning', function: key, message });
      } else if (!result.ok) {
        report({ type: 'function-error', function: key, requestId, error: result.error });
      }
      return result;
    },
  });
  const server = createServer({ noDelay: true, keepAliveTimeout: 60_000 }, (request, response) => {
    gateway.handle(request, response).catch((error: unknown) => {
      report({ type: 'defect', error });
      response.destroy();
    });
  });
  await listen(server, host, options.port);
  const { port } = server.address() as AddressInfo;

  return {
    host,
    port,
    url: ({ path }) => `http://${hostForUrl(host)}:${port}${path === '$default' ? '/' : path}`,
    close: () => {
      closed ??= close(server, [...pools.values()]);
      return closed;
    },
  };
}

function createPool(options: LocalLambdaOptions, fn: ServiceFunction): Pool {
  const { service, run, report, env, commandFor } = options;
  return new Pool({
    size: 1,
    start: () => new Environment({ service, fn, run, report, env, command: () => commandFor(fn) }),
  });
}

async function close(server: Server, pools: readonly Pool[]): Promise<void> {
  const stopped = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeAllConnections();
  await Promise.all([stopped, ...pools.map((pool) => pool.close())]);
}

async function listen(server: Server, host: string, port: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject).listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    throw listenError(error, host, port);
  }
}

function listenError(error: unknown, host: string, port: number): unknown {
  switch (errorCode(error)) {
    case 'EADDRINUSE':
      return new UserError(
        `Port ${port} is in use.`,
        `--port ${port === 65_535 ? 3001 : port + 1}`,
      );
    case 'EACCES':
      return new UserError(`This user may not listen on port ${port}.`, '--port 3001');
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new UserError(`${host} is not an address of this machine.`, '--host 127.0.0.1');
    default:
      return error;
  }
}

/** `0.0.0.0` and `::` listen everywhere, but a client needs one place to call. */
function hostForUrl(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
