import { describe, expect, it } from 'vitest';
import { runtimeCommand } from '../../../src/local/lambda/runtime-command.ts';
import { aFunction } from '../../support/function.ts';
import { service } from '../../support/gateway.ts';

const KEYS = { AWS_ACCESS_KEY_ID: 'AKIASHELL', AWS_SECRET_ACCESS_KEY: 'shell' };
const TEMPORARY = { ...KEYS, AWS_SESSION_TOKEN: 'of the shell' };
const OWN = { AWS_ACCESS_KEY_ID: 'AKIAOWN', AWS_SECRET_ACCESS_KEY: 'own' };
const LOCAL = {
  AWS_ACCESS_KEY_ID: 'local',
  AWS_SECRET_ACCESS_KEY: 'local',
  AWS_SESSION_TOKEN: 'local',
};

const command = { tool: 'dart', args: ['run'], cwd: '/shop', env: { FROM: 'the command' } };

/** What the process gets, of what the user's shell and his files say. */
function environment(
  shell: Record<string, string | undefined>,
  variables: Record<string, string> = {},
): Readonly<Record<string, string>> {
  const shop = service('GET /hello');
  const fn = aFunction({ handler: 'main.hello' });
  const input = { service: shop, fn, env: shell, variables, runtimeApi: '127.0.0.1:4000' };
  return runtimeCommand(command, input).env ?? {};
}

const credentials = (all: Readonly<Record<string, string>>) =>
  Object.fromEntries(
    Object.entries(all).filter(([name]) => /^AWS_(ACCESS|SECRET|SESSION|PROFILE)/.test(name)),
  );

describe('the command of a process', () => {
  it('is the given one, run in the same folder', () => {
    const input = {
      service: service('GET /hello'),
      fn: aFunction(),
      env: {},
      variables: {},
      runtimeApi: '127.0.0.1:4000',
    };
    expect(runtimeCommand(command, input)).toMatchObject({
      tool: 'dart',
      args: ['run'],
      cwd: '/shop',
      env: { LAMBDA_TASK_ROOT: '/shop', AWS_LAMBDA_RUNTIME_API: '127.0.0.1:4000' },
    });
  });

  it.each([
    ['a variable of the shell', { PLACE: 'shell' }, {}, { PLACE: 'shell' }],
    ['one of the command over it', { FROM: 'shell' }, {}, { FROM: 'the command' }],
    ['one of .env over these', { FROM: 'shell' }, { FROM: '.env' }, { FROM: '.env' }],
    ["what Lambda sets over the shell's", { LANG: 'C' }, {}, { LANG: 'en_US.UTF-8' }],
    ['one of .env over that, too', {}, { LANG: 'C' }, { LANG: 'C' }],
    [
      'the variables of X-Ray',
      {},
      {},
      { AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR', AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000' },
    ],
    ["Lambda's own over all", { TZ: 'shell' }, { TZ: '.env' }, { TZ: ':UTC' }],
  ])('has %s', (_, shell, variables, expected) => {
    expect(environment(shell, variables)).toMatchObject(expected);
  });

  it('has no variable that the shell has not set', () => {
    expect(environment({ UNSET: undefined })).not.toHaveProperty('UNSET');
  });
});

describe('the credentials of a process', () => {
  it.each<[string, Record<string, string>, Record<string, string>, Record<string, string>]>([
    ['stand for those that are not there', {}, {}, LOCAL],
    ["are the shell's", TEMPORARY, {}, TEMPORARY],
    ["are the shell's profile", { AWS_PROFILE: 'shop' }, {}, { AWS_PROFILE: 'shop' }],
    ['are those of .env', {}, OWN, OWN],
    ["are those of .env, without the shell's session", TEMPORARY, OWN, OWN],
    ["are those of .env, without the shell's profile", { AWS_PROFILE: 'shop' }, OWN, OWN],
    [
      "are the profile of .env, without the shell's keys",
      TEMPORARY,
      { AWS_PROFILE: 'own' },
      { AWS_PROFILE: 'own' },
    ],
  ])('%s', (_, shell, variables, expected) => {
    expect(credentials(environment(shell, variables))).toEqual(expected);
  });
});
