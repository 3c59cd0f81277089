import { execFileSync, spawnSync } from 'node:child_process';
import { appendFileSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, inject, it } from 'vitest';
import { type Dev, invoke, startDev } from '../support/dev.ts';
import { temporaryFolder } from '../support/folders.ts';

/* The packed CLI and a real Dart VM with its service: nothing is played here. */
const dartBin = inject('dartBin');

describe.skipIf(dartBin === '')('dev, while files are edited', () => {
  let service: string;
  const path = (file: string) => join(service, file);
  const read = (file: string) => readFileSync(path(file), 'utf8');
  const edit = (file: string, from: string | RegExp, to: string) => {
    const before = read(file);
    const after = before.replace(from, to);
    expect(after).not.toBe(before);
    writeFileSync(path(file), after);
  };
  const handler = 'lib/handlers/hello.dart';

  beforeEach(() => {
    const cwd = temporaryFolder();
    execFileSync(inject('cli'), ['shop', '--yes', '--no-git'], { cwd });
    service = join(cwd, 'shop');
    // State of the process: it tells whether it is still the same one.
    edit(handler, "'message': 'Hello to", "'count': ++_count,\n    'message': 'Hello to");
    appendFileSync(path(handler), '\nvar _count = 0;\n');
  });

  const hello = async (dev: Dev) => {
    const { statusCode, body } = await invoke(dev.origin, 'hello');
    expect(statusCode).toBe(200);
    return JSON.parse(body) as { count: number; message: string; name?: string };
  };

  /** Compiles it; the kernel is kept for a `dev` that reloads nothing. */
  const compile = (kind: 'exe' | 'kernel', output: string) => {
    const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}` };
    execFileSync('dart', ['compile', kind, 'lib/main.dart', '-o', output], { cwd: service, env });
  };

  /** Asks until the answer begins so: a save can be seen, and reloaded, in two steps. */
  const until = async (dev: Dev, start: string) => {
    for (;;) {
      const answer = await hello(dev);
      if (answer.message.startsWith(start)) return answer;
    }
  };

  it('serves the new code from the same process, also the first time', async () => {
    const dev = await startDev(service);
    let { count } = await until(dev, 'Hello to');
    expect(count).toBe(1);
    for (const word of ['Bye', 'Hi', 'Moin']) {
      edit(handler, /'\w+ to/, `'${word} to`);
      expect(await dev.logs('Reloaded in')).toContain(`: ${handler}`);
      const answer = await until(dev, `${word} to`);
      expect(answer.count).toBeGreaterThan(count);
      count = answer.count;
    }
    // Nothing of the VM service that makes it possible is seen.
    expect(dev.log.join('\n')).not.toContain('VM service');
  });

  it('serves the new code of a middleware, too', async () => {
    const middleware = 'lib/middleware.dart';
    writeFileSync(
      path(middleware),
      `import 'runtime/runtime.dart';

HttpHandler greeting(HttpHandler next) => (context, event) async {
  final response = await next(context, event);
  return response.copyWith(body: response.body.replaceFirst('Hello', 'Bye'));
};
`,
    );
    edit('lib/main.dart', 'Runtime()', 'Runtime()\n    ..use(greeting)');
    edit('lib/main.dart', 'import', "import 'middleware.dart';\nimport");
    const dev = await startDev(service);
    await until(dev, 'Bye to');
    edit(middleware, "'Bye'", "'Hi'");
    expect((await until(dev, 'Hi to')).count).toBeGreaterThan(1);
  });

  it('shows what does not compile, serves the old code, and recovers with the next good save', async () => {
    const dev = await startDev(service);
    await hello(dev);
    const good = read(handler);
    edit(handler, /'Hello to/, "oops 'Hello to");
    await dev.logs('The code does not compile; still serving the previous code:');
    expect(await dev.logs('Error:')).toMatch(/^lib\/handlers\/hello\.dart:\d+:\d+: Error: /);
    expect(await hello(dev)).toMatchObject({ count: 2, message: expect.stringMatching(/^Hello/) });
    writeFileSync(path(handler), good.replace('Hello to', 'Fine to'));
    expect((await until(dev, 'Fine to')).count).toBeGreaterThan(2);
  });

  it('replaces the processes when main.dart changes, but not by one that does not compile', async () => {
    const dev = await startDev(service);
    await hello(dev);
    edit('lib/main.dart', 'main() async {', 'main( async {');
    await dev.logs('The code does not compile');
    expect((await hello(dev)).count).toBe(2);
    edit('lib/main.dart', 'main( async {', "main() async {\n  print('started again');");
    await dev.logs('Restarted: lib/main.dart');
    expect((await hello(dev)).count).toBe(1);
    await dev.logs('started again');
  });

  it('serves a route that is added, and keeps the processes of other functions', async () => {
    const dev = await startDev(service);
    await hello(dev);
    edit('serverless.yml', 'path: /hello\n', 'path: /hello\n      - http: GET /hi\n');
    await dev.logs('Read again: serverless.yml');
    const response = await fetch(`${dev.origin}/hi`);
    expect(await response.json()).toMatchObject({ count: 2 });
    edit('serverless.yml', 'functions:', 'functions: [');
    await dev.logs('warning:');
    expect((await hello(dev)).count).toBe(3);
  });

  it('serves what a file says that serverless.yml names, and follows both, and .env', async () => {
    const dollar = '$';
    edit('serverless.yml', 'provider:', 'useDotenv: true\nprovider:');
    writeFileSync(path('.env'), 'BASE=v1\n');
    const dev = await startDev(service);
    const route = `      - http: ${dollar}{file(routes.yml):hi}\n`;
    edit('serverless.yml', '    events:\n', `    events:\n${route}`);
    await dev.logs('warning:');
    // It was looked for, and is followed before it is there.
    writeFileSync(path('routes.yml'), `hi: GET /${dollar}{env:BASE}/hi\n`);
    await dev.logs('Read again: routes.yml');
    const status = async (url: string) => (await fetch(`${dev.origin}${url}`)).status;
    expect(await status('/v1/hi')).toBe(200);
    writeFileSync(path('.env'), 'BASE=v2\n');
    await dev.logs('Restarted: .env');
    expect(await status('/v2/hi')).toBe(200);
  });

  it('gives the variables of .env to new processes, over those of serverless.yml', async () => {
    edit(
      'serverless.yml',
      'provider:',
      'provider:\n  environment:\n    NAME: yml\n    OTHER: yml\n',
    );
    edit(handler, "'count'", "'name': Platform.environment['NAME'], 'count'");
    edit(handler, "import '../", "import 'dart:io';\n\nimport '../");
    const dev = await startDev(service, '--env-file', 'more.env').catch(() => undefined);
    expect(dev).toBeUndefined();
    writeFileSync(path('more.env'), 'OTHER=more\n');
    const second = await startDev(service, '--env-file', 'more.env');
    expect(await hello(second)).toMatchObject({ name: 'yml' });
    writeFileSync(path('.env'), 'NAME="from .env"\n');
    await second.logs('Restarted: .env');
    expect(await hello(second)).toMatchObject({ name: 'from .env', count: 1 });
  });

  it('fetches packages and restarts when pubspec.yaml changes', async () => {
    const dev = await startDev(service);
    await hello(dev);
    edit('pubspec.yaml', /^description: .*$/m, 'description: Another one.');
    await dev.logs('pub get');
    await dev.logs('Restarted: pubspec');
    expect((await hello(dev)).count).toBe(1);
  });

  it('follows nothing with --no-reload', async () => {
    const dev = await startDev(service, '--no-reload');
    await hello(dev);
    edit(handler, "'Hello to", "'Bye to");
    expect((await hello(dev)).message).toMatch(/^Hello/);
  });

  it('logs one JSON document per line with --json, on standard output', async () => {
    compile('kernel', 'hello.dill');
    const dev = await startDev(service, '--json', '--no-reload');
    expect((await fetch(`${dev.origin}/hello`)).status).toBe(200);
    dev.child.kill('SIGINT');
    await dev.exited;
    const [ready, ...reports] = dev.table.map((line) => JSON.parse(line));
    expect(ready).toMatchObject({ type: 'ready', endpoints: [{ path: '/hello' }, {}] });
    const types = reports.map(({ type }) => type);
    expect(types).toEqual(['cold-start', 'platform', 'platform', 'platform', 'request']);
    expect(reports.at(-1)).toMatchObject({
      method: 'GET',
      path: '/hello',
      status: 200,
      cold: true,
    });
  });

  it('shows no request that went well with --quiet', async () => {
    compile('kernel', 'hello.dill');
    const dev = await startDev(service, '--quiet', '--no-reload');
    expect((await fetch(`${dev.origin}/hello`)).status).toBe(200);
    await fetch(`${dev.origin}/none`);
    dev.child.kill('SIGINT');
    await dev.exited;
    expect(dev.log.filter((line) => line.startsWith('GET '))).toEqual([]);
  });

  it('runs the compiled executable with --bootstrap, and another one when it is built', async () => {
    const architecture = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    edit('serverless.yml', /architecture: \w+/, `architecture: ${architecture}`);
    const build = () => {
      const folder = `build/lambda/main-${architecture}`;
      mkdirSync(path(folder), { recursive: true });
      compile('exe', `${folder}/new`);
      renameSync(path(`${folder}/new`), path(`${folder}/bootstrap`));
    };
    const refused = spawnSync(inject('cli'), ['dev', '--bootstrap'], {
      cwd: service,
      encoding: 'utf8',
    });
    expect(refused.status).toBe(1);
    expect(refused.stderr).toMatch(
      /^error: there is no .*bootstrap\.\nTry: create-lambda-hello build\n$/,
    );
    build();
    const dev = await startDev(service, '--bootstrap');
    expect((await hello(dev)).message).toMatch(/^Hello/);
    edit(handler, "'Hello to", "'Bye to");
    build();
    await dev.logs('Restarted: build/lambda/');
    expect((await hello(dev)).message).toMatch(/^Bye/);
  });
});
