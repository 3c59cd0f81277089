import http from 'node:http';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Invocation, RawResult } from '../../../src/local/lambda/invocation.ts';
import { RuntimeApi } from '../../../src/local/lambda/runtime-api/runtime-api.ts';
import { type HttpResponse, request } from '../../support/local.ts';
import { News } from '../../support/news.ts';

const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function:hello';
const NEXT = 'invocation/next';

let api: RuntimeApi;
let log: (string | RawResult)[];
let port: number;
/** Plain requests over a kept connection are not read by node:http; all others are. */
let connection: 'keep-alive' | 'close';

const news = new News();
function note(...entries: (string | RawResult)[]): void {
  log.push(...entries);
  news.tell();
}

beforeEach(async () => {
  log = [];
  api = await RuntimeApi.start(ARN, {
    onReady: () => note('ready'),
    onInFlight: ({ requestId }) => {
      note(`in flight ${requestId}`);
      return 1_700_000_000_000;
    },
    onResult: (result) => note(result),
    onInitError: (result) => note('init error', result),
    onRefused: (message) => note(message),
    onDefect: (error) => {
      throw error;
    },
  });
  port = Number(api.address.split(':')[1]);
});

afterEach(() => api.close());

const call = (
  method: string,
  path: string,
  body?: string | Buffer,
  headers = {},
): Promise<HttpResponse> =>
  request(
    {
      port,
      method,
      path: `/2018-06-01/runtime/${path}`,
      headers: { Connection: connection, ...headers },
    },
    body,
  );

const invocation = (requestId: string, more: Partial<Invocation> = {}): Invocation => ({
  requestId,
  traceId: 'Root=1-a-b;Parent=c;Sampled=0',
  payload: Buffer.from(`{"id":"${requestId}"}`),
  ...more,
});

const short = ({ status, text }: HttpResponse) => ({ status, text });

const refused = (from: string, to: string) => ({
  status: 403,
  text: `{"errorMessage":"State transition from ${from} to ${to} failed for runtime. Error: State transition is not allowed","errorType":"InvalidStateTransition"}\n`,
});

const UNKNOWN_ID = {
  status: 400,
  text: '{"errorMessage":"Invalid request ID","errorType":"InvalidRequestID"}\n',
};

