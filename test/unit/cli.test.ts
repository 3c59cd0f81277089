import { afterEach, describe, expect, it, vi } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { build } from '../../src/commands/build.ts';
import { create } from '../../src/commands/create/create.ts';
import { deploy } from '../../src/commands/deploy/deploy.ts';
import { dev } from '../../src/commands/dev/dev.ts';
import { devOptions } from '../../src/commands/dev/options.ts';
import { doctor } from '../../src/commands/doctor/doctor.ts';
import { info } from '../../src/commands/info.ts';
import { logs } from '../../src/commands/logs.ts';
import { remove } from '../../src/commands/remove/remove.ts';
import { test } from '../../src/commands/test.ts';
import type { Context } from '../../src/context.ts';
import { UsageError } from '../../src/errors.ts';
import { readFlags } from '../../src/options/option.ts';
import { PLAIN } from '../../src/ui/style.ts';

vi.mock('../../src/commands/create/create.ts', () => ({ create: vi.fn() }));
vi.mock('../../src/commands/dev/dev.ts', () => ({ dev: vi.fn() }));
vi.mock('../../src/commands/build.ts', () => ({ build: vi.fn() }));
vi.mock('../../src/commands/deploy/deploy.ts', () => ({ deploy: vi.fn() }));
vi.mock('../../src/commands/doctor/doctor.ts', () => ({ doctor: vi.fn() }));
vi.mock('../../src/commands/info.ts', () => ({ info: vi.fn() }));
vi.mock('../../src/commands/logs.ts', () => ({ logs: vi.fn() }));
vi.mock('../../src/commands/remove/remove.ts', () => ({ remove: vi.fn() }));
vi.mock('../../src/commands/test.ts', () => ({ test: vi.fn() }));

const context = {} as Context;
let verbose: boolean | undefined;
/** The file of the service that the current folder belongs to. */
let service: string | undefined;
const print = vi.fn();
const run = (...argv: string[]) =>
  runCli(
    argv,
    PLAIN,
    async (options) => {
      verbose = options.verbose;
      return context;
    },
    { write: print },
    () => service,
  );

afterEach(() => {
  service = undefined;
  vi.clearAllMocks();
  vi.restoreAllMocks();
});

