import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { build } from '../../src/commands/build.ts';
import { endpoints } from '../../src/commands/endpoints/endpoints.ts';
import { info } from '../../src/commands/info.ts';
import { logs } from '../../src/commands/logs.ts';
import { remove } from '../../src/commands/remove/remove.ts';
import type { Context } from '../../src/context.ts';
import { CancelledError, ToolError, UserError } from '../../src/errors.ts';
import { findOsls, requireOsls } from '../../src/tools/osls.ts';
import { run } from '../../src/tools/run.ts';
import { formatWords, quoteWord } from '../../src/util/shell-words.ts';
import { invoke } from '../support/commands.ts';
import { type Script, scripted } from '../support/context.ts';
import { folder, makeService, program, root } from '../support/doctor.ts';
import { failure } from '../support/failure.ts';
import { fakeSdks } from '../support/fake-sdks.ts';
import { writeTree } from '../support/folders.ts';

const NPM_INSTALL = 'npm install --no-audit --no-fund';
const NOTICE = 'osls, which builds and deploys, is not installed yet. It is 96 MB, once.';

/** What an installation puts into the service: an osls whose AWS SDK cannot be loaded. */
const INSTALLED = { 'node_modules/osls/package.json': '{"bin":{"serverless":"run.js"}}' };

beforeEach(makeService);

/** A script in which the package manager that is listed brings osls. */
function machine(installation: string, script: Omit<Script, 'cwd'> = {}) {
  const exits = { [installation]: {}, ...script.exits };
  const world = scripted({ cwd: root, ...script, exits });
  const context: Context = {
    ...world.context,
    run: async (command, options) => {
      const running = await world.context.run(command, options);
      if (world.commands.at(-1) === installation) writeTree(command.cwd, INSTALLED);
      return running;
    },
  };
  return { ...world, context };
}

const serverless = (args: string): string =>
  formatWords([process.execPath, join(root, 'node_modules/osls/run.js'), ...args.split(' ')]);

describe('a command that needs osls', () => {
  it.each<[string, (context: Context) => Promise<void>]>([
    ['build', (context) => build(context, {})],
    ['info', (context) => info(context, {})],
    ['logs --function=hello', (context) => logs(context, 'hello', {})],
  ])('installs it first: %s', async (args, command) => {
    fakeSdks(root).sdk('sdk', '3.9.0');
    const { context, commands, notes, results } = machine(NPM_INSTALL, {
      env: { DART_SDK: join(root, 'sdk') },
      exits: { [serverless(args)]: {} },
    });
    await command(context);
    expect(commands).toEqual([NPM_INSTALL, serverless(args)]);
    expect(notes.slice(0, 2)).toEqual([NOTICE, `$ ${NPM_INSTALL}`]);
    expect(results).toEqual([]);
  });

  it.each<[string, (context: Context) => Promise<void>]>([
    ['remove', (context) => remove(context, { yes: true })],
    ['endpoints --stage', (context) => endpoints(context, { stage: 'dev' })],
    ['invoke --stage', (context) => invoke(context, 'hello', { stage: 'dev', data: '{}' })],
  ])('installs it for the AWS SDK that it brings: %s', async (_name, command) => {
    const { context, commands, notes } = machine(NPM_INSTALL);
    // What was installed here has no SDK.
    await expect(command(context)).rejects.toThrow('@aws-sdk/');
    expect(commands).toEqual([NPM_INSTALL]);
    expect(notes.slice(0, 2)).toEqual([NOTICE, `$ ${NPM_INSTALL}`]);
  });
});

