import { validateHeaderValue } from 'node:http';
import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { MAX_PAYLOAD_BYTES } from '../../../src/local/lambda/invocation.ts';
import { base64 } from '../../support/base64.ts';
import {
  ARN,
  type Call,
  ECHO,
  expectError,
  expectIds,
  FAIL,
  HELLO,
  mount,
  STREAM,
} from '../../support/invoke-api.ts';
import { News } from '../../support/news.ts';

describe('other types of invocation', () => {
  it('Event: answers at once, and the invocation goes on', async () => {
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    let ended = false;
    const news = new News();
    const { post, calls } = await mount(async (key, invocation) => {
      await finished;
      ended = true;
      news.tell();
      return ECHO(key, invocation);
    });
    const response = await post(HELLO, '{"a":1}', { 'X-Amz-Invocation-Type': 'Event' });
    expect(response.status).toBe(202);
    expect(response.text).toBe('');
    expect(response.headers['content-length']).toBe('0');
    expect(response.headers['x-amzn-requestid']).toBe(calls[0]?.invocation.requestId);
    expect(ended).toBe(false);
    finish();
    await news.until(() => ended);
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
    const response = await post(HELLO, '{}', { 'X-Amz-Invocation-Type': 'Event' });
    expect(response.status).toBe(202);
    expect(response.headers).not.toHaveProperty('x-amz-function-error');
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
    const response = await post(path, '{"a":1}', { 'X-Amz-Invocation-Type': 'DryRun' });
    expect(response.status).toBe(204);
    expect(response.text).toBe('');
    expect(response.headers).not.toHaveProperty('content-length');
    expect(response.headers['x-amz-executed-version']).toBe('$LATEST');
    expectIds(response);
    expect(calls).toEqual([]);
  });

  it('DryRun: checks the request', async () => {
    const { post } = await mount();
    const headers = { 'X-Amz-Invocation-Type': 'DryRun' };
    const unknown = await post('/2015-03-31/functions/nope/invocations', '{}', headers);
    expectError(
      unknown,
      404,
      'ResourceNotFoundException',
      `Function not found: ${ARN}:nope:$LATEST`,
    );
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
    const response = await post(path, '{}', { [header]: value });
    const message = `Value '${value}' at '${parameter}' failed to satisfy constraint: Member must satisfy enum value set: [${values}]`;
    expectError(response, 400, 'InvalidParameterValueException', message);
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
    const message = expect.stringMatching(
      /^Could not parse request body into json: Could not parse payload into json: ./,
    );
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
    const response = await post(HELLO, json(limit + 1), headers);
    expectError(response, 413, 'RequestTooLargeException', message);
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
    const response = await post(HELLO, '{}', context(value));
    expectError(response, 400, 'InvalidRequestContentException', message);
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
    const news = new News();
    const { port, calls, post, defects, until } = await mount(async (key, invocation) => {
      if (calls.length === 1) await left;
      ended++;
      news.tell();
      return ECHO(key, invocation);
    });
    const socket = send(port, path, 2, '{}');
    await until(() => calls.length === 1);
    socket.resetAndDestroy();
    // The second response comes after the server has seen that the first client is gone.
    expect((await post(HELLO, '{}')).status).toBe(200);
    finish();
    await news.until(() => ended === 2);
    expect((await post(HELLO, '{}')).status).toBe(200);
    expect(defects).toEqual([]);
  });

  it('that is cut in the middle of the body leads to no invocation', async () => {
    const { port, requests, calls, post, defects, until } = await mount();
    const socket = send(port, HELLO, 100, '{"a":');
    await until(() => requests.length > 0);
    expect(requests).toEqual([HELLO]);
    socket.resetAndDestroy();
    expect((await post(HELLO, '{"b":1}')).status).toBe(200);
    expect(calls.map(({ invocation }) => invocation.payload.toString())).toEqual(['{"b":1}']);
    expect(defects).toEqual([]);
  });

  it('may be used again after an error, with the body unread', async () => {
    const { port } = await mount();
    const socket = connect(port, '127.0.0.1');
    let received = '';
    const news = new News();
    socket.on('data', (data) => {
      received += data;
      news.tell();
    });
    const big = 'x'.repeat(2_000_000);
    socket.write(
      `POST /2015-03-31/functions/nope/invocations HTTP/1.1\r\nHost: x\r\nContent-Length: ${big.length}\r\n\r\n${big}`,
    );
    socket.write(`POST ${HELLO} HTTP/1.1\r\nHost: x\r\nContent-Length: 7\r\n\r\n{"a":1}`);
    await news.until(() => /HTTP\/1\.1 404.+HTTP\/1\.1 200.+{"a":1}$/s.test(received));
    socket.destroy();
  });
});
