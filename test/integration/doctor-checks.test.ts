import { createServer } from 'node:http';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { AwsOptions } from '../../src/aws/client.ts';
import { SignInError } from '../../src/aws/errors.ts';
import { credentialsCheck } from '../../src/doctor/aws.ts';
import { type CheckContext, runCheck } from '../../src/doctor/check.ts';
import { oslsCheck } from '../../src/doctor/node.ts';
import { findToolchain } from '../../src/doctor/toolchain.ts';
import { UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { thisMachine } from '../../src/tools/machine.ts';
import { run } from '../../src/tools/run.ts';
import { scripted } from '../support/context.ts';
import { folder, install, program, root } from '../support/doctor.ts';
import { writeTree } from '../support/folders.ts';
import { listen } from '../support/listening.ts';

/** A context for one check, with real programs, in the service's folder. */
function checkContext(more: Partial<CheckContext> = {}): CheckContext {
  const { context } = scripted({ cwd: root, env: { HOME: folder } });
  return {
    ...context,
    run: async (...args) => run(...args),
    machine: thisMachine(),
    service: {
      kind: 'found',
      root,
      service: { name: 'shop', stage: 'dev', region: 'eu-west-1' },
      deployment: { profile: undefined, architectures: ['arm64'] },
      warnings: [],
    },
    stage: undefined,
    region: undefined,
    profile: undefined,
    toolchain: findToolchain({}, thisMachine()),
    connectAws: () => Promise.reject(new Error('not in the script')),
    ...more,
  };
}

describe('the check of osls', () => {
  it.each([
    ['ok', '4.3.1', '4.3.1', '4.3.1, as package.json says'],
    ['ok', '4.3.1', '^4.0.0', '4.3.1, as package.json says (^4.0.0)'],
    ['fail', '3.9.0', '^4.0.0', '3.9.0 is installed, package.json says ^4.0.0'],
  ])('is %s with %s for %s', async (status, installed, wanted, detail) => {
    install(installed, wanted);
    expect(await runCheck(oslsCheck, checkContext())).toMatchObject({ status, detail });
  });

  it('is content before the first deployment, which installs it', async () => {
    writeTree(root, { 'package.json': JSON.stringify({ devDependencies: { osls: '4' } }) });
    expect(await runCheck(oslsCheck, checkContext())).toMatchObject({
      status: 'ok',
      detail: 'not installed yet: the first build or deploy does it',
    });
  });

  it('warns when npm cannot compare', async () => {
    install('4.3.1', '^4.0.0');
    const { context } = scripted({
      cwd: root,
      exits: { 'npm ls osls --depth=0 --json': { startError: 'ENOENT' } },
    });
    const result = await runCheck(oslsCheck, checkContext({ run: context.run }));
    expect(result).toMatchObject({ status: 'warn', detail: expect.stringContaining('npm') });
  });

  it.each([
    ['does not list it', '{}', /npm install --save-dev osls@4/],
    ['is not JSON', '{', /correct that file/],
  ])('fails when it %s', async (detail, packageJson, fix) => {
    writeTree(root, { 'package.json': packageJson });
    const result = await runCheck(oslsCheck, checkContext());
    expect(result).toMatchObject({ status: 'fail', detail: expect.stringContaining(detail) });
    expect(result.fix).toMatch(fix);
  });
});

describe('the check of AWS credentials', () => {
  const identity = { account: '123456789012', arn: 'arn:aws:iam::123456789012:user/ada' };
  const answers = async () => ({ callerIdentity: async () => identity });
  const refuses = (error: Error) => async () => ({ callerIdentity: () => Promise.reject(error) });
  const keys = {
    AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
    AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7',
  };
  const files = {
    '.aws/config':
      '[default]\nregion = eu-west-1\n[profile sso]\nsso_session = x\nsso_account_id = 1\n' +
      '[profile admin]\nrole_arn = arn:aws:iam::1:role/admin\nsource_profile = default\n',
    '.aws/credentials':
      '[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7\n',
  };

  it.each<[from: RegExp, env: Record<string, string>, profile?: string]>([
    [/from AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY$/, keys],
    [/from the profile default, access keys in .*\.aws\/credentials$/, {}],
    [/from the profile sso \(AWS_PROFILE\), SSO in .*\.aws\/config$/, { AWS_PROFILE: 'sso' }],
    [/from the profile admin \(--aws-profile\), a role in .*config$/, {}, 'admin'],
  ])('names the account and %s', async (from, env, profile) => {
    install('4.3.1');
    writeTree(folder, files);
    let asked: AwsOptions | undefined;
    const context = checkContext({
      env: { HOME: folder, ...env },
      profile,
      connectAws: (options) => {
        asked = options;
        return answers();
      },
    });
    const result = await runCheck(credentialsCheck, context);
    expect(result).toMatchObject({ status: 'ok', detail: expect.stringMatching(from) });
    expect(result.detail).toMatch(/^account 123456789012, arn:aws:iam::123456789012:user\/ada, /);
    expect(JSON.stringify(result)).not.toMatch(/AKIA|wJalr/);
    const osls = join(root, 'node_modules/osls/package.json');
    expect(asked).toMatchObject({ osls, region: 'eu-west-1', profile, stage: 'dev' });
  });

  it('says so when they surround the process', async () => {
    install('4.3.1');
    const result = await runCheck(credentialsCheck, checkContext({ connectAws: answers }));
    expect(result).toMatchObject({ status: 'ok', detail: expect.stringContaining('surrounds') });
  });

  it.each([
    [
      'fail',
      new UserError(quoted('the AWS credentials have expired.'), 'renew them'),
      'renew them',
    ],
    ['warn', new SignInError(quoted('the sign-in has expired.'), 'aws sso login'), 'aws sso login'],
    ['fail', new TypeError('x is undefined'), undefined],
  ])('is a %s when AWS is asked and there is %s', async (status, error, fix) => {
    install('4.3.1');
    const context = checkContext({ env: keys, connectAws: refuses(error) });
    const result = await runCheck(credentialsCheck, context);
    expect(result).toMatchObject({ status, detail: expect.stringContaining(error.message) });
    expect(result.fix).toBe(fix);
  });

  it('does not ask AWS where osls is not installed', async () => {
    writeTree(folder, files);
    writeTree(root, { 'package.json': '{}' });
    const result = await runCheck(credentialsCheck, checkContext({ env: { HOME: folder } }));
    expect(result).toMatchObject({ status: 'warn', detail: expect.stringContaining('not asked') });
    expect(result.detail).toMatch(/^from the profile default, access keys in/);
  });
});

describe('the toolchain', () => {
  it('is not waited for when a container engine hangs', async () => {
    program('docker', 'exec /bin/sleep 2');
    const env = { PATH: join(folder, 'bin') };
    const { engine, tried } = await findToolchain(env, thisMachine(), {
      enginesLimit: 50,
    }).engines();
    expect(engine).toBeUndefined();
    expect(tried).toEqual([{ name: 'the container engine', problem: 'no answer within 0.05 s' }]);
  });
});

describe('this machine', () => {
  it('tells a port that is taken from one that is free', async () => {
    const server = createServer();
    const port = await listen(server);
    expect(await thisMachine().portProblem('127.0.0.1', port)).toBe('EADDRINUSE');
    await new Promise((resolve) => server.close(resolve));
    expect(await thisMachine().portProblem('127.0.0.1', port)).toBeUndefined();
  });

  it('tells how much space is left', async () => {
    expect(await thisMachine().freeBytes(folder)).toBeGreaterThan(0);
  });
});
