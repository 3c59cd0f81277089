import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it, onTestFinished } from 'vitest';
import { base64 } from '../../support/base64.ts';
import { temporaryFolder } from '../../support/folders.ts';
import { ARN, FAIL, FAILED, LOG, LOG_TAIL, mount } from '../../support/invoke-api.ts';
import { findProgram, installedOsls, userEnv } from '../../support/moto.ts';

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
      `(ResourceNotFoundException) when calling the Invoke operation: Function not found: ${ARN}:nope:$LATEST`,
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
    const response = await send(origin, 'Invoke', {
      FunctionName: `${ARN}:shop-dev-hello`,
      Qualifier: '$LATEST',
      Payload: '{"name":"Ada 🚀"}',
      LogType: 'Tail',
      ClientContext: base64('{"custom":{}}'),
    });
    expect(response).toMatchObject({
      StatusCode: 200,
      ExecutedVersion: '$LATEST',
      LogResult: LOG_TAIL,
      $metadata: { requestId: calls[0]?.invocation.requestId },
    });
    expect(response.FunctionError).toBeUndefined();
    expect(response.Payload.transformToString()).toBe('{"name":"Ada 🚀"}');
    expect(calls[0]?.invocation.clientContext).toBe('{"custom":{}}');
  });

  it('shows a function error', async () => {
    const { origin } = await mount(FAIL);
    const response = await send(origin, 'Invoke');
    expect(response).toMatchObject({ StatusCode: 200, FunctionError: 'Unhandled' });
    expect(response.Payload.transformToString()).toBe(FAILED.payload.toString());
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
    const response = await send(origin, 'InvokeWithResponseStream', input);
    const chunks: Buffer[] = [];
    const completed: object[] = [];
    for await (const { PayloadChunk, InvokeComplete } of response.EventStream) {
      expect(completed).toEqual([]); // nothing comes after it
      if (PayloadChunk) chunks.push(Buffer.from(PayloadChunk.Payload));
      if (InvokeComplete) completed.push(InvokeComplete);
    }
    return { response, chunks, completed };
  }

  it('gets a stream', async () => {
    const { origin, calls } = await mount();
    const { response, chunks, completed } = await stream(origin, {
      Payload: '{"name":"Ada 🚀"}',
      LogType: 'Tail',
    });
    expect(response).toMatchObject({
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
