// What was recorded of Lambda's Invoke API on AWS, row by row:
// https://github.com/localstack/localstack/blob/main/tests/aws/services/lambda_/test_lambda.py

import { describe, expect, it } from 'vitest';
import { base64, serveForAll } from '../support/conformance.ts';

const INIT_ERROR = {
  errorMessage: 'Runtime startup fails',
  errorType: 'Exception',
  requestId: '',
  stackTrace: ['main.dart:1'],
};

const { ask, reports } = serveForAll(
  '  region: us-east-1',
  `  f: { handler: main.f }
  brief: { handler: main.f, timeout: 1 }
  gone: { handler: main.f, environment: { INIT_EXIT: '127' } }
  done: { handler: main.f, environment: { INIT_EXIT: '0' } }
  broken: { handler: main.f, environment: { INIT_ERROR: '${JSON.stringify(INIT_ERROR)}' } }
  off: { handler: main.f, reservedConcurrency: 0 }
  single: { handler: main.f, reservedConcurrency: 1, timeout: 2 }
`,
);

/** Invokes a function that is told by the event what to do, as by the headers of a request. */
const invoke = (key: string, does: Record<string, unknown> = {}, headers = {}) => {
  const told = Object.entries(does).map(([name, value]) => [name, base64(value)]);
  const event = JSON.stringify({ headers: Object.fromEntries(told) });
  return ask(`POST /2015-03-31/functions/${key}/invocations`, headers, event);
};

describe('an invocation', () => {
  it('of a function that returns nothing is null, of the version $LATEST', async () => {
    const response = await invoke('f', { 'X-Result': 'null' });
    expect({ status: response.status, text: response.text }).toEqual({ status: 200, text: 'null' });
    expect(response.headers['x-amz-executed-version']).toBe('$LATEST');
    expect(response.headers).not.toHaveProperty('x-amz-function-error');
  });

  it.each([
    ['Event', 202],
    ['DryRun', 204],
  ])('of the type %s is %i, without a body', async (type, status) => {
    const response = await invoke('f', {}, { 'X-Amz-Invocation-Type': type });
    expect({ status: response.status, text: response.text }).toEqual({ status, text: '' });
  });

  it('of a function that is not there is 404, with its ARN', async () => {
    const response = await invoke('nope');
    expect(response.status).toBe(404);
    expect(response.text).toBe(
      '{"Type":"User","Message":"Function not found: arn:aws:lambda:us-east-1:123456789012:function:nope:$LATEST"}',
    );
    expect(response.headers['x-amzn-errortype']).toBe('ResourceNotFoundException');
  });

  it('with a payload that is no JSON is 400', async () => {
    const response = await ask('POST /2015-03-31/functions/f/invocations', {}, 'n\x87r');
    expect(response.status).toBe(400);
    expect(response.headers['x-amzn-errortype']).toBe('InvalidRequestContentException');
    expect(response.json).toEqual({
      Type: 'User',
      message: expect.stringMatching(
        /^Could not parse request body into json: Could not parse payload into json: ./,
      ),
    });
  });
});

describe('a function whose reserved concurrency is used up', () => {
  const REFUSED =
    '{"Reason":"ReservedFunctionConcurrentInvocationLimitExceeded","Type":"User","message":"Rate Exceeded."}';

  it('is not run: 429', async () => {
    const response = await invoke('off');
    expect({ status: response.status, text: response.text }).toEqual({
      status: 429,
      text: REFUSED,
    });
    expect(response.headers['x-amzn-errortype']).toBe('TooManyRequestsException');
    expect(reports()).toContainEqual({
      type: 'warning',
      function: 'off',
      message: expect.stringContaining('the reservedConcurrency of off is used up (0)'),
    });
  });

  it('takes the event of an asynchronous invocation', async () => {
    const response = await invoke('off', {}, { 'X-Amz-Invocation-Type': 'Event' });
    expect(response.status).toBe(202);
  });

  it('runs as many as are reserved, and is run again when they have ended', async () => {
    const responses = await Promise.all([
      invoke('single', { 'X-Hang': '1' }),
      invoke('single', { 'X-Hang': '1' }),
    ]);
    expect(responses.map(({ status }) => status).sort()).toEqual([200, 429]);
    expect((await invoke('single', { 'X-Result': '1' })).text).toBe('1');
  });
});

describe('a function that fails', () => {
  it.each<[string, string, Record<string, unknown>, string, string]>([
    [
      'with a response over the limit',
      'f',
      { 'X-Size': '6291557' },
      'Function.ResponseSizeTooLarge',
      'Response payload size exceeded maximum allowed payload size (6291556 bytes).',
    ],
    [
      'by its timeout',
      'brief',
      { 'X-Hang': '1' },
      'Sandbox.Timedout',
      'RequestId: ID Error: Task timed out after 1.00 seconds',
    ],
    [
      'by exiting with 0',
      'f',
      { 'X-Exit': '0' },
      'Runtime.ExitError',
      'RequestId: ID Error: Runtime exited without providing a reason',
    ],
    [
      'by exiting with a status',
      'f',
      { 'X-Exit': '127' },
      'Runtime.ExitError',
      'RequestId: ID Error: Runtime exited with error: exit status 127',
    ],
    [
      'by exiting with 0 during its init',
      'done',
      {},
      'Runtime.ExitError',
      'RequestId: ID Error: Runtime exited without providing a reason',
    ],
    [
      'by exiting with a status during its init',
      'gone',
      {},
      'Runtime.ExitError',
      'RequestId: ID Error: Runtime exited with error: exit status 127',
    ],
  ])('%s is 200 and Unhandled', async (_how, key, does, errorType, errorMessage) => {
    const response = await invoke(key, does);
    expect(response.status).toBe(200);
    expect(response.headers['x-amz-function-error']).toBe('Unhandled');
    const requestId = String(response.headers['x-amzn-requestid']);
    expect(response.json).toEqual({
      errorType,
      errorMessage: errorMessage.replace('ID', requestId),
    });
  });

  it('in its init has the error that the runtime reports', async () => {
    const response = await invoke('broken');
    expect(response.status).toBe(200);
    expect(response.headers['x-amz-function-error']).toBe('Unhandled');
    expect(response.json).toEqual(INIT_ERROR);
  });
});
