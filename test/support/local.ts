import { readFileSync } from 'node:fs';
import http from 'node:http';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';
import type { Report } from '../../src/local/report.ts';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import type { Service, ServiceFunction } from '../../src/service/service.ts';
import type { Command } from '../../src/tools/command.ts';
import { run } from '../../src/tools/run.ts';
import { aFunction } from './function.ts';
import { News } from './news.ts';

const RUNTIME = fileURLToPath(new URL('../fixtures/local/runtime.mjs', import.meta.url));

/** The command that starts the fake runtime; `mode` is how it starts. */
export function runtime(mode = 'serve'): Command {
  return { tool: process.execPath, args: [RUNTIME, mode], cwd: process.cwd() };
}

/** A function of a test, reached by every path below `/` that no other takes. */
export function fn(more: Partial<ServiceFunction> = {}): ServiceFunction {
  return aFunction({
    events: [{ api: 'rest', method: 'ANY', path: '/{proxy+}' }],
    ...more,
  });
}

export interface Served {
  readonly service: Service;
  readonly local: LocalServer;
  readonly reports: Report[];
  /** The pids of the processes that were started. */
  readonly pids: (number | undefined)[];
  /** Resolves with the first true value, which a report or the start of a process can bring. */
  until<T>(value: () => T | false | undefined): Promise<T>;
  get(path: string, more?: http.RequestOptions): Promise<HttpResponse>;
  post(
    path: string,
    body: string | Buffer,
    headers?: http.OutgoingHttpHeaders,
  ): Promise<HttpResponse>;
}

/** Serves functions for one test with the fake runtime. */
export async function serve(
  functions: readonly ServiceFunction[] = [fn()],
  launchOf: (fn: ServiceFunction) => Command = () => runtime(),
  more: Partial<Parameters<typeof startLocalServer>[0]> = {},
): Promise<Served> {
  const service: Service = { name: 'shop', stage: 'dev', region: 'eu-west-1', functions };
  const reports: Report[] = [];
  const pids: (number | undefined)[] = [];
  const news = new News();
  const local = await startLocalServer({
    service,
    launchOf,
    run: async (command, options) => {
      const running = run(command, options);
      pids.push(running.pid);
      news.tell();
      return running;
    },
    host: '127.0.0.1',
    port: 0,
    report: (report) => {
      reports.push(report);
      news.tell();
    },
    env: process.env,
    ...more,
  });
  onTestFinished(() => local.close());
  const { port } = local;
  return {
    service,
    local,
    reports,
    pids,
    until: (value) => news.until(value),
    get: (path, more) => request({ port, path, ...more }),
    post: (path, body, headers = {}) => request({ port, path, method: 'POST', headers }, body),
  };
}

export interface HttpResponse {
  readonly status: number | undefined;
  readonly headers: http.IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: Buffer;
  readonly text: string;
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  readonly json: any;
}

/** One request over a connection of its own. */
export function request(
  options: http.RequestOptions,
  body?: string | Buffer,
): Promise<HttpResponse> {
  return new Promise((resolve, reject) => {
    const sent = http.request({ host: '127.0.0.1', agent: false, ...options }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const all = Buffer.concat(chunks);
        resolve({
          status: response.statusCode,
          headers: response.headers,
          rawHeaders: response.rawHeaders,
          body: all,
          text: all.toString(),
          get json() {
            return JSON.parse(all.toString());
          },
        });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

/** Whether a process is there, and not only as an entry that nobody has collected yet. */
export function isRunning(pid: number | undefined): boolean {
  if (pid === undefined) return false;
  try {
    process.kill(pid, 0);
  } catch {
    return false;
  }
  if (process.platform !== 'linux') return true;
  try {
    return !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}

/** The reports of one type. */
export function reportsOf<T extends Report['type']>(
  reports: readonly Report[],
  type: T,
): Extract<Report, { type: T }>[] {
  return reports.filter((report): report is Extract<Report, { type: T }> => report.type === type);
}
