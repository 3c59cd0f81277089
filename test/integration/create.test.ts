import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { CancelledError, ToolError, UsageError } from '../../src/errors.ts';
import type { Question } from '../../src/ui/ask.ts';
import { cancelled } from '../../src/util/messages.ts';
import { type CreateGiven, create } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';

const bare: CreateGiven = { git: false };

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});

describe('create', () => {
  it('generates the service and says what to do next', async () => {
    const { context, results } = scripted({ cwd });
    await create(context, 'shop', { ...bare, api: 'http', region: 'eu-west-1' });
    const files = readTree(join(cwd, 'shop'));
    expect(Object.keys(files)).toEqual(
      expect.arrayContaining(['.gitignore', 'serverless.yml', 'lib/main.dart', 'pubspec.yaml']),
    );
    expect(files['serverless.yml']).toContain('service: shop\n');
    expect(files['serverless.yml']).toContain('- httpApi:\n');
    expect(files['serverless.yml']).toContain("'eu-west-1'");
    expect(files['pubspec.yaml']).toContain('name: shop\n');
    expect(Object.values(files).join('')).not.toMatch(/\{\{[#/]?\w/);
    expect(results.join('\n')).toMatch(/^shop\/\n├── lib\/\n[\s\S]*cd shop\n {2}make dev/);
    expect(Object.keys(readTree(cwd)).every((path) => path.startsWith('shop/'))).toBe(true);
  });

  it('names no make on Windows, which has none', async () => {
    const { context, results } = scripted({ cwd });
    await create(context, 'shop', bare, 'win32');
    expect(results.join('\n')).toContain('\n  create-lambda-hello dev  ');
    expect(results.join('\n')).not.toContain('  make ');
  });

  it('uses and names the package manager that started it', async () => {
    const env = { npm_config_user_agent: 'pnpm/9.1.0 npm/? node/v20.19.0 linux x64' };
    const { context, results, commands } = scripted({
      cwd,
      env,
      exits: { 'pnpm install': { code: 0 } },
    });
    await create(context, 'shop', { ...bare, install: true });
    expect(commands).toEqual(['pnpm install']);
    await create(scripted({ cwd, env }).context, 'shop2', bare);
    expect(readTree(join(cwd, 'shop2')).Makefile).toContain('pnpm exec serverless deploy');
    expect(results.join('\n')).not.toContain('npm install');
  });

  it.each([
    ['rest', '29', undefined],
    ['rest', '30', 'warning: API Gateway waits 29 s for a function; its timeout is 30 s'],
    ['http', '30', undefined],
  ])(
    'warns of a timeout that API Gateway does not wait for (%s, %s)',
    async (api, timeout, note) => {
      const { context, notes } = scripted({ cwd });
      await create(context, 'shop', { ...bare, api, timeout });
      expect(notes).toEqual(note === undefined ? [] : [note]);
    },
  );

  it('spells the Dart package its own way', async () => {
    await create(scripted({ cwd }).context, 'my-shop', bare);
    const files = readTree(join(cwd, 'my-shop'));
    expect(files['pubspec.yaml']).toContain('name: my_shop\n');
    expect(files['test/handlers/hello_test.dart']).toContain("'package:my_shop/");
    expect(files['serverless.yml']).toContain('service: my-shop\n');
  });

  it('takes the region from the AWS configuration', async () => {
    writeTree(cwd, { '.aws/config': '[profile work]\nregion = eu-north-1\n' });
    const { context } = scripted({ cwd, env: { AWS_PROFILE: 'work' } });
    await create(context, 'shop', bare);
    expect(readTree(cwd)['shop/serverless.yml']).toContain("'eu-north-1'");
  });

  it('asks in a terminal for what was not given, and prints the one-line command', async () => {
    const { context, notes, questions } = scripted({
      cwd,
      answers: {
        'Where should the service go?': 'shop',
        'Which kind of API?': 'http',
        'In which AWS region?': 'eu-west-1',
        'How much memory, in MB?': '256',
        'After how many seconds does a request time out?': '5',
      },
    });
    await create(context, undefined, { ...bare, arch: 'x86_64' });
    expect(questions).toHaveLength(5);
    expect(readTree(cwd)['shop/serverless.yml']).toMatch(
      /x86_64[\s\S]*256[\s\S]*timeout: 5[\s\S]*httpApi/,
    );
    expect(notes.join('\n')).toContain(
      'create-lambda-hello shop --api http --arch x86_64 --region eu-west-1 --memory 256 --timeout 5 --no-git --yes',
    );
  });

  it('says at the question that a package has the name, and takes the next answer', async () => {
    const { context, questions } = scripted({ cwd, answers: {} });
    const answering = {
      ...context,
      ask: async (question: Question) => {
        questions.push(question);
        return question.message.startsWith('Where') ? 'http-service' : question.initial;
      },
    };
    await create(answering, undefined, bare);
    const [where] = questions;
    if (where?.type !== 'text') throw new Error('the folder is asked for first');
    expect(where.problem('http')).toMatch(/^"http" cannot be .* Try: http-service$/);
    expect(where.problem('http-service')).toBeUndefined();
    expect(readTree(cwd)['http-service/pubspec.yaml']).toContain('name: http_service\n');
  });

  it('asks nothing with --yes', async () => {
    const { context, questions } = scripted({ cwd, answers: {} });
    await create(context, 'shop', { ...bare, yes: true });
    expect(questions).toEqual([]);
  });

  it('writes nothing when a question is cancelled', async () => {
    const { context } = scripted({ cwd, answers: {} });
    const cancelling = {
      ...context,
      ask: async () => {
        throw new CancelledError(cancelled());
      },
    };
    const error = await failure(create(cancelling, 'shop', bare));
    expect(error.exitCode).toBe(130);
    expect(readTree(cwd)).toEqual({});
  });

  it.each<[string, string | undefined, Partial<CreateGiven>, string, string]>([
    ['no directory', undefined, {}, '[directory] is missing', 'create-lambda-hello hello'],
    ['an empty directory', ' ', {}, 'directory is empty', 'create-lambda-hello hello'],
    ['an odd name', 'my_shop', {}, '"my_shop" cannot be the name', 'create-lambda-hello my-shop'],
    ['an odd name elsewhere', 'a/b/1xy', {}, '"1xy" cannot', 'create-lambda-hello a/b/xy'],
    ["a package's name", 'a/http', {}, '"http" cannot be', 'create-lambda-hello a/http-service'],
    [
      'an unknown API',
      'shop',
      { api: 'soap' },
      '--api: "soap" is not one of rest, http',
      '--api rest',
    ],
    ['an unknown processor', 'shop', { arch: 'mips' }, '--arch: "mips"', '--arch arm64'],
    ['too little memory', 'shop', { memory: '64' }, '--memory: "64"', '--memory 128'],
    ['too much memory', 'shop', { memory: '99999' }, '--memory: "99999"', '--memory 10240'],
    ['memory that is no number', 'shop', { memory: '1e3' }, '--memory: "1e3"', '--memory 1000'],
    ['a timeout of nothing', 'shop', { timeout: '' }, '--timeout: ""', '--timeout 1'],
    ['an odd region', 'shop', { region: "x'" }, '--region: "x\'" is not', '--region eu-central-1'],
  ])('refuses %s with exit code 2', async (_name, directory, flags, message, hint) => {
    const error = await failure(
      create(scripted({ cwd }).context, directory, { ...bare, ...flags }),
    );
    expect(error).toBeInstanceOf(UsageError);
    expect(error.exitCode).toBe(2);
    expect(error.message).toContain(message);
    expect(error.hint).toContain(hint);
    expect(readTree(cwd)).toEqual({});
  });

  it('shows everything and writes nothing with --dry-run', async () => {
    const { context, results } = scripted({ cwd });
    await create(context, 'shop', { install: true, git: true, dryRun: true });
    expect(results.join('\n')).toMatch(
      /lib\/[\s\S]*serverless\.yml[\s\S]*\$ git init[\s\S]*\$ npm install/,
    );
    expect(readTree(cwd)).toEqual({});
  });
});

describe('create, after writing', () => {
  const install = 'npm install --no-audit --no-fund';
  const init = 'git init --quiet';

  it('makes a repository, never a commit, and installs', async () => {
    const { context, commands, results } = scripted({ cwd, exits: { [init]: {}, [install]: {} } });
    await create(context, 'shop', { install: true, git: true });
    expect(commands).toEqual([init, install]);
    expect(results.join('\n')).not.toContain('npm install');
  });

  it.each(['.git', '.hg', '.jj'])('makes no repository inside of one (%s)', async (marker) => {
    writeTree(cwd, { [`${marker}/x`]: '' });
    const { context, commands } = scripted({ cwd });
    await create(context, 'a/b/shop', { git: true });
    expect(commands).toEqual([]);
  });

  it('goes on without git', async () => {
    const { context, notes } = scripted({ cwd, exits: { [init]: { startError: 'ENOENT' } } });
    await create(context, 'shop', { git: true });
    expect(notes.join('\n')).toContain('git init could not be started');
  });

  it('keeps the service when the installation fails, and says how to go on', async () => {
    const { context } = scripted({ cwd, exits: { [install]: { code: 3 } } });
    const error = await failure(create(context, 'my shop/shop', { install: true, git: false }));
    expect(error).toBeInstanceOf(ToolError);
    expect(error.exitCode).toBe(1);
    expect(error.message).toContain('npm install --no-audit --no-fund failed');
    expect(error.hint).toBe(`cd 'my shop/shop' && ${install}`);
    expect(existsSync(join(cwd, 'my shop/shop/serverless.yml'))).toBe(true);
  });

  it('does not begin when it was stopped before', async () => {
    const { context, stop } = scripted({ cwd });
    stop.abort();
    const error = await failure(create(context, 'shop', bare));
    expect(error.exitCode).toBe(130);
    expect(readTree(cwd)).toEqual({});
  });
});
