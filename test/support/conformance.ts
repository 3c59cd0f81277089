import type http from 'node:http';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll } from 'vitest';
import type { Report } from '../../src/local/report.ts';
import { type LocalServer, startLocalServer } from '../../src/local/server.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { run } from '../../src/tools/run.ts';
import type { HttpResponse } from './local.ts';
import { request } from './local.ts';

const RUNTIME = fileURLToPath(new URL('../fixtures/local/conformance.mjs', import.meta.url));

/** A served service that is asked in words: `GET /a?b=1`, with headers and a body. */
export interface Served {
  ask(
    line: string,
    headers?: http.OutgoingHttpHeaders,
    body?: string | Buffer,
  ): Promise<HttpResponse>;
  /** The event that the function was given. */
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  event(line: string, headers?: http.OutgoingHttpHeaders, body?: string | Buffer): Promise<any>;
  /** The response to a request for which the function returns this result. */
  returning(
    result: unknown,
    line?: string,
    headers?: http.OutgoingHttpHeaders,
  ): Promise<HttpResponse>;
  /** What has been reported until now. */
  reports(): readonly Report[];
  url(key: string): string;
  origin(): string;
}

/** A header of a request that says what the function does. */
export const base64 = (value: unknown): string =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64');

/** Serves a service for the tests of a file. `functions` is YAML, below `functions:`. */
export function serveForAll(provider: string, functions: string): Served {
  let local: LocalServer;
  const reports: Report[] = [];
  beforeAll(async () => {
    const text = `service: shop\nprovider:\n  name: aws\n  runtime: provided.al2023\n${provider}\nfunctions:\n${functions}`;
    const { service } = readServerlessYml(text, { file: 'serverless.yml', env: {} });
    local = await startLocalServer({
      service,
      variablesFor: ({ environment }) => environment,
      launchOf: () => ({ tool: process.execPath, args: [RUNTIME], cwd: process.cwd() }),
      run: async (command, options) => run(command, options),
      host: '127.0.0.1',
      port: 0,
      report: (report) => reports.push(report),
      env: {},
    });
  });
  afterAll(() => local.close());

  const ask: Served['ask'] = (line, headers = {}, body) => {
    const [method = '', path = ''] = line.split(' ');
    return request({ port: local.port, method, path, headers }, body);
  };
  return {
    ask,
    event: async (line, headers, body) => {
      const response = await ask(line, headers, body);
      if (response.status !== 200) throw new Error(`${line}: ${response.status} ${response.text}`);
      return response.json;
    },
    returning: (result, line = 'GET /a', headers = {}) =>
      ask(line, { ...headers, 'X-Result': base64(result) }),
    reports: () => reports,
    url: (key) => local.functionUrl(key) ?? '',
    origin: () => `http://${local.host}:${local.port}`,
  };
}

/** A value inside of an event: `requestContext.identity.sourceIp`. */
export const at = (value: unknown, path: string): unknown =>
  path.split('.').reduce<unknown>((node, key) => (node as Record<string, unknown>)?.[key], value);

/** The headers of a request that make the function fail. */
export const failing = {
  error: { 'X-Error': base64({ errorType: 'E', errorMessage: 'm', stackTrace: [] }) },
  exit: { 'X-Exit': base64('3') },
};
