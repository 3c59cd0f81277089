import { describe, expect, it } from 'vitest';
import { credentialSource } from '../../src/aws/credentials.ts';
import { awsError, isNoSuchStack, SignInError } from '../../src/aws/errors.ts';
import { loadSdk, make } from '../../src/aws/sdk.ts';
import { UserError } from '../../src/errors.ts';

describe('credentialSource, in the order of osls', () => {
  const all = {
    AWS_DEV_PROFILE: 'of-stage',
    AWS_DEV_ACCESS_KEY_ID: 'a',
    AWS_DEV_SECRET_ACCESS_KEY: 'b',
    AWS_PROFILE: 'of-env',
    AWS_ACCESS_KEY_ID: 'a',
    AWS_SECRET_ACCESS_KEY: 'b',
    AWS_DEFAULT_PROFILE: 'of-default',
  };
  const profile = (name: string, from: string) => ({ kind: 'profile', profile: name, from });
  it.each<[string[], object, object]>([
    [[], { profile: 'given' }, profile('given', '--aws-profile')],
    [[], {}, profile('of-stage', 'AWS_DEV_PROFILE')],
    [['AWS_DEV_PROFILE'], {}, { kind: 'keys', prefix: 'AWS_DEV' }],
    [['AWS_DEV_PROFILE', 'AWS_DEV_ACCESS_KEY_ID'], {}, profile('of-env', 'AWS_PROFILE')],
    [
      ['AWS_DEV_PROFILE', 'AWS_DEV_ACCESS_KEY_ID', 'AWS_PROFILE'],
      { serviceProfile: 'x' },
      { kind: 'keys', prefix: 'AWS' },
    ],
    [
      ['AWS_DEV_PROFILE', 'AWS_DEV_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY'],
      { serviceProfile: 'x' },
      profile('x', 'serverless.yml'),
    ],
    [
      ['AWS_DEV_PROFILE', 'AWS_DEV_ACCESS_KEY_ID', 'AWS_PROFILE', 'AWS_SECRET_ACCESS_KEY'],
      {},
      profile('of-default', 'AWS_DEFAULT_PROFILE'),
    ],
    [Object.keys(all), {}, { kind: 'chain' }],
  ])('is without %j, and with the options %j: %j', (without: string[], options, expected) => {
    const env = Object.fromEntries(Object.entries(all).filter(([name]) => !without.includes(name)));
    expect(credentialSource(env, { stage: 'dev', ...options })).toEqual(expected);
  });
});

describe('awsError', () => {
  const call = {
    region: 'eu-west-1',
    source: { kind: 'profile', profile: 'work', from: 'AWS_PROFILE' } as const,
    endpoint: undefined,
  };
  const thrown = (name: string, message = '', more: object = {}) =>
    Object.assign(new Error(message), { name, ...more });

  it.each([
    [thrown('ExpiredToken'), 'have expired', 'aws sso login --profile work'],
    [thrown('ExpiredTokenException'), 'have expired', 'aws sso login --profile work'],
    [thrown('UnrecognizedClientException', 'bad token'), 'does not know', 'aws configure'],
    [thrown('SignatureDoesNotMatch', 'no'), 'signature', 'clock'],
    [thrown('AccessDenied', 'User: x is not\nauthorized'), 'User: x is not authorized.', 'IAM'],
    [thrown('Error', 'x', { code: 'ENOTFOUND' }), 'AWS in eu-west-1 cannot be reached', 'network'],
    [thrown('TimeoutError'), 'cannot be reached (TimeoutError)', 'network'],
    [thrown('Error', 'x', { code: 'SELF_SIGNED_CERT_IN_CHAIN' }), 'certificate', 'NODE_EXTRA_CA'],
    [thrown('CredentialsProviderError', 'no profile'), 'work (AWS_PROFILE) gives none', 'work'],
    [thrown('Error', 'x'), 'the call to AWS in eu-west-1 failed: x.', 'HTTPS_PROXY'],
    [thrown('TypeError', 'Invalid URL'), 'eu-west-1 failed: Invalid URL.', 'HTTPS_PROXY'],
    [thrown('', '', { code: 'EPROTO' }), 'AWS in eu-west-1 failed: EPROTO.', 'HTTPS_PROXY'],
    [thrown(''), 'failed: no reason is given.', 'HTTPS_PROXY'],
    [undefined, 'failed: no reason is given.', 'HTTPS_PROXY'],
    [thrown('Throttling', 'Rate exceeded'), 'answered Throttling: Rate exceeded.', 'above'],
  ])('makes of %s: %s', (error, message, hint) => {
    const told = awsError(error, call);
    expect(told).toBeInstanceOf(UserError);
    expect(told).not.toBeInstanceOf(SignInError);
    expect(told.message).toContain(message);
    expect(told.message).not.toContain('\n');
    expect(told.hint).toContain(hint);
  });

  it.each([
    [
      'The SSO session associated with this profile has expired. To refresh, run aws sso login',
      'sso login',
    ],
    [
      'Profile work requires multi-factor authentication, but no MFA code callback was provided.',
      'terminal',
    ],
  ])('knows when only the user can sign in: %s', (message, hint) => {
    const told = awsError(thrown('CredentialsProviderError', message), call);
    expect(told).toBeInstanceOf(SignInError);
    expect(told.hint).toContain(hint);
  });

  it('leaves what the SDK of osls lacks as it is: AWS has answered nothing', () => {
    const load = (name: string) => {
      throw Object.assign(new Error(`Cannot find module '${name}'`), { code: 'MODULE_NOT_FOUND' });
    };
    for (const use of [() => loadSdk(load, 'StackWriter'), () => make({}, 'StackWriter', {})]) {
      const told = awsError(errorOf(use), call);
      expect(told.message).toBe('the AWS SDK of osls has no StackWriter.');
      expect(told.hint).toBe('npm install --save-dev osls@4');
    }
  });

  function errorOf(action: () => unknown): unknown {
    try {
      return action();
    } catch (error) {
      return error;
    }
  }

  it('tells a missing stack from another mistake', () => {
    const missing = thrown('ValidationError', 'Stack with id shop-dev does not exist');
    expect(isNoSuchStack(missing)).toBe(true);
    expect(isNoSuchStack(thrown('ValidationError', 'bad name'))).toBe(false);
    expect(isNoSuchStack(undefined)).toBe(false);
  });
});
