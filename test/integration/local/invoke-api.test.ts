import { connect } from 'node:net';
import { describe, expect, it } from 'vitest';
import { base64 } from '../../support/base64.ts';
import {
  ARN,
  type Call,
  ECHO,
  expectError,
  expectIds,
  FAIL,
  HELLO,
  LOG_TAIL,
  mount,
} from '../../support/invoke-api.ts';
import { request } from '../../support/local.ts';

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
    const response = await request({ port, path: HELLO, method });
    expectError(response, 405, 'MethodNotAllowedException', expect.any(String));
    expect(response.headers.allow).toBe('POST');
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
    ['nope', '', `${ARN}:nope:$LATEST`],
    ['HELLO', '', `${ARN}:HELLO:$LATEST`],
    ['hello:prod', '', `${ARN}:hello:prod`],
    ['hello:1', '', `${ARN}:hello:1`],
    ['hello:$LATEST.PUBLISHED', '', `${ARN}:hello:$LATEST.PUBLISHED`],
    ['hello', '?Qualifier=prod', `${ARN}:hello:prod`],
    ['hello:prod', '?Qualifier=prod', `${ARN}:hello:prod`],
    ['nope:$LATEST', '', `${ARN}:nope:$LATEST`],
    ['123456789012:function:nope', '', `${ARN}:nope:$LATEST`],
    [
      'arn:aws:lambda:us-east-1:999999999999:function:nope',
      '',
      'arn:aws:lambda:us-east-1:999999999999:function:nope:$LATEST',
    ],
    ['arn:aws:lambda:us-east-1:999999999999:function:hello:7', '', undefined],
    ['arn%3Aaws%3As3%3A%3A%3Abucket', '', 'arn:aws:s3:::bucket:$LATEST'],
    ['a%20b', '', `${ARN}:a b:$LATEST`],
    ['%zz', '', `${ARN}:%zz:$LATEST`],
    ['hello%2F..', '', `${ARN}:hello/..:$LATEST`],
  ])('%s%s is not found', async (name, query, arn) => {
    const { post, calls } = await mount();
    const response = await post(`/2015-03-31/functions/${name}/invocations${query}`, '{}');
    expectError(response, 404, 'ResourceNotFoundException', `Function not found: ${arn ?? name}`);
    expect(Object.keys(response.json)).toEqual(['Type', 'Message']);
    expect(calls).toEqual([]);
  });

  it('has one qualifier, not two', async () => {
    const { post } = await mount();
    const response = await post('/2015-03-31/functions/hello:1/invocations?Qualifier=2', '{}');
    const message =
      'The derived qualifier from the function name does not match the specified qualifier.';
    expectError(response, 400, 'InvalidParameterValueException', message);
  });
});

describe('a synchronous invocation', () => {
  it('is answered with the payload, byte by byte', async () => {
    const { post, calls } = await mount();
    const response = await post(HELLO, ' {"a" : 1.0, "name":"Ada 🚀"}\n');
    expect(response.status).toBe(200);
    expect(response.text).toBe(' {"a" : 1.0, "name":"Ada 🚀"}\n');
    const { requestId, traceId } = (calls[0] as Call).invocation;
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(response.body.length),
      'x-amz-executed-version': '$LATEST',
      'x-amzn-requestid': requestId,
      'x-amzn-trace-id': traceId,
    });
    expect(response.headers).not.toHaveProperty('x-amz-function-error');
    expect(response.headers).not.toHaveProperty('x-amz-log-result');
    expect(Object.keys(calls[0]?.invocation ?? {}).sort()).toEqual([
      'payload',
      'requestId',
      'traceId',
    ]);
    expectIds(response);
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
    const response = await post(HELLO, '{}');
    expect(response.status).toBe(200);
    expect(response.headers).toMatchObject({
      'x-amz-function-error': 'Unhandled',
      'x-amz-executed-version': '$LATEST',
    });
    expect(response.json).toEqual({ errorType: 'StateError', errorMessage: 'Bad state: ünd 🚀' });
    expectIds(response);
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
    const response = await post(HELLO, '{}');
    expectError(response, 429, 'TooManyRequestsException', 'Rate Exceeded.');
    expect(response.json.Reason).toBe('ConcurrentInvocationLimitExceeded');
  });

  it('rejects with a defect of this program, which the server reports', async () => {
    const { port, defects, until } = await mount(() => Promise.reject(new Error('defect')));
    const socket = connect(port, '127.0.0.1', () => {
      socket.write(`POST ${HELLO} HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n`);
    });
    await until(() => defects.length > 0);
    expect(defects).toEqual([new Error('defect')]);
    socket.destroy();
  });
});
