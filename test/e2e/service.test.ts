import { execFileSync, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { delimiter, join, sep } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { ask, invoke, startDev } from '../support/dev.ts';
import { permanentFolder } from '../support/folders.ts';
import { dartTime } from '../support/speed.ts';

/*
 * The real thing, but for the SDK's own tools: the Dart VM and its compiler are
 * real, `dart pub`, `dart run` and `dart test` are the stand-ins of
 * test/toolchain, and so is package:test.
 */
const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

function dart(cwd: string, ...args: string[]) {
  const { status, stdout, stderr } = spawnSync('dart', args, { cwd, env, encoding: 'utf8' });
  return { status, output: stdout + stderr };
}

/** The processes that have something to do with the folder. */
function processesOf(folder: string): string[] {
  return readdirSync('/proc').filter((pid) => {
    if (!/^\d+$/.test(pid)) return false;
    try {
      const cwd = readlinkSync(`/proc/${pid}/cwd`);
      return (
        cwd.startsWith(folder) || readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(folder)
      );
    } catch {
      return false; // ended meanwhile
    }
  });
}

const post = (origin: string, body: string) =>
  fetch(`${origin}/postRequest`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });

describe.skipIf(dartBin === '').each(['rest', 'http'])('the generated service (%s)', (api) => {
  const { folder: cwd, remove } = permanentFolder();
  const service = join(cwd, 'my-hello');
  beforeAll(() => {
    const flags = ['--api', api, '--yes', '--no-git'];
    execFileSync(inject('cli'), ['my-hello', ...flags], { cwd, env });
  });
  afterAll(remove);

  it('compiles, every Dart file of it, passes its own tests, and fails them when it is wrong', () => {
    const files = readdirSync(join(service, 'lib'), { recursive: true, encoding: 'utf8' }).filter(
      (path) => path.endsWith('.dart'),
    );
    expect(files.length).toBeGreaterThan(10);
    const all = files.map((path, index) => `import '../lib/${path}' as file$${index};\n`).join('');
    const every = join(service, 'test/every_file_test.dart');
    writeFileSync(every, `// ignore_for_file: unused_import\n${all}void main() {}\n`);
    expect(dart(service, 'pub', 'get')).toMatchObject({ status: 0 });
    const good = dart(service, 'test');
    expect(good.status, good.output).toBe(0);
    expect(good.output).not.toMatch(/Error|Warning/);
    const handler = join(service, 'lib/handlers/hello.dart');
    const source = readFileSync(handler, 'utf8');
    writeFileSync(handler, source.replace('Hello to', 'Bye to'));
    expect(dart(service, 'test').status).toBe(1);
    writeFileSync(handler, source);
    rmSync(every);
  });

  it('answers under dev, and leaves no process after Ctrl-C', async () => {
    const dev = await startDev(service, '--no-reload');
    const [heading, ...rows] = dev.table.slice(0, 3);
    expect(dev.table.slice(3)).toEqual(['', `Explorer: ${dev.origin}/_explorer`]);
    expect(heading).toMatch(/^METHOD +PATH +FUNCTION +URL$/);
    expect(rows.map((row) => row.split(/ +/))).toEqual([
      ['GET', '/hello', 'hello', `${dev.origin}/hello`],
      ['POST', '/postRequest', 'postRequest', `${dev.origin}/postRequest`],
    ]);

    const first = performance.now();
    // One after the other: the second runs what was compiled for the first.
    await invoke(dev.origin, 'hello');
    await invoke(dev.origin, 'postRequest');
    // bench/dev.mjs measures; CI may be busy.
    expect(performance.now() - first).toBeLessThan(dartTime(10_000));
    const hello = await fetch(`${dev.origin}/hello`, { headers: { 'user-agent': 'tester' } });
    expect(hello.status).toBe(200);
    expect(hello.headers.get('content-type')).toBe('application/json');
    expect(await hello.json()).toEqual({
      message: expect.stringMatching(/^Hello to [0-9a-f-]{36}$/),
      host: dev.origin.slice('http://'.length),
      userAgent: 'tester',
    });

    const greeting = await post(dev.origin, '{"name": "Zoë"}');
    expect(greeting.status).toBe(200);
    expect(await greeting.json()).toEqual({ message: 'Hello Zoë from AWS Lambda!!' });

    for (const [body, problem] of [
      ['', 'The body is missing.'],
      ['name=Ada', 'not valid JSON'],
      ['[]', 'must be an object'],
      ['{}', '"name" is missing'],
      ['{"name": 1}', '"name" must be a string, but it is a number'],
    ] as const) {
      const refusal = await post(dev.origin, body);
      expect(refusal.status, body).toBe(400);
      expect(refusal.headers.get('content-type')).toBe('application/problem+json');
      expect(((await refusal.json()) as { detail: string }).detail, body).toContain(problem);
    }

    const unknown = await fetch(`${dev.origin}/nowhere`);
    expect([unknown.status, await unknown.json()]).toEqual(
      api === 'rest'
        ? [403, { message: 'Missing Authentication Token' }]
        : [404, { message: 'Not Found' }],
    );

    expect(processesOf(service).length).toBeGreaterThan(1);
    dev.child.kill('SIGINT');
    // npm passes on to what `npx` runs what the terminal has told it already: at any moment, but
    // before it would be a second Ctrl-C of somebody who waits in vain.
    const repeatsEnd = performance.now() + 250;
    while (dev.child.exitCode === null && performance.now() < repeatsEnd) {
      dev.child.kill('SIGTERM');
      await setImmediate();
    }
    expect(await dev.exited).toEqual([0, null]);
    expect(processesOf(service)).toEqual([]);
  });
});

