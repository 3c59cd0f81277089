import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { delimiter, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { ask, type Dev, invoke, startDev } from '../support/dev.ts';
import { permanentFolder } from '../support/folders.ts';
import { listening } from '../support/listening.ts';

const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

/** Throws in the way that the header tells. */
const HANDLER = `import 'dart:convert';

import '../runtime/runtime.dart';

AwsApiGatewayResponse helloApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) {
  switch (event.headers['x-throws']) {
    case 'an error':
      throw StateError('it is broken');
    case 'no text':
      throw _NoText();
    case 'nothing readable':
      Error.throwWithStackTrace(_Unreadable(), _NoTrace());
    case 'an odd text':
      throw _Odd();
    case 'in dart':
      return AwsApiGatewayResponse.json(jsonDecode('{'));
  }
  return AwsApiGatewayResponse.json({'isolate': identityHashCode(_start)});
}

final _start = Object();

class _NoText implements Exception {
  @override
  String toString() => throw StateError('in toString');
}

class _Unreadable implements Exception {
  @override
  Type get runtimeType => throw _NoText();
  @override
  String toString() => toString();
}

class _NoTrace implements StackTrace {
  @override
  String toString() => throw _NoText();
}

class _OddType implements Type {
  @override
  String toString() => 'Odd\\r\\nX-Header: ü';
}

class _Odd implements Exception {
  @override
  Type get runtimeType => _OddType();
  @override
  String toString() => 'one\\ntwo \\u001b[2J \\ud800 ü';
}
`;

const SHOWS = { LAMBDA_RUNTIME_API_SHOWS_ERRORS: '1' };

/**
 * Gives the service one event for which it throws, and ends it at its next /next.
 *
 * @param status by which its error is answered
 * @returns what it has logged, and the error that it has posted
 */
async function runOnce(service: string, more: Record<string, string>, status: number) {
  let posted = '';
  const server = createServer(async (request, response) => {
    const body = await text(request);
    if (request.method === 'POST') {
      posted += body;
      response.writeHead(status).end();
    } else if (posted === '') {
      response.setHeader('Lambda-Runtime-Aws-Request-Id', 'id-1');
      response.end('{"headers": {"x-throws": "an error"}, "requestContext": {}}');
    } else {
      request.socket.destroy();
    }
  });
  const port = await listening(server);
  const child = spawn('dart', ['run', 'lib/main.dart'], {
    cwd: service,
    env: { ...env, ...more, AWS_LAMBDA_RUNTIME_API: `127.0.0.1:${port}`, _HANDLER: 'main.hello' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  const log = await text(child.stderr);
  return { log, posted };
}

describe.skipIf(dartBin === '')('an error of a function', () => {
  const { folder: cwd, remove } = permanentFolder();
  const service = join(cwd, 'shop');
  const main = join(service, 'lib/main.dart');
  beforeAll(() => {
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git', '--timeout', '20'], { cwd, env });
    writeFileSync(join(service, 'lib/handlers/hello.dart'), HANDLER);
  });
  afterAll(remove);

  const get = (dev: Dev, throws = '') =>
    ask(`${dev.origin}/hello`, { headers: { 'x-throws': throws } });
  /** How often the terminal of dev shows a text. */
  const count = (dev: Dev, what: string) => dev.log.filter((line) => line.includes(what)).length;

  it('is shown once by dev, without frames of the runtime, and the function serves on', async () => {
    const dev = await startDev(service, '--no-reload');
    const before = await (await get(dev)).json();
    expect((await get(dev, 'an error')).status).toBe(502);
    await dev.logs(' 502 ');
    expect(count(dev, 'it is broken')).toBe(1);
    expect(count(dev, '[hello] StateError: Bad state: it is broken')).toBe(1);
    expect(count(dev, '(lib/handlers/hello.dart:11:7)')).toBe(1);
    expect(count(dev, ' frames of the runtime (--verbose shows them)')).toBe(1);
    expect(dev.log.join('\n')).not.toMatch(/lib\/runtime|dart:async/);

    expect((await get(dev, 'in dart')).status).toBe(502);
    await dev.logs(' 502 ');
    expect(count(dev, 'FormatException: Unexpected end of input')).toBe(1);
    expect(dev.log.filter((line) => /^ {4}#\d/.test(line))).toEqual([
      expect.stringContaining('lib/handlers/hello.dart:11:7'),
      expect.stringContaining('lib/handlers/hello.dart:19:41'),
    ]);
    expect(await (await get(dev)).json()).toEqual(before);
  });

  it('is reported whatever was thrown, and the function serves on', async () => {
    const dev = await startDev(service, '--no-reload');
    const before = await (await get(dev)).json();
    const payload = async (throws: string) => {
      const body = JSON.stringify({ headers: { 'x-throws': throws }, requestContext: {} });
      const url = `${dev.origin}/2015-03-31/functions/hello/invocations`;
      const response = await fetch(url, { method: 'POST', body });
      return (await response.json()) as { stackTrace: readonly string[] };
    };
    for (const [throws, errorType, errorMessage, hasTrace] of [
      ['no text', 'NoText', 'An object whose toString() throws.', true],
      ['nothing readable', 'Error', 'An object whose toString() throws.', false],
      ['an odd text', 'Error', 'one\ntwo \x1b[2J \ud800 ü', true],
    ] as const) {
      expect((await get(dev, throws)).status, throws).toBe(502);
      const error = await payload(throws);
      expect(error, throws).toMatchObject({ errorType, errorMessage });
      const [first] = error.stackTrace;
      if (hasTrace) expect(first, throws).toContain('package:shop/handlers/hello.dart:');
      else expect(error.stackTrace, throws).toEqual([]);
    }
    expect(await (await get(dev)).json()).toEqual(before);
    expect(dev.log.join('\n')).not.toContain('ExitError');
  });

  it('is shown once, too, with every frame, with --verbose', async () => {
    const dev = await startDev(service, '--no-reload', '--verbose');
    expect((await get(dev, 'an error')).status).toBe(502);
    await dev.logs(' 502 ');
    expect(count(dev, 'it is broken')).toBe(1);
    expect(count(dev, 'frames of the runtime')).toBe(0);
    expect(count(dev, '(lib/handlers/hello.dart:11:7)')).toBe(1);
    expect(count(dev, '(lib/runtime/lambda_runtime.dart:')).toBeGreaterThan(1);
  });

  it('is shown by invoke once in the log and the answer', async () => {
    const dev = await startDev(service, '--no-reload');
    await invoke(dev.origin, 'hello');
    const event = JSON.stringify({ headers: { 'x-throws': 'an error' }, requestContext: {} });
    const args = ['invoke', 'hello', '--port', new URL(dev.origin).port, '--data', event];
    const { stdout, stderr } = spawnSync(inject('cli'), args, {
      cwd: service,
      env,
      encoding: 'utf8',
    });
    expect(JSON.parse(stdout)).toEqual({
      errorMessage: 'Bad state: it is broken',
      errorType: 'StateError',
      stackTrace: [
        expect.stringContaining('(lib/handlers/hello.dart:11:7)'),
        expect.stringMatching(/^\.\.\. \d+ frames of the runtime \(--verbose shows them\)$/),
      ],
    });
    expect(stderr.match(/it is broken/g)).toHaveLength(1);
    expect(stderr).toContain('error: hello failed: StateError: Bad state: it is broken.\n');
  });

  it('of the init is shown once, by dev or by the runtime', async () => {
    const source = readFileSync(main, 'utf8');
    const broken = "runtime.onInit(() => throw StateError('no start'));\n  await runtime.invoke();";
    writeFileSync(main, source.replace('await runtime.invoke();', broken));
    onTestFinished(() => writeFileSync(main, source));
    const dev = await startDev(service, '--no-reload');
    expect((await get(dev)).status).toBe(502);
    await dev.logs(' 502 ');
    expect(count(dev, 'no start')).toBe(1);
    expect(count(dev, '(lib/main.dart:12:')).toBe(1);

    for (const [more, status, times] of [
      [{}, 202, 1],
      [SHOWS, 202, 0],
      [SHOWS, 413, 1],
    ] as const) {
      const { log, posted } = await runOnce(service, more, status);
      expect(posted).toContain('no start');
      expect(log.match(/StateError: Bad state: no start\n#0 .*main\.dart:12:/g) ?? []).toHaveLength(
        times,
      );
    }
  });

  it.each([
    ['that shows no errors, as on AWS', {}, 202],
    ['that shows errors, but has not taken this one', SHOWS, 413],
  ])(
    'is logged by the runtime with its stack trace for a Lambda %s',
    async (_what, more, status) => {
      const { log, posted } = await runOnce(service, more, status);
      expect(posted).toContain('it is broken');
      expect(log.match(/RequestId: id-1 StateError: Bad state: it is broken/g)).toHaveLength(1);
      expect(log).toMatch(/#0 +helloApiGateway \(.*hello\.dart:11:7\)/);
      expect(log).toContain('/lambda_runtime.dart:');
    },
  );

  it('is not logged by the runtime for a Lambda that shows it', async () => {
    const { log, posted } = await runOnce(service, SHOWS, 202);
    expect(posted).toContain('it is broken');
    expect(log).not.toContain('it is broken');
  });
});
