import { createServer } from 'node:http';
import { expect } from 'vitest';
import { InvokeApi, type InvokeApiOptions } from '../../src/local/invoke-api/invoke-api.ts';
import { failure, type Invocation } from '../../src/local/lambda/invocation.ts';
import type { Report } from '../../src/local/report.ts';
import { quoted } from '../../src/message.ts';
import { aFunction } from './function.ts';
import { listening } from './listening.ts';
import { type HttpResponse, request } from './local.ts';
import { News } from './news.ts';

type Invoke = InvokeApiOptions['invoke'];

/** A log that is longer than what a response has of it, and its end as a response has it. */
export const LOG = `START\n${'x'.repeat(5000)}\nEND ünd REPORT\n`;
export const LOG_TAIL = Buffer.from(LOG).subarray(-4096).toString('base64');
/** Functions that answer with their event. */
export const ECHO: Invoke = async (_key, { payload }) => ({
  ok: true,
  payload,
  cold: false,
  logs: LOG,
});
/** The result of a function that failed, and functions that all fail so. */
export const FAILED = failure('StateError', quoted('Bad state: ünd 🚀'));
export const FAIL: Invoke = async () => ({ ...FAILED, cold: false, logs: LOG });
/** The paths that invoke `hello`, with a streamed response too. */
export const HELLO = '/2015-03-31/functions/hello/invocations';
export const STREAM = '/2021-11-15/functions/hello/response-streaming-invocations';
/** What the ARNs of the service's functions start with. */
export const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function';

/** An invocation that was passed on. */
export interface Call {
  readonly key: string;
  readonly invocation: Invocation;
}

interface Mounted {
  readonly port: number;
  readonly origin: string;
  /** The URLs of the requests that have begun. */
  readonly requests: (string | undefined)[];
  readonly calls: Call[];
  readonly reports: Report[];
  /** What `handle` rejected with. */
  readonly defects: unknown[];
  /** Resolves with the first true value, which a request, an invocation or a defect can bring. */
  until<T>(value: () => T | false | undefined): Promise<T>;
  post(
    path: string,
    body?: string | Buffer,
    headers?: Record<string, string>,
  ): Promise<HttpResponse>;
}

/** Serves the Invoke API of a service, and 418 for what it does not handle. */
export async function mount(invoke: Invoke = ECHO): Promise<Mounted> {
  const requests: (string | undefined)[] = [];
  const calls: Call[] = [];
  const reports: Report[] = [];
  const defects: unknown[] = [];
  const news = new News();
  const functions = [
    aFunction(),
    aFunction({ key: 'the-worker', name: 'another' }),
    aFunction({ key: 'worker', name: 'the-worker' }),
  ];
  const api = new InvokeApi({
    service: { name: 'shop', stage: 'dev', region: 'eu-west-1', functions },
    invoke: (key, invocation) => {
      calls.push({ key, invocation });
      news.tell();
      return invoke(key, invocation);
    },
    report: (report) => reports.push(report),
  });
  const server = createServer((incoming, response) => {
    requests.push(incoming.url);
    news.tell();
    if (!api.handles(incoming)) response.writeHead(418).end();
    else {
      api.handle(incoming, response).catch((error: unknown) => {
        defects.push(error);
        news.tell();
      });
    }
  });
  const port = await listening(server);
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    requests,
    calls,
    reports,
    defects,
    until: (value) => news.until(value),
    post: (path, body, headers = {}) => request({ port, path, method: 'POST', headers }, body),
  };
}

/** Expects the ids that every response of the API has. */
export function expectIds({ headers }: HttpResponse): void {
  expect(headers['x-amzn-requestid']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=/);
}

/** Expects the response for an error. */
export function expectError(
  response: HttpResponse,
  status: number,
  type: string,
  message: unknown,
): void {
  expect(response.status).toBe(status);
  expect(response.headers['x-amzn-errortype']).toBe(type);
  expect(response.headers['content-type']).toBe('application/json');
  const key = type === 'ResourceNotFoundException' ? 'Message' : 'message';
  expect(response.json).toMatchObject({ Type: 'User', [key]: message });
  expectIds(response);
}
