import { existsSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { CancelledError, UsageError, UserError } from '../../src/errors.ts';
import { readDevAddress, removeDevAddress, writeDevAddress } from '../../src/local/dev-address.ts';
import { InvokeApi } from '../../src/local/invoke-api/invoke-api.ts';
import { failure } from '../../src/local/lambda/invocation.ts';
import { quoted } from '../../src/message.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { invoke } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { type FakeResponse, invokeApi, run, SERVERLESS_YML, shop } from '../support/invoke.ts';
import { closedPort, listening } from '../support/listening.ts';

describe('invoke', () => {
  it('says what to start where nothing listens', async () => {
    const port = await closedPort();
    const { error } = await run('hello', { port: String(port) });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message: `nothing listens on 127.0.0.1:${port}.`,
      hint: expect.stringContaining('create-lambda-hello dev  in another terminal'),
      exitCode: 1,
    });
  });

  it('calls the Invoke API of dev', async () => {
    const served = readServerlessYml(SERVERLESS_YML, { file: 'serverless.yml', env: {} }).service;
    const service = { ...served, functions: served.functions.filter(({ key }) => key !== 'hello') };
    const api = new InvokeApi({
      service,
      report: () => {},
      invoke: async (key, { payload, clientContext = '' }) => {
        const logs = `${key} logged ${clientContext}`;
        if (key === 'worker') return { ...failure('Exception', quoted('no')), cold: true, logs };
        return { ok: true, payload, cold: false, logs };
      },
    });
    const server = createServer((request, response) => void api.handle(request, response));
    const port = String(await listening(server));
    const flags = { port, data: '{"a":"ä"}', clientContext: '{"b":"ö"}' };
    expect(await run('getOrder', flags)).toEqual({
      results: ['{\n  "a": "ä"\n}'],
      notes: ['getOrder logged {"b":"ö"}'],
      error: undefined,
    });
    const failed = await run('worker', flags);
    expect(failed.error).toMatchObject({ message: 'worker failed: Exception: no.' });
    expect(failed.notes).toEqual(['worker logged {"b":"ö"}']);
    const unknown = await run('hello', flags);
    expect((unknown.error as Error).message).toContain('has no function hello');
  });

  const refusal = (type: string, message: string, status: number): FakeResponse => ({
    status,
    headers: { 'x-amzn-ErrorType': type },
    body: JSON.stringify({ Type: 'User', message }),
  });

  it.each<[string, FakeResponse, string]>([
    [
      'a dev without the function',
      refusal('ResourceNotFoundException', 'Function not found: arn', 404),
      'has no function hello: it serves another service, or an older one.',
    ],
    ['something else', { status: 404, body: '<h1>no</h1>' }, 'is not create-lambda-hello dev'],
    [
      'a dev that is busy',
      refusal('TooManyRequestsException', 'Rate Exceeded.', 429),
      'hello has too much to do: Rate Exceeded.',
    ],
    [
      'a dev that refuses the event',
      refusal('RequestTooLargeException', 'Request must be smaller', 413),
      'refuses the call: RequestTooLargeException: Request must be smaller.',
    ],
    [
      'a dev that gives no reason',
      { status: 500, headers: { 'x-amzn-ErrorType': 'ServiceException' }, body: 'oops' },
      'refuses the call: ServiceException: oops.',
    ],
    ['a dev that dies', { cut: true }, 'failed (ECONNRESET).'],
  ])('tells an error of %s', async (_what, response, message) => {
    const api = await invokeApi(response);
    const { results, error } = await run('hello', { port: String(api.port) });
    expect(error).toBeInstanceOf(UserError);
    expect(error).not.toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
    expect(results).toEqual([]);
  });

  it('is ended by Ctrl-C while a function takes long', async () => {
    const api = await invokeApi({ hang: true });
    const called = api.nextCall();
    const { context, stop } = scripted({ cwd: shop() });
    const invoked = invoke(context, 'hello', { port: String(api.port) });
    await Promise.all([
      called.then(() => stop.abort()),
      expect(invoked).rejects.toBeInstanceOf(CancelledError),
    ]);
  });
});

describe('the address of dev', () => {
  const file = '.dart_tool/create-lambda-hello-dev.json';
  /** Above what any kernel gives a process. */
  const DEAD = 2 ** 30;

  it.each(['127.0.0.1', 'localhost', '0.0.0.0'])('is used by invoke: %s', async (host) => {
    const api = await invokeApi();
    const cwd = shop();
    await writeDevAddress(cwd, { port: api.port, host, pid: process.pid });
    expect((await run('hello', {}, { cwd })).error).toBeUndefined();
    expect(api.received).toHaveLength(1);
  });

  it('is gone after it was removed', async () => {
    const root = temporaryFolder();
    const address = { port: 3000, host: '127.0.0.1', pid: process.pid };
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
    await writeDevAddress(root, address);
    expect(await readDevAddress(root)).toEqual(address);
    await removeDevAddress(root);
    expect(await readDevAddress(root)).toBeUndefined();
    expect(existsSync(join(root, file))).toBe(false);
  });

  it('of another dev that runs is not removed, but that of a dead one is', async () => {
    const root = temporaryFolder();
    const other = { port: 3000, host: '127.0.0.1', pid: process.ppid };
    await writeDevAddress(root, other);
    await removeDevAddress(root);
    expect(await readDevAddress(root)).toEqual(other);
    await writeDevAddress(root, { ...other, pid: DEAD });
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
    expect(existsSync(join(root, file))).toBe(false);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"port":3000,"host":"a"}',
    `{"port":"3000","host":"a","pid":${process.pid}}`,
    '{"port":3000,"host":"a","pid":0}',
    '{"port":3000,"host":"a","pid":-1}',
  ])('is unknown where the file holds %j', async (content) => {
    const root = temporaryFolder();
    writeTree(root, { [file]: content });
    expect(await readDevAddress(root)).toBeUndefined();
  });

  it('is not written where .dart_tool is no folder, and that is no error', async () => {
    const root = temporaryFolder();
    writeTree(root, { '.dart_tool': 'a file' });
    await writeDevAddress(root, { port: 3000, host: '127.0.0.1', pid: process.pid });
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
  });
});