/** In seconds; a second is enough for an answer where the VM is not emulated. */
const TIMEOUT = dartTime(1);

describe.skipIf(dartBin === '')('dev', () => {
  const { folder: cwd, remove } = permanentFolder();
  let count = 0;
  /** A new service, with its main.dart changed. */
  function generate(change: (main: string) => string = (main) => main): string {
    count += 1;
    const flags = ['--yes', '--no-git', '--timeout', String(TIMEOUT)];
    execFileSync(inject('cli'), [`shop-${count}`, ...flags], { cwd, env });
    const service = join(cwd, `shop-${count}`);
    const main = join(service, 'lib/main.dart');
    writeFileSync(main, change(readFileSync(main, 'utf8')));
    return service;
  }
  const handler = (body: string) => (main: string) =>
    main.replace(
      "'main.hello', helloApiGateway",
      `'main.hello', (context, event) async { ${body} }`,
    );
  afterAll(remove);

  it('shows what a function prints with its name, and its errors with the stack', async () => {
    const broken = generate(handler("print('a line'); throw StateError('broken');"));
    const dev = await startDev(broken, '--no-reload');
    expect((await ask(`${dev.origin}/hello`)).status).toBe(502);
    expect(dev.log).toContain('[hello] a line');
    expect(dev.log.join('\n')).toMatch(/StateError|Bad state: broken/);
    expect(dev.log.join('\n')).toContain('main.dart:');
  });

  it('ends a function at its timeout, and starts it anew for the next request', async () => {
    const slow =
      "if (event.headers['x-slow'] != null) { while (true) {} } return AwsApiGatewayResponse.json({});";
    const dev = await startDev(generate(handler(slow)), '--no-reload');
    await invoke(dev.origin, 'hello');
    const timedOut = await fetch(`${dev.origin}/hello`, { headers: { 'x-slow': '1' } });
    expect(timedOut.status).toBe(502);
    expect(dev.log.join('\n')).toContain(`Task timed out after ${TIMEOUT}.00 seconds`);
    expect((await ask(`${dev.origin}/hello`)).status).toBe(200);
  });

  it('tells a compile error with file and line', async () => {
    const service = generate();
    appendFileSync(join(service, 'lib/handlers/hello.dart'), 'int wrong = "text";\n');
    const dev = await startDev(service);
    expect((await ask(`${dev.origin}/hello`)).status).toBe(502);
    expect(dev.log.join('\n')).toMatch(/lib\/handlers\/hello\.dart:\d+:\d+: Error/);
  });

  it('stops cleanly while a function runs, also on SIGTERM', async () => {
    const service = generate(handler('while (true) {}'));
    const dev = await startDev(service);
    const answer = fetch(`${dev.origin}/hello`).catch(() => 'closed');
    await vi.waitUntil(() => processesOf(service).length >= 2, { timeout: dartTime(60_000) });
    dev.child.kill('SIGTERM');
    expect(await dev.exited).toEqual([0, null]);
    await answer;
    expect(processesOf(service)).toEqual([]);
  });

  it('passes no name through a shell', async () => {
    const odd = join(cwd, '$(touch pwned); `touch pwned` \'"&|*');
    mkdirSync(odd);
    execFileSync(inject('cli'), ['shop', '--yes'], { cwd: odd, env });
    const service = join(odd, 'shop');
    const dev = await startDev(service);
    expect((await ask(`${dev.origin}/hello`)).status).toBe(200);
    const names = readdirSync(cwd, { recursive: true, encoding: 'utf8' });
    expect(names.filter((name) => name.endsWith(`${sep}pwned`))).toEqual([]);
  });

  it('tells who has the port', async () => {
    const service = generate();
    const first = await startDev(service);
    const port = new URL(first.origin).port;
    const second = spawnSync(inject('cli'), ['dev', '--port', port], { cwd: service, env });
    expect(second.status).toBe(1);
    expect(second.stderr.toString()).toMatch(/error: [^\n]*in use[^\n]*\nTry: [^\n]*--port/);
  });

  it.each<[string, (service: string) => void, string, string]>([
    [
      'a broken serverless.yml',
      (at) => writeFileSync(join(at, 'serverless.yml'), 'service: [\n'),
      'serverless.yml:2:1: ',
      'correct that line',
    ],
    [
      'a handler without its file',
      (at) => appendFileSync(join(at, 'serverless.yml'), '  x:\n    handler: other.x\n'),
      'there is no lib/other.dart',
      'create lib/other.dart',
    ],
    [
      'a broken pubspec.yaml',
      (at) => writeFileSync(join(at, 'pubspec.yaml'), 'name: [\n'),
      'dart pub get failed',
      'correct what it says',
    ],
  ])('refuses %s with one message and a hint', (_name, spoil, message, hint) => {
    const service = generate();
    spoil(service);
    const { status, stdout, stderr } = spawnSync(inject('cli'), ['dev'], {
      cwd: service,
      env,
      encoding: 'utf8',
    });
    expect(status).not.toBe(0);
    expect(stdout).toBe('');
    expect(stderr).toContain(`error: `);
    expect(stderr).toContain(message);
    expect(stderr).toContain(`\nTry: ${hint}`);
  });

  it('says where it looked when there is no Dart', () => {
    const service = generate();
    const node = join(process.execPath, '..');
    const { status, stderr } = spawnSync(process.execPath, [inject('cli'), 'dev'], {
      cwd: service,
      env: { ...env, PATH: node, DART_SDK: '', FLUTTER_ROOT: '', XDG_CACHE_HOME: service },
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    const cache = join(service, 'create-lambda-hello/dart-sdk');
    expect(stderr).toBe(
      `error: no Dart SDK was found: no dart on PATH; no flutter on PATH; none fetched into ${cache}.\n` +
        'Try: create-lambda-hello install-dart  fetches one; or install it from https://dart.dev/get-dart\n',
    );
  });
});