describe('the command line', () => {
  it.each([
    [[], undefined, { git: true, runtime: 'embedded' }],
    [['hello'], 'hello', { git: true, runtime: 'embedded' }],
    [
      ['hello', '--yes', '--install', '--no-git'],
      'hello',
      { yes: true, install: true, git: false, runtime: 'embedded' },
    ],
    // What scripts of an older version say.
    [['hello', '--no-install'], 'hello', { install: false, git: true, runtime: 'embedded' }],
    [['-y', 'hello'], 'hello', { yes: true, git: true, runtime: 'embedded' }],
    [['--api', 'http', '.'], '.', { api: 'http', git: true, runtime: 'embedded' }],
    [
      ['hello', '--memory=256', '--dry-run'],
      'hello',
      { memory: 256, dryRun: true, git: true, runtime: 'embedded' },
    ],
    [['--', '--odd'], '--odd', { git: true, runtime: 'embedded' }],
  ])('%j creates', async (argv, directory, flags) => {
    await run(...argv);
    expect(create).toHaveBeenCalledExactlyOnceWith(context, directory, flags);
    expect(verbose).toBe(false);
  });

  it.each([
    [['dev'], {}],
    [['dev', '--port', '8080', '--host', '::1'], { port: 8080, host: '::1' }],
    [['dev', '--stage', 'prod'], { stage: 'prod' }],
  ])('%j serves', async (argv, flags) => {
    await run(...argv);
    const defaults = readFlags(devOptions, {});
    expect(dev).toHaveBeenCalledExactlyOnceWith(context, { ...defaults, ...flags });
    expect(create).not.toHaveBeenCalled();
  });

  it.each([
    [
      ['build', '--force', '--build-in-container'],
      build,
      [{ force: true, buildInContainer: true }],
    ],
    [['deploy'], deploy, [{}]],
    [['deploy', '--smoke', '--stage', 'prod'], deploy, [{ smoke: true, stage: 'prod' }]],
    [
      ['deploy', '--region=eu-west-1', '--aws-profile', 'work'],
      deploy,
      [{ region: 'eu-west-1', awsProfile: 'work' }],
    ],
    [['remove', '-y', '--stage', 'prod'], remove, [{ yes: true, stage: 'prod' }]],
    [['info'], info, [{}]],
    [['logs', 'hello', '--tail'], logs, ['hello', { tail: true }]],
    [['doctor', '--json'], doctor, [{ json: true }]],
    [['test'], test, [[]]],
    [['test', '--name', 'x y', '-r', 'json'], test, [['--name', 'x y', '-r', 'json']]],
  ])('%j runs its command', async (argv, command, args) => {
    await run(...argv);
    expect(command).toHaveBeenCalledExactlyOnceWith(context, ...args);
    expect(create).not.toHaveBeenCalled();
  });

  it.each([['demo'], ['rest'], ['test2'], ['dev-api'], ['./devv'], ['shop'], ['invoices']])(
    '%s is no slip of a command: it creates',
    async (directory) => {
      await run(directory);
      expect(create).toHaveBeenCalledOnce();
    },
  );

  it('creates what is nearly a command when --yes says so', async () => {
    await run('devv', '--yes');
    expect(create).toHaveBeenCalledOnce();
  });

  it('--verbose reaches the context', async () => {
    await run('hello', '--verbose');
    expect(verbose).toBe(true);
  });

  it.each([
    [['--ap', 'rest'], "unknown option '--ap'", '--api'],
    [['hello', '--nonsense'], "unknown option '--nonsense'", 'create-lambda-hello --help'],
    [['hello', '--api'], "option '--api <kind>' argument missing", 'create-lambda-hello --help'],
    [['a', 'b'], '"a" is not a command.', 'create-lambda-hello --help'],
    [['create', 'my shop'], '"create" is not a command.', "create-lambda-hello 'my shop'"],
    [
      ['devv'],
      '"devv" is not a command. Did you mean dev?',
      'create-lambda-hello dev  (a service of that name: create-lambda-hello ./devv)',
    ],
    [['add-endpiont', 'getOrder', '--path', '/x'], 'Did you mean add-endpoint?', undefined],
    [['addendpoint'], 'Did you mean add-endpoint?', undefined],
    [['Deploy'], 'Did you mean deploy?', undefined],
    [['invok', '--data', '{}'], 'Did you mean invoke?', undefined],
    [['run', 'hello'], '"run" is not a command. Did you mean dev or invoke?', undefined],
    [
      ['deploy', '--stage', ''],
      '--stage: the value is empty.',
      'create-lambda-hello deploy --help',
    ],
    [['add-endpoint', 'a', '--request='], '--request: the value is empty.', undefined],
    [['hello', '--api', ' '], '--api: the value is empty.', 'create-lambda-hello --help'],
    [['logs'], "missing required argument 'function'", 'create-lambda-hello logs --help'],
    [['deploy', '--stag', 'x'], "unknown option '--stag'", '--stage'],
    [['dev', 'x'], 'too many arguments', 'create-lambda-hello dev --help'],
    [['dev', '--prot', '1'], "unknown option '--prot'", '--port'],
    [['dev', '--port', '1e3'], '--port: "1e3" is not a port, 0 to 65535.', '--port 3000'],
    [['shop', '--memory', '1'], '--memory: "1" is not a whole number from 128', '--memory 128'],
    [['deploy', '--stage', 'a b'], '--stage: "a b" is not the name of a stage', '--stage dev'],
    [
      ['info', '--stage', '\x1b[2J'],
      '--stage: "\\u001b[2J" is not the name of a stage',
      '--stage dev',
    ],
    [['info', '--region', '\x1b[2J'], '--region: "\\u001b[2J" is not', '--region eu-central-1'],
    [['info', '--region', 'x'], '--region: "x" is not an AWS region', '--region eu-central-1'],
  ])('%j is a usage error', async (argv, message, hint) => {
    const error = await usageError(argv);
    expect(error.message).toContain(message);
    if (hint !== undefined) expect(error.hint).toBe(hint);
  });

  it.each([
    [['serve'], 'dev', './serve'],
    [['start'], 'dev or invoke', './start'],
    [['run', '--port', '3000'], 'dev or invoke', './run'],
    [['list'], 'endpoints', './list'],
    [['destroy', '--yes'], 'remove', './destroy'],
    [['--verbose', 'destroy'], 'remove', './destroy'],
    [['devv', '--yes'], 'dev', './devv'],
    [['endpoint'], 'endpoints', './endpoint'],
  ])('%j in the folder of a service is answered with %s', async (argv, meant, path) => {
    service = '/shop/serverless.yml';
    const error = await usageError(argv);
    expect(error.message).toMatch(new RegExp(`is not a command\\. Did you mean ${meant}\\?$`));
    expect(error.hint).toContain(`(a service of that name: create-lambda-hello ${path})`);
  });

  it.each([
    [['foo'], './foo'],
    [['foo', '--yes'], './foo'],
    [['--api', 'http', 'foo', '--dry-run'], './foo'],
    [['new', 'my shop'], "'./my shop'"],
  ])('%j in the folder of a service creates none: that is %s', async (argv, path) => {
    service = '/shop/serverless.yml';
    const error = await usageError(argv);
    expect(error.message).toContain('there is a service here already: /shop/serverless.yml.');
    expect(error.hint).toContain(`(another service: create-lambda-hello ${path})`);
  });

  it.each([['./foo'], ['../foo'], ['services/foo'], ['.'], ['C:\\\\foo']])(
    '%s in the folder of a service creates',
    async (path) => {
      service = '/shop/serverless.yml';
      await run(path, '--yes');
      expect(create).toHaveBeenCalledExactlyOnceWith(context, path, {
        yes: true,
        git: true,
        runtime: 'embedded',
      });
    },
  );

  it('runs commands and help in the folder of a service', async () => {
    service = '/shop/serverless.yml';
    await run('dev');
    await run('help');
    await run();
    expect(dev).toHaveBeenCalledOnce();
    expect(create).toHaveBeenCalledOnce();
  });

  it.each([
    ['--help'],
    ['-h'],
    ['--version'],
    ['-V'],
    ['dev', '--help'],
    ['help'],
    ['help', 'dev'],
  ])('%s prints on standard output and runs nothing', async (...argv) => {
    await run(...argv);
    expect(print).toHaveBeenCalled();
    expect(create).not.toHaveBeenCalled();
    expect(dev).not.toHaveBeenCalled();
  });
});

async function usageError(argv: readonly string[]): Promise<UsageError> {
  const error = await run(...argv).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(UsageError);
  expect((error as UsageError).exitCode).toBe(2);
  expect(create).not.toHaveBeenCalled();
  expect(dev).not.toHaveBeenCalled();
  return error as UsageError;
}
