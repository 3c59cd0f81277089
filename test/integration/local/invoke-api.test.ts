import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, validateHeaderValue } from 'node:http';
import { createRequire } from 'node:module';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failure, type Invocation, MAX_PAYLOAD_BYTES } from '../../../src/local/invocation.ts';
import { InvokeApi, type InvokeApiOptions } from '../../../src/local/invoke-api.ts';
import type { Report } from '../../../src/local/report.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { aFunction } from '../../support/function.ts';
import { findProgram, installedOsls, userEnv } from '../../support/moto.ts';
import { type Reply, request } from './support.ts';

type Invoke = InvokeApiOptions['invoke'];

const LOG = `START\n${'x'.repeat(5000)}\nEND ünd REPORT\n`;
const LOG_TAIL = Buffer.from(LOG).subarray(-4096).toString('base64');
const ECHO: Invoke = async (_key, { payload }) => ({ ok: true, payload, cold: false, logs: LOG });
const FAILED = failure('StateError', 'Bad state: ünd 🚀');
const FAIL: Invoke = async () => ({ ...FAILED, cold: false, logs: LOG });
const HELLO = '/2015-03-31/functions/hello/invocations';
const STREAM = '/2021-11-15/functions/hello/response-streaming-invocations';
const ARN = 'arn:aws:lambda:eu-west-1:123456789012:function';

interface Call {
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
  post(path: string, body?: string | Buffer, headers?: Record<string, string>): Promise<Reply>;
}

