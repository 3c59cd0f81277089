import net from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fn, reportsOf, serve } from '../../support/local.ts';

describe('a REST API over sockets', () => {
  it('answers GET, and starts the process once', async () => {
    const { get, reports, pids } = await serve();
    const first = await get('/hello');
    const second = await get('/hello?again');
    expect(first.status).toBe(200);
    expect(first.json).toMatchObject({ message: 'hello', count: 1 });
    expect(second.json).toMatchObject({ count: 2, pid: first.json.pid });
    expect(pids).toHaveLength(1);
    expect(reportsOf(reports, 'request')).toEqual([
      {
        type: 'request',
        method: 'GET',
        path: '/hello',
        status: 200,
        ms: expect.any(Number),
        function: 'hello',
        requestId: first.json.id,
        cold: true,
      },
      expect.objectContaining({ path: '/hello', requestId: second.json.id, cold: false }),
    ]);
    expect(reportsOf(reports, 'cold-start')).toHaveLength(1);
  });

  it('gives the invocation its headers', async () => {
    const { get } = await serve();
    const before = Date.now();
    const { json, headers } = await get('/headers');
    expect(json).toMatchObject({
      'content-type': 'application/json',
      'lambda-runtime-invoked-function-arn':
        'arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-hello',
    });
    const deadline = Number(json['lambda-runtime-deadline-ms']);
    expect(deadline).toBeGreaterThan(before + 10_000);
    expect(deadline).toBeLessThanOrEqual(Date.now() + 10_000);
    const trace = json['lambda-runtime-trace-id'];
    expect(trace).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=[\da-f]{16};Sampled=0$/);
    expect(trace).toContain(headers['x-amzn-trace-id']);
  });

  it("gives the process Lambda's environment", async () => {
    const { get, local } = await serve();
    const { json } = await get('/env');
    expect(json).toMatchObject({
      _HANDLER: 'main.hello',
      LAMBDA_TASK_ROOT: process.cwd(),
      AWS_REGION: 'eu-west-1',
      AWS_LAMBDA_FUNCTION_NAME: 'shop-dev-hello',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      TZ: ':UTC',
    });
    expect(json.AWS_LAMBDA_RUNTIME_API).toMatch(/^127\.0\.0\.1:\d+$/);
    expect(json.AWS_LAMBDA_RUNTIME_API).not.toContain(String(local.port));
    expect(json.PATH).toBe(process.env.PATH);
  });

  it.each(['/nothing/here', '/'])('starts nothing for %s, which has no route', async (path) => {
    const { get, pids, reports } = await serve([
      fn({ events: [{ api: 'rest', method: 'GET', path: '/hello' }] }),
    ]);
    expect((await get(path)).status).toBe(403);
    expect(pids).toEqual([]);
    expect(reportsOf(reports, 'request')).toEqual([
      expect.not.objectContaining({ function: expect.anything() }),
    ]);
  });

  it('reports an error of the function with its stack', async () => {
    const { get, reports } = await serve();
    expect((await get('/error')).status).toBe(502);
    expect(reportsOf(reports, 'function-error')).toEqual([
      {
        type: 'function-error',
        function: 'hello',
        requestId: expect.any(String),
        error: {
          errorType: 'ArgumentError',
          errorMessage: 'no such name',
          stackTrace: ['#0 hello (main.dart:3)'],
        },
      },
    ]);
  });

  it('reports why a response is malformed', async () => {
    const { post, reports } = await serve();
    expect((await post('/raw', '{"statusCode":"x"}')).status).toBe(502);
    expect(reportsOf(reports, 'warning')).toEqual([
      {
        type: 'warning',
        function: 'hello',
        message: expect.stringContaining('its statusCode is "x"'),
      },
    ]);
  });

  it('takes and gives bodies of almost 6 MB', async () => {
    const { get, post } = await serve();
    const size = 6 * 1024 * 1024 - 4096;
    const sent = await post('/size', 'x'.repeat(size));
    expect(sent.json).toEqual({ size, first: 'x', last: 'x' });
    const got = await get(`/big?size=${size}`);
    expect(got.body).toHaveLength(size);
  });

  it.each([
    ['over 10 MB', 10 * 1024 * 1024 + 1],
    ["over Lambda's limit", 6 * 1024 * 1024 + 4096],
  ])('refuses a body %s with 413', async (_, size) => {
    const { post, pids } = await serve();
    expect((await post('/size', 'x'.repeat(size))).status).toBe(413);
    expect(pids).toEqual([]);
  });

  it('waits as long as the route says', async () => {
    const route = { api: 'rest', method: 'GET', path: '/hang', timeoutMs: 50 } as const;
    const { get } = await serve([fn({ timeout: 60, events: [route] })]);
    expect((await get('/hang')).status).toBe(504);
  });

  it('waits 29 s for a function that may take longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { get, reports, until } = await serve([fn({ timeout: 60 })]);
    const response = get('/hang');
    await until(() => reportsOf(reports, 'output').length > 0);
    vi.advanceTimersByTime(28_999);
    expect(reportsOf(reports, 'request')).toEqual([]);
    vi.advanceTimersByTime(1);
    expect((await response).status).toBe(504);
    expect(reportsOf(reports, 'function-error')).toEqual([]);
    vi.advanceTimersByTime(31_000);
    const error = await until(() => reportsOf(reports, 'function-error')[0]);
    expect(error.error.errorType).toBe('Sandbox.Timedout');
  });

  it("turns a response over Lambda's limit into a 502, and goes on", async () => {
    const { get, reports } = await serve();
    const { status } = await get(`/big?size=${6 * 1024 * 1024 + 4096}`);
    expect(status).toBe(502);
    expect(reportsOf(reports, 'function-error')[0]?.error.errorType).toBe(
      'Function.ResponseSizeTooLarge',
    );
    expect((await get('/hello')).status).toBe(200);
  });

  it('takes a request for a proxy', async () => {
    const { get, local } = await serve();
    const { json } = await get(`http://127.0.0.1:${local.port}/event?a=1`);
    expect(json).toMatchObject({ path: '/event', queryStringParameters: { a: '1' } });
  });

  it('goes on after clients that leave, before and after their body', async () => {
    const { local, get } = await serve();
    const leave = (head: string) =>
      new Promise<void>((resolve) => {
        const socket = net.connect(local.port, '127.0.0.1', () => {
          socket.write(head, () => socket.destroy());
        });
        socket.on('close', () => resolve());
      });
    await leave('POST /hello HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\nabc');
    await leave('GET /slow?ms=50 HTTP/1.1\r\nHost: a\r\n\r\n');
    await leave('nonsense\r\n\r\n');
    expect((await get('/hello')).status).toBe(200);
  });
});

describe('an HTTP API over sockets', () => {
  it('is served on the port of the REST API', async () => {
    const { get } = await serve([
      fn({ events: [{ api: 'rest', method: 'GET', path: '/event' }] }),
      fn({
        key: 'other',
        events: [{ api: 'http', method: 'ANY', path: '$default' }],
      }),
    ]);
    expect((await get('/event')).json).toMatchObject({ httpMethod: 'GET' });
    // The fake runtime looks at the path alone.
    expect((await get('/event/')).json).toMatchObject({ path: '/event/' });
  });
});
