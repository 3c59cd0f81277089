import net from 'node:net';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { fn, reportsOf, serve } from '../../support/local.ts';

const INTERNAL = '{"message": "Internal server error"}';

describe('a REST API over sockets', () => {
  it('answers GET, and starts the process once', async () => {
    const { get, reports, pids } = await serve();
    const first = await get('/hello');
    const second = await get('/hello?again');
    expect(first.status).toBe(200);
    expect(first.headers['content-type']).toBe('application/json');
    expect(first.headers['x-amzn-requestid']).toMatch(/^[\da-f-]{36}$/);
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

  it('answers POST', async () => {
    const { post } = await serve();
    const { json } = await post('/event?a=1&a=2', '{"name":"Ada 🚀"}', {
      'Content-Type': 'application/json',
    });
    expect(json).toMatchObject({
      httpMethod: 'POST',
      path: '/event',
      body: '{"name":"Ada 🚀"}',
      isBase64Encoded: false,
      multiValueQueryStringParameters: { a: ['1', '2'] },
      pathParameters: { proxy: 'event' },
    });
    expect(json.headers['Content-Type']).toBe('application/json');
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

  it.each(['/nothing/here', '/'])('has no route for %s', async (path) => {
    const { get, pids, reports } = await serve([
      fn({ events: [{ api: 'rest', method: 'GET', path: '/hello' }] }),
    ]);
    const { status, text } = await get(path);
    expect({ status, text }).toEqual({
      status: 403,
      text: '{"message":"Missing Authentication Token"}',
    });
    expect(pids).toEqual([]);
    expect(reportsOf(reports, 'request')).toEqual([
      expect.not.objectContaining({ function: expect.anything() }),
    ]);
  });

  it('turns an error of the function into a 502, and reports it with its stack', async () => {
    const { get, reports } = await serve();
    const { status, text, headers } = await get('/error');
    expect({ status, text }).toEqual({ status: 502, text: INTERNAL });
    expect(headers['x-amzn-errortype']).toBe('InternalServerErrorException');
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
    expect((await get('/hello')).status).toBe(200);
  });

  it.each([
    ['no JSON', 'hello', /not a JSON object/],
    ['a statusCode that is none', '{"statusCode":"x"}', /statusCode/],
    ['a body that is no string', '{"statusCode":200,"body":{"a":1}}', /body/],
    ['a key of no meaning', '{"statusCode":200,"base64Encoded":false}', /base64Encoded/],
    ['a header of two lines', '{"statusCode":200,"headers":{"A":"b\\nc"}}', /header A/],
  ])('turns a response with %s into a 502', async (_, payload, reason) => {
    const { post, reports } = await serve();
    const { status, text } = await post('/raw', payload);
    expect({ status, text }).toEqual({ status: 502, text: INTERNAL });
    expect(reportsOf(reports, 'warning')[0]?.message).toMatch(reason);
  });

  it.each([204, 304])('answers %i without a body', async (statusCode) => {
    const { post } = await serve();
    const response = await post('/raw', JSON.stringify({ statusCode }));
    expect(response.status).toBe(statusCode);
    expect(response.body).toHaveLength(0);
  });

  it('answers HEAD with the headers alone', async () => {
    const { get } = await serve();
    const response = await get('/big?size=1000', { method: 'HEAD' });
    expect(response).toMatchObject({ status: 200, headers: { 'content-length': '1000' } });
    expect(response.body).toHaveLength(0);
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

  it('waits 29 s for a function that may take longer', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { get, reports, until } = await serve([fn({ timeout: 60 })]);
    const response = get('/hang');
    await until(() => reportsOf(reports, 'output').length > 0);
    vi.advanceTimersByTime(28_999);
    expect(reportsOf(reports, 'request')).toEqual([]);
    vi.advanceTimersByTime(1);
    expect(await response).toMatchObject({
      status: 504,
      text: '{"message": "Endpoint request timed out"}',
    });
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
  const http = fn({ events: [{ api: 'http', method: 'ANY', path: '/{proxy+}' }] });

  it('gives payload 2.0, and takes it', async () => {
    const { get } = await serve([http]);
    const { json, headers } = await get('/event?a=1', { headers: { Cookie: 'a=b; c=d' } });
    expect(json).toMatchObject({
      version: '2.0',
      routeKey: 'ANY /{proxy+}',
      rawPath: '/event',
      cookies: ['a=b', 'c=d'],
    });
    expect(headers['apigw-requestid']).toBe(json.requestContext.requestId);
  });

  it('takes a value without a statusCode for the body', async () => {
    const { post } = await serve([http]);
    const response = await post('/raw', '{"a": [1]}', { 'Content-Type': 'application/json' });
    expect(response).toMatchObject({ status: 200, text: '{"a": [1]}' });
    expect(response.headers['content-type']).toBe('application/json');
  });

  it('answers errors in its own words', async () => {
    const { get } = await serve([fn({ events: [{ api: 'http', method: 'GET', path: '/error' }] })]);
    expect(await get('/x')).toMatchObject({ status: 404, text: '{"message":"Not Found"}' });
    expect(await get('/error')).toMatchObject({
      status: 500,
      text: '{"message":"Internal Server Error"}',
    });
  });

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