/** Serves the Invoke API of a service, and 418 for what it does not handle. */
async function mount(invoke: Invoke = ECHO): Promise<Mounted> {
  const requests: (string | undefined)[] = [];
  const calls: Call[] = [];
  const reports: Report[] = [];
  const defects: unknown[] = [];
  const functions = [
    aFunction(),
    aFunction({ key: 'the-worker', name: 'another' }),
    aFunction({ key: 'worker', name: 'the-worker' }),
  ];
  const api = new InvokeApi({
    service: { name: 'shop', stage: 'dev', region: 'eu-west-1', functions },
    invoke: (key, invocation) => {
      calls.push({ key, invocation });
      return invoke(key, invocation);
    },
    report: (report) => reports.push(report),
  });
  const server = createServer((incoming, response) => {
    requests.push(incoming.url);
    if (!api.handles(incoming)) response.writeHead(418).end();
    else api.handle(incoming, response).catch((error: unknown) => defects.push(error));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    requests,
    calls,
    reports,
    defects,
    post: (path, body, headers = {}) => request({ port, path, method: 'POST', headers }, body),
  };
}

/** What every reply of the API tells. */
function expectIds({ headers }: Reply): void {
  expect(headers['x-amzn-requestid']).toMatch(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
  expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-[\da-f]{8}-[\da-f]{24};Parent=/);
}

function expectError(reply: Reply, status: number, type: string, message: unknown): void {
  expect(reply.status).toBe(status);
  expect(reply.headers['x-amzn-errortype']).toBe(type);
  expect(reply.headers['content-type']).toBe('application/json');
  expect(reply.json).toMatchObject({ Type: 'User', Message: message });
  expectIds(reply);
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

describe('which requests are for the Invoke API', () => {
  it.each([
    ['/2015-03-31/functions/hello/invocations'],
    ['/2021-11-15/functions/hello/invocations'],
    ['/2015-03-31/functions/hello/response-streaming-invocations'],
    ['/2021-11-15/functions/hello/response-streaming-invocations?Qualifier=$LATEST'],
  ])('%s invokes', async (path) => {
    const { post, calls } = await mount();
    expect((await post(path, '{}')).status).toBe(200);
    expect(calls).toHaveLength(1);
  });

  it.each([
    ['/hello'],
    ['/'],
    ['/2015-03-31/functionsx'],
    ['/2016-03-31/functions/hello/invocations'],
    ['/prod/2015-03-31/functions/hello/invocations'],
    ['/?/2015-03-31/functions/hello/invocations'],
  ])('%s is left to the service', async (path) => {
    const { post, calls } = await mount();
    expect((await post(path, '{}')).status).toBe(418);
    expect(calls).toEqual([]);
  });

  it.each([
    ['/2015-03-31/functions'],
    ['/2015-03-31/functions?MaxItems=50'],
    ['/2015-03-31/functions/'],
    ['/2015-03-31/functions/hello'],
    ['/2015-03-31/functions/hello/configuration'],
    ['/2015-03-31/functions/hello/invocations/'],
    ['/2015-03-31/functions//invocations'],
    ['/2015-03-31/functions/hello/xinvocations'],
  ])('%s is an operation that is not served', async (path) => {
    const { post, calls } = await mount();
    const message = expect.stringContaining(path.split('?')[0] as string);
    expectError(await post(path, '{}'), 404, 'UnknownOperationException', message);
    expect(calls).toEqual([]);
  });

  it.each(['GET', 'PUT', 'DELETE', 'OPTIONS'])('%s is refused', async (method) => {
    const { port, calls } = await mount();
    const reply = await request({ port, path: HELLO, method });
    expectError(reply, 405, 'MethodNotAllowedException', expect.any(String));
    expect(reply.headers.allow).toBe('POST');
    expect(calls).toEqual([]);
  });
});

describe('the name of a function', () => {
  it.each([
    ['shop-dev-hello', 'hello'],
    ['hello', 'hello'],
    ['hello:$LATEST', 'hello'],
    ['hello%3A%24LATEST', 'hello'],
    ['shop-dev-hello?Qualifier=$LATEST', 'hello'],
    ['shop-dev-hello?Qualifier=%24LATEST', 'hello'],
    ['shop-dev-hello?Qualifier=', 'hello'],
    ['shop-dev-hello:$LATEST?Qualifier=$LATEST', 'hello'],
    ['function:shop-dev-hello', 'hello'],
    ['123456789012:function:shop-dev-hello', 'hello'],
    ['123456789012:shop-dev-hello', 'hello'],
    [`${ARN}:shop-dev-hello`, 'hello'],
    [`${ARN}:shop-dev-hello:$LATEST`, 'hello'],
    [encodeURIComponent(`${ARN}:shop-dev-hello:$LATEST`), 'hello'],
    ['arn:aws-us-gov:lambda:us-gov-west-1:999999999999:function:shop-dev-hello', 'hello'],
    ['worker', 'worker'],
    ['the-worker', 'worker'], // the name on AWS goes before a key
    ['another', 'the-worker'],
  ])('%s is found', async (given, key) => {
    const { post, calls } = await mount();
    const [name, query] = given.split('?');
    const path = `/2015-03-31/functions/${name}/invocations${query ? `?${query}` : ''}`;
    expect((await post(path, '{}')).status).toBe(200);
    expect(calls.map((call) => call.key)).toEqual([key]);
  });

  it.each([
    ['nope', '', `${ARN}:nope`],
    ['HELLO', '', `${ARN}:HELLO`],
    ['hello:prod', '', `${ARN}:hello:prod`],
    ['hello:1', '', `${ARN}:hello:1`],
    ['hello:$LATEST.PUBLISHED', '', `${ARN}:hello:$LATEST.PUBLISHED`],
    ['hello', '?Qualifier=prod', `${ARN}:hello:prod`],
    ['hello:prod', '?Qualifier=prod', `${ARN}:hello:prod`],
    ['nope:$LATEST', '', `${ARN}:nope:$LATEST`],
    ['123456789012:function:nope', '', `${ARN}:nope`],
    ['arn:aws:lambda:us-east-1:999999999999:function:nope', '', undefined],
    ['arn:aws:lambda:us-east-1:999999999999:function:hello:7', '', undefined],
    ['arn%3Aaws%3As3%3A%3A%3Abucket', '', 'arn:aws:s3:::bucket'],
    ['a%20b', '', `${ARN}:a b`],
    ['%zz', '', `${ARN}:%zz`],
    ['hello%2F..', '', `${ARN}:hello/..`],
  ])('%s%s is not found', async (name, query, arn) => {
    const { post, calls } = await mount();
    const reply = await post(`/2015-03-31/functions/${name}/invocations${query}`, '{}');
    expectError(reply, 404, 'ResourceNotFoundException', `Function not found: ${arn ?? name}`);
    expect(Object.keys(reply.json)).toEqual(['Type', 'Message']);
    expect(calls).toEqual([]);
  });

  it('has one qualifier, not two', async () => {
    const { post } = await mount();
    const reply = await post('/2015-03-31/functions/hello:1/invocations?Qualifier=2', '{}');
    const message =
      'The derived qualifier from the function name does not match the specified qualifier.';
    expectError(reply, 400, 'InvalidParameterValueException', message);
  });
});

describe('a synchronous invocation', () => {
  it('is answered with the payload, byte by byte', async () => {
    const { post, calls } = await mount();
    const reply = await post(HELLO, ' {"a" : 1.0, "name":"Ada 🚀"}\n');
    expect(reply.status).toBe(200);
    expect(reply.text).toBe(' {"a" : 1.0, "name":"Ada 🚀"}\n');
    const { requestId, traceId } = (calls[0] as Call).invocation;
    expect(reply.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(reply.body.length),
      'x-amz-executed-version': '$LATEST',
      'x-amzn-requestid': requestId,
      'x-amzn-trace-id': traceId,
    });
    expect(reply.headers).not.toHaveProperty('x-amz-function-error');
    expect(reply.headers).not.toHaveProperty('x-amz-log-result');
    expect(Object.keys(calls[0]?.invocation ?? {}).sort()).toEqual([
      'payload',
      'requestId',
      'traceId',
    ]);
    expectIds(reply);
  });

  it('has ids of its own', async () => {
    const { post, calls } = await mount();
    await Promise.all([post(HELLO), post(HELLO), post(HELLO)]);
    expect(new Set(calls.map(({ invocation }) => invocation.requestId)).size).toBe(3);
  });

  it('has an empty object as event if it is given none', async () => {
    const { post } = await mount();
    expect((await post(HELLO)).text).toBe('{}');
    expect((await post(HELLO, '', { 'Content-Length': '0' })).text).toBe('{}');
  });

  it.each(['null', '0', '"text"', '[1]', 'true', `{"deep":${'['.repeat(500)}${']'.repeat(500)}}`])(
    'takes any JSON: %s',
    async (json) => {
      const { post } = await mount();
      expect(await post(HELLO, json)).toMatchObject({ status: 200, text: json });
    },
  );

  it('tells a function error with status 200', async () => {
    const { post } = await mount(FAIL);
    const reply = await post(HELLO, '{}');
    expect(reply.status).toBe(200);
    expect(reply.headers).toMatchObject({
      'x-amz-function-error': 'Unhandled',
      'x-amz-executed-version': '$LATEST',
    });
    expect(reply.json).toEqual({ errorType: 'StateError', errorMessage: 'Bad state: ünd 🚀' });
    expectIds(reply);
  });

  it.each([
    ['a result', ECHO],
    ['an error', FAIL],
  ])('gives the last 4 KB of the log with %s', async (_, invoke) => {
    const { post, calls } = await mount(invoke);
    const { headers } = await post(HELLO, '{}', { 'X-Amz-Log-Type': 'Tail' });
    expect(headers['x-amz-log-result']).toBe(LOG_TAIL);
    expect(calls[0]?.invocation.wantsLogs).toBe(true);
  });

  it('gives a short log whole, an empty one too', async () => {
    for (const logs of ['one line\n', '']) {
      const { post } = await mount(async (_, { payload }) => ({
        ok: true,
        payload,
        cold: true,
        logs,
      }));
      const { headers } = await post(HELLO, '{}', { 'X-Amz-Log-Type': 'Tail' });
      expect(headers['x-amz-log-result']).toBe(base64(logs));
    }
  });

  it('gives no log where there is none, or none is wanted', async () => {
    const silent = await mount(async (_, { payload }) => ({ ok: true, payload, cold: false }));
    const tail = await silent.post(HELLO, '{}', { 'X-Amz-Log-Type': 'Tail' });
    expect(tail.headers).not.toHaveProperty('x-amz-log-result');
    const { post, calls } = await mount();
    const none = await post(HELLO, '{}', { 'X-Amz-Log-Type': 'None' });
    expect(none.headers).not.toHaveProperty('x-amz-log-result');
    expect(calls[0]?.invocation.wantsLogs).toBeUndefined();
  });

  it('is refused when too many wait', async () => {
    const { post } = await mount(async () => 'throttled');
    const reply = await post(HELLO, '{}');
    expectError(reply, 429, 'TooManyRequestsException', 'Rate Exceeded.');
    expect(reply.json.Reason).toBe('ConcurrentInvocationLimitExceeded');
  });

  it('rejects with a defect of this program, which the server reports', async () => {
    const { port, defects } = await mount(() => Promise.reject(new Error('defect')));
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`POST ${HELLO} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    });
    await vi.waitFor(() => expect(defects).toEqual([new Error('defect')]));
    socket.destroy();
  });
});

describe('other types of invocation', () => {
  it('Event: answers at once, and the invocation goes on', async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ended = false;
    const { post, calls } = await mount(async (key, invocation) => {
      await finished;
      ended = true;
      return ECHO(key, invocation);
    });
    const reply = await post(HELLO, '{"a":1}', { 'X-Amz-Invocation-Type': 'Event' });
    expect(reply.status).toBe(202);
    expect(reply.text).toBe('');
    expect(reply.headers['content-length']).toBe('0');
    expect(reply.headers['x-amzn-requestid']).toBe(calls[0]?.invocation.requestId);
    expect(ended).toBe(false);
    finish();
    await vi.waitFor(() => expect(ended).toBe(true));
    expect(calls[0]?.invocation.payload.toString()).toBe('{"a":1}');
  });

  it('Event: gives the function no client context, and wants no log', async () => {
    const { post, calls } = await mount();
    await post(HELLO, '{}', {
      'X-Amz-Invocation-Type': 'Event',
      'X-Amz-Log-Type': 'Tail',
      'X-Amz-Client-Context': base64('{"custom":{}}'),
    });
    expect(calls[0]?.invocation).not.toHaveProperty('clientContext');
    expect(calls[0]?.invocation).not.toHaveProperty('wantsLogs');
  });

  it.each([
    ['a function error', FAIL],
    ['an overload', async () => 'throttled' as const],
  ])('Event: leaves %s to whoever invokes', async (_, invoke) => {
    const { post, reports, defects } = await mount(invoke);
    const reply = await post(HELLO, '{}', { 'X-Amz-Invocation-Type': 'Event' });
    expect(reply.status).toBe(202);
    expect(reply.headers).not.toHaveProperty('x-amz-function-error');
    expect([...reports, ...defects]).toEqual([]);
  });

  it('Event: reports a defect', async () => {
    const error = new Error('defect');
    const { post, reports } = await mount(() => Promise.reject(error));
    expect((await post(HELLO, '{}', { 'X-Amz-Invocation-Type': 'Event' })).status).toBe(202);
    expect(reports).toEqual([{ type: 'defect', error }]);
  });

  it.each([HELLO, STREAM])('DryRun: runs nothing (%s)', async (path) => {
    const { post, calls } = await mount();
    const reply = await post(path, '{"a":1}', { 'X-Amz-Invocation-Type': 'DryRun' });
    expect(reply.status).toBe(204);
    expect(reply.text).toBe('');
    expect(reply.headers).not.toHaveProperty('content-length');
    expect(reply.headers['x-amz-executed-version']).toBe('$LATEST');
    expectIds(reply);
    expect(calls).toEqual([]);
  });

  it('DryRun: checks the request', async () => {
    const { post } = await mount();
    const headers = { 'X-Amz-Invocation-Type': 'DryRun' };
    const unknown = await post('/2015-03-31/functions/nope/invocations', '{}', headers);
    expectError(unknown, 404, 'ResourceNotFoundException', `Function not found: ${ARN}:nope`);
    const malformed = await post(HELLO, '{', headers);
    expectError(malformed, 400, 'InvalidRequestContentException', expect.any(String));
  });

  it.each([
    [HELLO, 'X-Amz-Invocation-Type', 'event', 'invocationType', 'RequestResponse, Event, DryRun'],
    [HELLO, 'X-Amz-Invocation-Type', '', 'invocationType', 'RequestResponse, Event, DryRun'],
    [STREAM, 'X-Amz-Invocation-Type', 'Event', 'invocationType', 'RequestResponse, DryRun'],
    [HELLO, 'X-Amz-Log-Type', 'tail', 'logType', 'None, Tail'],
  ])('refuses another value: %s %s: %s', async (path, header, value, parameter, values) => {
    const { post, calls } = await mount();
    const reply = await post(path, '{}', { [header]: value });
    const message = `Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`;
    expectError(reply, 400, 'InvalidParameterValueException', message);
    expect(calls).toEqual([]);
  });
});

describe('the body', () => {
  it.each([
    ['text', 'not json'],
    ['half an object', '{"a":'],
    ['two values', '{}{}'],
    ['a form', 'a=1&b=2'],
    ['blanks', '   '],
    ['a byte order mark', '\ufeff{}'],
    ['a trailing comma', '[1,]'],
    ['not UTF-8', Buffer.from('"\xff\xfe"', 'latin1')],
  ])('is refused when it is no JSON: %s', async (_, body) => {
    const { post, calls } = await mount();
    const message = expect.stringMatching(/^Could not parse request body into json: ./);
    expectError(await post(HELLO, body), 400, 'InvalidRequestContentException', message);
    expect(calls).toEqual([]);
  });

  const json = (bytes: number) =>
    Buffer.alloc(bytes, 'x')
      .fill('"', 0, 1)
      .fill('"', bytes - 1);
  const SYNC = 'Request must be smaller than 6291556 bytes for the InvokeFunction operation';
  const ASYNC = 'The payload is too large for the Event invocation type (limit 1048576 bytes)';

  it.each([
    ['RequestResponse', MAX_PAYLOAD_BYTES, 200, SYNC],
    ['DryRun', MAX_PAYLOAD_BYTES, 204, SYNC],
    ['Event', 1_048_576, 202, ASYNC],
  ])('%s: may have %i bytes, and not one more', async (type, limit, status, message) => {
    const { post, calls } = await mount();
    const headers = { 'X-Amz-Invocation-Type': type };
    expect((await post(HELLO, json(limit), headers)).status).toBe(status);
    const before = calls.length;
    const reply = await post(HELLO, json(limit + 1), headers);
    expectError(reply, 413, 'RequestTooLargeException', message);
    const chunked = { ...headers, 'Transfer-Encoding': 'chunked' };
    expect((await post(HELLO, json(limit), chunked)).status).toBe(status);
    expectError(
      await post(HELLO, json(limit + 1), chunked),
      413,
      'RequestTooLargeException',
      message,
    );
    expect(calls.length).toBe(before * 2);
  });
});

describe('the client context', () => {
  const context = (value: string) => ({ 'X-Amz-Client-Context': value });

  it('is decoded', async () => {
    const { post, calls } = await mount();
    await post(HELLO, '{}', context(base64('{"client":{"a":1.0},"custom":{"n":"x"}}')));
    expect(calls[0]?.invocation.clientContext).toBe('{"client":{"a":1.0},"custom":{"n":"x"}}');
  });

  it('is made what a header may be, as the function is given it in one', async () => {
    const { post, calls } = await mount();
    const value = { custom: { name: 'Ünd 🚀\u007f', text: 'a\n\t\\b' } };
    await post(HELLO, '{}', context(base64(JSON.stringify(value, null, '\t'))));
    const { clientContext = '' } = (calls[0] as Call).invocation;
    expect(() => validateHeaderValue('X', clientContext)).not.toThrow();
    expect(JSON.parse(clientContext)).toEqual(value);
  });

  it.each([
    ['no base64', '{}'],
    ['no JSON', base64('hello')],
    ['half an object', base64('{"a":')],
    ['no object', base64('[1]')],
    ['nothing', ''],
    ['more than 3583 bytes', base64(`{"a":"${'x'.repeat(2700)}"}`)],
  ])('is refused when it is %s', async (_, value) => {
    const { post, calls } = await mount();
    const message = expect.stringContaining('Client context');
    const reply = await post(HELLO, '{}', context(value));
    expectError(reply, 400, 'InvalidRequestContentException', message);
    expect(calls).toEqual([]);
  });
});

describe('a connection', () => {
  /** Opens a connection, and sends the head of a request and the start of its body. */
  function send(port: number, path: string, length: number, body: string) {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Length: ${length}\r\n\r\n${body}`);
    });
    return socket;
  }

  it.each([HELLO, STREAM])('may be cut while the function runs (%s)', async (path) => {
    let finish = () => {};
    const left = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ended = 0;
    const { port, calls, post, defects } = await mount(async (key, invocation) => {
      if (calls.length === 1) await left;
      ended++;
      return ECHO(key, invocation);
    });
    const socket = send(port, path, 2, '{}');
    await vi.waitFor(() => expect(calls).toHaveLength(1));
    socket.resetAndDestroy();
    // The second reply comes after the server has seen that the first client is gone.
    expect((await post(HELLO, '{}')).status).toBe(200);
    finish();
    await vi.waitFor(() => expect(ended).toBe(2));
    expect((await post(HELLO, '{}')).status).toBe(200);
    expect(defects).toEqual([]);
  });

  it('that is cut in the middle of the body leads to no invocation', async () => {
    const { port, requests, calls, post, defects } = await mount();
    const socket = send(port, HELLO, 100, '{"a":');
    await vi.waitFor(() => expect(requests).toEqual([HELLO]));
    socket.resetAndDestroy();
    expect((await post(HELLO, '{"b":1}')).status).toBe(200);
    expect(calls.map(({ invocation }) => invocation.payload.toString())).toEqual(['{"b":1}']);
    expect(defects).toEqual([]);
  });

  it('may be used again after an error, with the body unread', async () => {
    const { port } = await mount();
    const socket = connect(port, '127.0.0.1');
    let received = '';
    socket.on('data', (data) => {
      received += data;
    });
    const big = 'x'.repeat(2_000_000);
    socket.write(
      `POST /2015-03-31/functions/nope/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: ${big.length}\r\n\r\n${big}`,
    );
    socket.write(`POST ${HELLO} HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a":1}`);
    await vi.waitFor(() => expect(received).toMatch(/HTTP\/1\.1 404.+HTTP\/1\.1 200.+{"a":1}$/s));
    socket.destroy();
  });
});