describe('osls', () => {
  it.each([
    ['pnpm-lock.yaml', 'pnpm install'],
    ['yarn.lock', 'yarn install'],
    ['bun.lock', 'bun install'],
  ])('is installed by the package manager of a service with %s', async (lockfile, installation) => {
    writeTree(root, { [lockfile]: '' });
    const { context, commands } = machine(installation);
    expect(await requireOsls(context, root)).toBe(join(root, 'node_modules/osls/package.json'));
    expect(commands).toEqual([installation]);
  });

  it('is not installed again', async () => {
    writeTree(root, INSTALLED);
    const { context, notes, commands } = scripted({ cwd: root });
    await requireOsls(context, root);
    expect([notes, commands]).toEqual([[], []]);
  });

  it('is found in the node_modules of a workspace', async () => {
    writeTree(folder, INSTALLED);
    const { context } = scripted({ cwd: root });
    expect(await requireOsls(context, root)).toBe(join(folder, 'node_modules/osls/package.json'));
  });

  it.each([
    ['package-lock.json', 'npm install --save-dev osls@4'],
    ['pnpm-lock.yaml', 'pnpm add --save-dev osls@4'],
    ['yarn.lock', 'yarn add --dev osls@4'],
  ])('is only named where package.json does not list it (%s)', async (lockfile, add) => {
    writeTree(root, { 'package.json': '{}', [lockfile]: '' });
    const { context, notes } = scripted({ cwd: root });
    const error = await failure(requireOsls(context, root));
    expect(error.message).toBe(
      `osls is not installed, and ${join(root, 'package.json')} does not list it.`,
    );
    expect(error.hint).toBe(`cd ${quoteWord(root)} && ${add}`);
    expect(notes).toEqual([]);
  });

  it.each<[string, { code?: number; startError?: string }, number, string]>([
    ['fails', { code: 7 }, 7, 'failed with exit code 7; what it says is above.'],
    ['is missing', { startError: 'ENOENT' }, 1, 'could not be started (ENOENT).'],
  ])('that cannot be installed, as npm %s, ends it', async (_name, exit, exitCode, why) => {
    const { context } = machine(NPM_INSTALL, { exits: { [NPM_INSTALL]: exit } });
    const error = await failure(requireOsls(context, root));
    expect(error).toBeInstanceOf(ToolError);
    expect(error.message).toBe(`osls is not installed: ${NPM_INSTALL} ${why}`);
    expect(error.hint).toBe(`cd ${quoteWord(root)} && ${NPM_INSTALL}`);
    expect(error.exitCode).toBe(exitCode);
    // Half of it may be there.
    expect(findOsls(root)).toBeUndefined();
  });

  it('that did not come is told of', async () => {
    const { context } = scripted({ cwd: root, exits: { [NPM_INSTALL]: {} } });
    const error = await failure(requireOsls(context, root));
    expect(error).toBeInstanceOf(UserError);
    expect(error.message).toBe(
      `npm install has ended well, but there is no osls in ${root} or above it.`,
    );
    expect(error.hint).toContain('NODE_ENV');
  });

  it('is completed by the same command after Ctrl-C', async () => {
    mkdirSync(join(root, 'node_modules'));
    const package_ = 'mkdir -p node_modules/osls && echo {} > node_modules/osls/package.json';
    program('npm', `${package_}\nexec sleep 60`);
    const { context, notes, stop } = scripted({ cwd: root });
    const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
    vi.stubEnv('PATH', PATH);
    const real: Context = { ...context, run: async (...args) => run(...args) };

    const interrupted = failure(requireOsls(real, root));
    await vi.waitFor(() =>
      expect(existsSync(join(root, 'node_modules/osls/package.json'))).toBe(true),
    );
    stop.abort('SIGINT');
    const error = await interrupted;
    expect(error).toBeInstanceOf(CancelledError);
    expect(error.exitCode).toBe(130);
    expect(error.message).toBe(
      'Interrupted. The same command again goes on with the installation.',
    );

    program('npm', 'echo done > node_modules/osls/rest');
    const again = { ...real, signal: new AbortController().signal };
    expect(await requireOsls(again, root)).toBe(join(root, 'node_modules/osls/package.json'));
    expect(existsSync(join(root, 'node_modules/osls/rest'))).toBe(true);
    expect(notes).toContain('The installation of osls was cut off; it is completed now.');
  });
});
