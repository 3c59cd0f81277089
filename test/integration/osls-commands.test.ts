import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../src/commands/build.ts';
import { info } from '../../src/commands/info.ts';
import { logs } from '../../src/commands/logs.ts';
import { CancelledError, ToolError } from '../../src/errors.ts';
import type { Exit } from '../../src/tools/command.ts';
import { compilerProblem } from '../../src/tools/dart/find.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { writeTree } from '../support/folders.ts';
import { serviceFolder, YML } from '../support/osls-service.ts';

vi.mock('../../src/tools/dart/find.ts', () => ({ compilerProblem: vi.fn() }));
afterEach(() => void vi.resetAllMocks());

describe('build, info and logs', () => {
  it.each<[string, string, Parameters<typeof run>[1]]>([
    [
      'build --force --stage=prod',
      'build',
      (context) => build(context, { force: true, stage: 'prod' }),
    ],
    [
      'build --build-in-container',
      'build',
      (context) => build(context, { buildInContainer: true }),
    ],
    ['info --aws-profile=work', 'info', (context) => info(context, { awsProfile: 'work' })],
    ['logs --function=hello --tail', 'logs', (context) => logs(context, 'hello', { tail: true })],
  ])('run serverless %s', async (args, name, command) => {
    expect((await run({ [args]: {} }, command)).notes).toEqual([`$ npx serverless ${args}`]);
    const failed = await failure(run({ [args]: { code: 3 } }, command));
    expect(failed).toBeInstanceOf(ToolError);
    expect(failed.exitCode).toBe(3);
    expect(failed.message).toBe(
      `serverless ${name} failed with exit code 3; what it says is above.`,
    );
    expect(
      await failure(run({ [args]: { code: undefined, signal: 'SIGINT' } }, command)),
    ).toBeInstanceOf(CancelledError);
  });

  it.each([
    ['service: shop\nprovider: [\n', /^serverless\.yml:\d+:\d+: /],
    [
      YML.replace('main.hello', 'main'),
      /^serverless\.yml:10:14: the function hello has the handler/,
    ],
  ])('build nothing where it says %j, and tell why', async (yml, message) => {
    const { cwd } = serviceFolder();
    writeTree(cwd, { 'serverless.yml': yml });
    vi.mocked(compilerProblem).mockRejectedValue(new Error('was asked'));
    const { context, commands } = scripted({ cwd });
    expect((await failure(build(context, {}))).message).toMatch(message);
    expect(commands).toEqual([]);
  });

  it('build a service in code by osls, which alone can read it', async () => {
    const { cwd, typed } = serviceFolder();
    rmSync(join(cwd, 'serverless.yml'));
    writeTree(cwd, { 'serverless.ts': '' });
    const { context, commands } = scripted({ cwd, exits: { [typed('build')]: {} } });
    await build(context, {});
    expect(commands).toEqual([typed('build')]);
  });

  const HANDLERS_UNKNOWN = YML.replace('main.hello', `\${ssm:/handler}`);
  const FUNCTIONS_UNKNOWN = YML.replace(
    'functions:\n  hello:',
    `functions:\n- \${ssm:/f}\n- hello:`,
  );

  it.each([
    ['hello', HANDLERS_UNKNOWN],
    ['other', FUNCTIONS_UNKNOWN],
  ])('shows the log of %s, of which too little is known to call it here', async (key, yml) => {
    const { cwd, typed } = serviceFolder();
    writeTree(cwd, { 'serverless.yml': yml });
    const args = typed(`logs --function=${key}`);
    const { context, commands } = scripted({ cwd, exits: { [args]: {} } });
    await logs(context, key, {});
    expect(commands).toEqual([args]);
  });

  it('names the functions where there is none of that key', async () => {
    const { cwd } = serviceFolder();
    writeTree(cwd, { 'serverless.yml': HANDLERS_UNKNOWN });
    const error = await failure(logs(scripted({ cwd }).context, 'he"llo', {}));
    expect(error.message).toBe('shop has no function "he\\"llo"; it has hello.');
    expect(error.hint).toBe('create-lambda-hello logs hello');
  });

  async function run(
    exits: Record<string, Partial<Exit>>,
    command: (context: ReturnType<typeof scripted>['context']) => Promise<void>,
  ) {
    const { cwd, typed } = serviceFolder();
    const typedExits = Object.entries(exits).map(([args, exit]) => [typed(args), exit]);
    const script = scripted({ cwd, exits: Object.fromEntries(typedExits) });
    await command(script.context);
    return script;
  }
});