const CLI = findProgram('aws');
if (CLI === undefined) {
  console.warn(
    '\n!!! SKIPPED, no aws on PATH: the Invoke API is not tested with the AWS CLI !!!\n',
  );
}

describe.skipIf(CLI === undefined)('the AWS CLI', () => {
  const aws = (args: readonly string[], env: NodeJS.ProcessEnv) =>
    promisify(execFile)(CLI as string, args, { env, encoding: 'utf8' });

  /** Runs `aws lambda invoke`; the payload is what it writes into the file. */
  async function cli(origin: string, name: string, ...flags: string[]) {
    const folder = temporaryFolder();
    const env = userEnv(folder, folder, origin) as NodeJS.ProcessEnv;
    const { stdout: version } = await aws(['--version'], env);
    // Version 1 takes the payload as it is, and does not know the flag.
    const binary = /^aws-cli\/1\./.test(version)
      ? []
      : ['--cli-binary-format', 'raw-in-base64-out', '--no-cli-pager'];
    const outfile = join(folder, 'out.json');
    const where = ['--endpoint-url', origin, '--region', 'eu-west-1', '--output', 'json'];
    const { stdout } = await aws(
      ['lambda', 'invoke', ...where, ...binary, '--function-name', name, ...flags, outfile],
      env,
    );
    return { output: stdout && JSON.parse(stdout), payload: readFileSync(outfile, 'utf8') };
  }

  it('invokes', async () => {
    const { origin } = await mount();
    const payload = '{"name": "Ada 🚀"}';
    expect(await cli(origin, 'shop-dev-hello', '--payload', payload)).toEqual({
      output: { StatusCode: 200, ExecutedVersion: '$LATEST' },
      payload,
    });
  });

  it('invokes by an ARN with a qualifier, and without an event', async () => {
    const { origin, calls } = await mount();
    const { payload } = await cli(origin, `${ARN}:shop-dev-hello`, '--qualifier', '$LATEST');
    expect(payload).toBe('{}');
    expect(calls[0]?.key).toBe('hello');
  });

  it('passes on a client context', async () => {
    const { origin, calls } = await mount();
    await cli(origin, 'hello', '--client-context', base64('{"custom":{"a":"b"}}'));
    expect(calls[0]?.invocation.clientContext).toBe('{"custom":{"a":"b"}}');
  });

  it('shows the log', async () => {
    const { origin } = await mount();
    const { output } = await cli(origin, 'hello', '--log-type', 'Tail');
    expect(output).toMatchObject({ StatusCode: 200, LogResult: LOG_TAIL });
  });

  it('shows a function error', async () => {
    const { origin } = await mount(FAIL);
    const { output, payload } = await cli(origin, 'hello');
    expect(output).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(payload).toBe(FAILED.payload.toString());
  });

  it.each([
    ['Event', { StatusCode: 202 }, 1],
    ['DryRun', { StatusCode: 204, ExecutedVersion: '$LATEST' }, 0],
  ])('invokes with type %s', async (type, output, invocations) => {
    const { origin, calls } = await mount();
    const given = ['--invocation-type', type, '--payload', '{}'];
    expect(await cli(origin, 'hello', ...given)).toEqual({ output, payload: '' });
    expect(calls).toHaveLength(invocations);
  });

  it.each([
    [
      'nope',
      '{}',
      `(ResourceNotFoundException) when calling the Invoke operation: Function not found: ${ARN}:nope`,
    ],
    [
      'hello',
      '{',
      '(InvalidRequestContentException) when calling the Invoke operation: Could not parse request body into json: ',
    ],
  ])('shows an error: %s %s', async (name, payload, message) => {
    const { origin } = await mount();
    const failed = expect(cli(origin, name, '--payload', payload)).rejects;
    await failed.toMatchObject({ stderr: expect.stringContaining(message) });
  });
});