describe.each(['keep-alive', 'close'] as const)('the runtime API, with Connection: %s', (value) => {
  beforeEach(() => {
    connection = value;
  });

  it('hands an event out with all of its headers', async () => {
    api.offer(
      invocation('a', {
        payload: Buffer.from('{"ü": 1.0 }'),
        clientContext: '{"client":{}}',
      }),
    );
    const next = await call('GET', NEXT);
    expect(next).toMatchObject({ status: 200, text: '{"ü": 1.0 }' });
    expect(next.headers).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-aws-request-id': 'a',
      'lambda-runtime-deadline-ms': '1700000000000',
      'lambda-runtime-invoked-function-arn': ARN,
      'lambda-runtime-trace-id': 'Root=1-a-b;Parent=c;Sampled=0',
      'lambda-runtime-invocation-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
      'lambda-runtime-client-context': '{"client":{}}',
    });
    expect(log).toEqual(['ready', 'in flight a']);
  });

  it('holds /next until there is an event', async () => {
    let answered = false;
    const next = call('GET', NEXT).then((response) => {
      answered = true;
      return response;
    });
    await news.until(() => log.includes('ready'));
    // A round trip over another connection: had it been answered, it would be by now.
    await call('GET', 'unknown');
    expect(answered).toBe(false);
    api.offer(invocation('a'));
    expect((await next).text).toBe('{"id":"a"}');
  });

  it('takes responses byte by byte and errors with their type, and goes on', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    const payload = Buffer.from([0, 255, 10, 128]);
    expect(short(await call('POST', 'invocation/a/response', payload))).toEqual({
      status: 202,
      text: '{"status":"OK"}\n',
    });
    api.offer(invocation('b'));
    await call('GET', NEXT);
    await call('POST', 'invocation/b/error', '{"errorMessage":"m","stackTrace":["s"]}', {
      'Lambda-Runtime-Function-Error-Type': 'Function.X',
    });
    expect(log.filter((entry) => typeof entry === 'object')).toEqual([
      { ok: true, payload },
      {
        ok: false,
        payload: Buffer.from('{"errorMessage":"m","stackTrace":["s"]}'),
        error: { errorType: 'Function.X', errorMessage: 'm', stackTrace: ['s'] },
      },
    ]);
  });

  it('gives an event again to a runtime that lost it with its connection', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    expect((await call('GET', NEXT)).text).toBe('{"id":"a"}');
    expect(log).toEqual(['ready', 'in flight a']);
  });

  it('forgets a /next whose connection is gone', async () => {
    const gone = http.get({ port, host: '127.0.0.1', path: `/2018-06-01/runtime/${NEXT}` });
    gone.on('error', () => {});
    await news.until(() => log.includes('ready'));
    gone.destroy();
    await api.drained();
    api.offer(invocation('a'));
    expect((await call('GET', NEXT)).text).toBe('{"id":"a"}');
  });

  it('keeps a /next that comes before the response for the event after it', async () => {
    const [first, second] = [call('GET', NEXT), call('GET', NEXT)];
    await news.until(() => log.length === 2);
    api.offer(invocation('a'));
    const early = await Promise.race([first, second]);
    expect(early.text).toBe('{"id":"a"}');
    await call('POST', 'invocation/a/response', '1');
    api.offer(invocation('b'));
    expect((await Promise.all([first, second])).map(({ text }) => text).sort()).toEqual([
      '{"id":"a"}',
      '{"id":"b"}',
    ]);
  });

  it.each(['response', 'error'])('knows no id before the first event (%s)', async (action) => {
    expect(short(await call('POST', `invocation/a/${action}`, '{}'))).toEqual(UNKNOWN_ID);
  });

  it('refuses an id that is not the current one', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    expect(short(await call('POST', 'invocation/b/response', '{}'))).toEqual(UNKNOWN_ID);
    expect(log).toEqual(['ready', 'in flight a']);
  });

  it.each([
    ['response', 'InvocationResponse'],
    ['error', 'InvocationErrorResponse'],
  ])('refuses a second response (%s)', async (action, state) => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    await call('POST', 'invocation/a/response', '{}');
    expect(short(await call('POST', `invocation/a/${action}`, '{}'))).toEqual(
      refused('RuntimeResponseSentState', state),
    );
  });

  it('tells the attempts of a request apart, and refuses the result of an earlier one', async () => {
    const attempt = ({ headers }: HttpResponse) => ({
      'Lambda-Runtime-Invocation-Id': String(headers['lambda-runtime-invocation-id']),
    });
    api.offer(invocation('a'));
    const first = attempt(await call('GET', NEXT));
    expect((await call('POST', 'invocation/a/response', '1', first)).status).toBe(202);
    api.offer(invocation('a'));
    const second = attempt(await call('GET', NEXT));
    const text = '{"errorMessage":"Invoke timeout","errorType":"InvokeTimeout"}\n';
    const late = await call('POST', 'invocation/a/error', '2', first);
    expect(short(late)).toEqual({ status: 410, text });
    expect((await call('POST', 'invocation/a/response', '3', second)).status).toBe(202);
    const results = log.filter((entry) => typeof entry === 'object');
    expect(results.map(({ payload }) => String(payload))).toEqual(['1', '3']);
  });

  it('takes an init error, and refuses /next after it', async () => {
    const response = await call('POST', 'init/error', '{"errorMessage":"m","errorType":"T"}');
    expect(response.status).toBe(202);
    expect(log).toEqual([
      'init error',
      expect.objectContaining({ error: { errorType: 'T', errorMessage: 'm', stackTrace: [] } }),
    ]);
    expect(short(await call('GET', NEXT))).toEqual(refused('InitError', 'Ready'));
  });

  it('refuses an init error after the init', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    expect(short(await call('POST', 'init/error', '{}'))).toEqual(refused('Running', 'InitError'));
  });

  it.each([
    ['declared', { 'Content-Length': '6291557' }],
    ['chunked', { 'Transfer-Encoding': 'chunked' }],
  ])('refuses a response over 6 MB (%s)', async (_, headers) => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    const body = Buffer.alloc(6_291_557, 'x');
    expect(short(await call('POST', 'invocation/a/response', body, headers))).toEqual({
      status: 413,
      text: '{"errorMessage":"Exceeded maximum allowed payload size (6291556 bytes).","errorType":"RequestEntityTooLarge"}\n',
    });
    expect(log.at(-1)).toMatchObject({ error: { errorType: 'Function.ResponseSizeTooLarge' } });
  });

  it('takes a response of 6 MB to the byte', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    const body = Buffer.alloc(6_291_556, 'x');
    expect((await call('POST', 'invocation/a/response', body)).status).toBe(202);
    const result = log.at(-1) as RawResult;
    expect(result.ok && result.payload.equals(body)).toBe(true);
  });

  it('fails an invocation whose response breaks off', async () => {
    api.offer(invocation('a'));
    await call('GET', NEXT);
    const sent = http.request({
      port,
      host: '127.0.0.1',
      method: 'POST',
      path: '/2018-06-01/runtime/invocation/a/response',
      headers: { Connection: connection, 'Content-Length': 100 },
    });
    sent.on('error', () => {});
    sent.write('abc', () => sent.destroy());
    await news.until(() => log.length === 3);
    expect(log.at(-1)).toMatchObject({ error: { errorType: 'Runtime.TruncatedResponse' } });
  });

  it.each([
    ['GET', 'unknown', 404, '404 page not found\n'],
    ['POST', 'invocation/a/unknown', 404, '404 page not found\n'],
    ['POST', NEXT, 405, ''],
    ['GET', 'invocation/a/response', 405, ''],
    ['GET', 'init/error', 405, ''],
  ])('answers %s %s with %i', async (method, path, status, text) => {
    expect(short(await call(method, path))).toEqual({ status, text });
  });

  it('answers paths outside its base with 404', async () => {
    expect((await request({ port, path: `/2015-01-01/runtime/${NEXT}` })).status).toBe(404);
  });
});