describe('the AWS SDK for JavaScript', () => {
  /** Sends a command of @aws-sdk/client-lambda, which osls brings. */
  // biome-ignore lint/suspicious/noExplicitAny: what it is, the test says
  async function send(origin: string, command: string, input: object = {}): Promise<any> {
    process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED = 'true'; // not a matter of tests
    const load = createRequire(join(installedOsls(), 'node_modules/osls/package.json'));
    const sdk = load('@aws-sdk/client-lambda');
    const client = new sdk.LambdaClient({
      endpoint: origin,
      region: 'eu-west-1',
      credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
      maxAttempts: 1,
    });
    onTestFinished(() => client.destroy());
    return client.send(new sdk[`${command}Command`]({ FunctionName: 'shop-dev-hello', ...input }));
  }

  it('invokes', async () => {
    const { origin, calls } = await mount();
    const answer = await send(origin, 'Invoke', {
      FunctionName: `${ARN}:shop-dev-hello`,
      Qualifier: '$LATEST',
      Payload: '{"name":"Ada 🚀"}',
      LogType: 'Tail',
      ClientContext: base64('{"custom":{}}'),
    });
    expect(answer).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      LogResult: LOG_TAIL,
      $metadata: { requestId: calls[0]?.invocation.requestId },
    });
    expect(answer.FunctionError).toBeUndefined();
    expect(answer.Payload.transformToString()).toBe('{"name":"Ada 🚀"}');
    expect(calls[0]?.invocation.clientContext).toBe('{"custom":{}}');
  });

  it('shows a function error', async () => {
    const { origin } = await mount(FAIL);
    const answer = await send(origin, 'Invoke');
    expect(answer).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(answer.Payload.transformToString()).toBe(FAILED.payload.toString());
  });

  it.each([
    ['Event', 202],
    ['DryRun', 204],
  ])('invokes with type %s', async (InvocationType, StatusCode) => {
    const { origin } = await mount();
    expect(await send(origin, 'Invoke', { InvocationType })).toMatchObject({ StatusCode });
  });

  it.each([
    ['ResourceNotFoundException', 404, { FunctionName: 'nope' }],
    ['InvalidRequestContentException', 400, { Payload: '{' }],
    ['InvalidParameterValueException', 400, { InvocationType: 'Later' }],
    [
      'RequestTooLargeException',
      413,
      { InvocationType: 'Event', Payload: Buffer.alloc(1_048_577) },
    ],
  ])('throws %s', async (name, httpStatusCode, input) => {
    const { origin } = await mount();
    for (const command of ['Invoke', 'InvokeWithResponseStream']) {
      if (command !== 'Invoke' && name === 'RequestTooLargeException') continue;
      await expect(send(origin, command, input)).rejects.toMatchObject({
        name,
        message: expect.stringMatching(/.{10}/),
        $metadata: { httpStatusCode, requestId: expect.stringMatching(/^[\da-f-]{36}$/) },
      });
    }
  });

  it('throws TooManyRequestsException with its reason', async () => {
    const { origin } = await mount(async () => 'throttled');
    const Reason = 'ConcurrentInvocationLimitExceeded';
    for (const command of ['Invoke', 'InvokeWithResponseStream']) {
      const sent = send(origin, command);
      await expect(sent).rejects.toMatchObject({ name: 'TooManyRequestsException', Reason });
    }
  });

  it('gets an error for what is not served', async () => {
    const { origin } = await mount();
    const error = { name: 'UnknownOperationException', $metadata: { httpStatusCode: 404 } };
    await expect(send(origin, 'GetFunctionConfiguration')).rejects.toMatchObject(error);
    await expect(send(origin, 'ListFunctions')).rejects.toMatchObject(error);
  });

  /** The chunks of a stream, and its last event. */
  async function stream(origin: string, input: object = {}) {
    const answer = await send(origin, 'InvokeWithResponseStream', input);
    const chunks: Buffer[] = [];
    const completed: object[] = [];
    for await (const { PayloadChunk, InvokeComplete } of answer.EventStream) {
      expect(completed).toEqual([]); // nothing comes after it
      if (PayloadChunk) chunks.push(Buffer.from(PayloadChunk.Payload));
      if (InvokeComplete) completed.push(InvokeComplete);
    }
    return { answer, chunks, completed };
  }

  it('gets a stream', async () => {
    const { origin, calls } = await mount();
    const { answer, chunks, completed } = await stream(origin, {
      Payload: '{"name":"Ada 🚀"}',
      LogType: 'Tail',
    });
    expect(answer).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      ResponseStreamContentType: 'application/vnd.amazon.eventstream',
      $metadata: { requestId: calls[0]?.invocation.requestId },
    });
    expect(chunks.map(String)).toEqual(['{"name":"Ada 🚀"}']);
    expect(completed).toEqual([{ LogResult: LOG_TAIL }]);
  });

  it.each([
    [0, []],
    [1, [1]],
    [65_536, [65_536]],
    [65_537, [65_536, 1]],
    [200_000, [65_536, 65_536, 65_536, 3392]],
  ])('gets %i bytes in chunks of at most 64 KB', async (bytes, sizes) => {
    const payload = Buffer.alloc(bytes, 'abc');
    const { origin } = await mount(async () => ({ ok: true, payload, cold: false, logs: LOG }));
    const { chunks, completed } = await stream(origin);
    expect(chunks.map(({ length }) => length)).toEqual(sizes);
    expect(Buffer.concat(chunks).equals(payload)).toBe(true);
    expect(completed).toEqual([{}]);
  });

  it('gets a function error with the end of a stream', async () => {
    const { origin } = await mount(FAIL);
    const { chunks, completed } = await stream(origin, { LogType: 'Tail' });
    expect(chunks).toEqual([]);
    const ErrorDetails = FAILED.payload.toString();
    expect(completed).toEqual([{ ErrorCode: 'Unhandled', ErrorDetails, LogResult: LOG_TAIL }]);
  });
});
