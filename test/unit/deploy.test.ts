import { describe, expect, it } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { awsError, isNoSuchStack, SignInError } from '../../src/service/aws-error.ts';
import { credentialSource } from '../../src/service/credentials.ts';
import {
  curlCommand,
  deployedEndpoints,
  isOnAws,
  withAddresses,
} from '../../src/service/endpoints.ts';
import type { HttpEvent } from '../../src/service/service.ts';
import { deployBlocker, ourCommand, removeBlocker } from '../../src/service/stack-state.ts';
import { serverlessArgs } from '../../src/tools/serverless.ts';
import { aFunction } from '../support/function.ts';

const address = { stackName: 'shop-dev', region: 'eu-west-1', stage: 'dev', profile: undefined };

describe('deployBlocker', () => {
  it.each([
    'CREATE_COMPLETE',
    'UPDATE_COMPLETE',
    'UPDATE_ROLLBACK_COMPLETE',
    'IMPORT_COMPLETE',
    'IMPORT_ROLLBACK_COMPLETE',
    'DELETE_COMPLETE',
  ])('lets %s through', (status) => {
    expect(deployBlocker({ status, reason: undefined }, address)).toBeUndefined();
  });

  it.each([
    ['ROLLBACK_COMPLETE', 'create-lambda-hello remove --stage dev'],
    ['ROLLBACK_FAILED', 'create-lambda-hello remove --stage dev'],
    ['CREATE_FAILED', 'create-lambda-hello remove --stage dev'],
    ['DELETE_FAILED', 'create-lambda-hello remove --stage dev'],
    ['REVIEW_IN_PROGRESS', 'create-lambda-hello remove --stage dev'],
    ['UPDATE_FAILED', 'aws cloudformation rollback-stack --stack-name shop-dev'],
    ['UPDATE_ROLLBACK_FAILED', 'aws cloudformation continue-update-rollback --stack-name shop-dev'],
    ['CREATE_IN_PROGRESS', 'aws cloudformation wait stack-create-complete'],
    ['UPDATE_IN_PROGRESS', 'aws cloudformation wait stack-update-complete'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'aws cloudformation wait stack-update-complete'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'aws cloudformation wait stack-rollback-complete'],
    ['DELETE_IN_PROGRESS', 'aws cloudformation wait stack-delete-complete'],
    ['IMPORT_IN_PROGRESS', 'aws cloudformation wait stack-import-complete'],
    ['ROLLBACK_IN_PROGRESS', 'wait until aws cloudformation describe-stacks'],
  ])('stops at %s with the next step', (status, hint) => {
    const blocker = deployBlocker({ status, reason: 'No role' }, address);
    expect(blocker?.message).toMatch(
      new RegExp(`shop-dev \\(eu-west-1\\) is ${status}: .*No role\\.$`),
    );
    expect(blocker?.hint.startsWith(hint), blocker?.hint).toBe(true);
    expect(blocker?.hint).toContain('--region eu-west-1');
    expect(blocker?.hint).toMatch(/deploy again$/);
  });
});

describe('removeBlocker', () => {
  it.each(['CREATE_COMPLETE', 'ROLLBACK_COMPLETE', 'DELETE_FAILED', 'REVIEW_IN_PROGRESS'])(
    'lets %s through',
    (status) => expect(removeBlocker({ status, reason: undefined }, address)).toBeUndefined(),
  );
  it.each(['UPDATE_IN_PROGRESS', 'DELETE_IN_PROGRESS'])('stops at %s', (status) =>
    expect(removeBlocker({ status, reason: undefined }, address)?.hint).toMatch(/remove again$/),
  );
});

describe('ourCommand', () => {
  it('repeats what was given, and quotes it', () => {
    expect(ourCommand('remove', { ...address, profile: 'my work' })).toBe(
      "create-lambda-hello remove --stage dev --region eu-west-1 --aws-profile 'my work'",
    );
  });
});

describe('serverlessArgs', () => {
  it('keeps each value in one word, whatever is in it', () => {
    const options = { stage: 'dev', region: undefined, awsProfile: '--x; $(id) "y"' };
    expect(serverlessArgs(['deploy'], options)).toEqual([
      'deploy',
      '--stage=dev',
      '--aws-profile=--x; $(id) "y"',
    ]);
  });
});

describe('deployedEndpoints', () => {
  const service = (...events: HttpEvent[]) => ({
    name: 'shop',
    stage: 'dev',
    region: 'eu-west-1',
    functions: [aFunction({ key: 'f', events })],
  });
  const outputs = {
    ServiceEndpoint: 'https://a.execute-api.eu-west-1.amazonaws.com/dev',
    HttpApiUrl: 'https://b.execute-api.eu-west-1.amazonaws.com',
  };

  it.each<[HttpEvent, string, string]>([
    [{ api: 'rest', method: 'GET', path: '/a' }, `${outputs.ServiceEndpoint}/a`, 'curl URL'],
    [{ api: 'http', method: 'GET', path: '/a' }, `${outputs.HttpApiUrl}/a`, 'curl URL'],
    [{ api: 'http', method: 'ANY', path: '$default' }, `${outputs.HttpApiUrl}/`, 'curl URL'],
    [
      { api: 'rest', method: 'POST', path: '/a/{id}' },
      `${outputs.ServiceEndpoint}/a/id`,
      `curl -H 'content-type: application/json' -d '{}' URL`,
    ],
    [
      { api: 'rest', method: 'POST', path: '/postRequest' },
      `${outputs.ServiceEndpoint}/postRequest`,
      `curl -H 'content-type: application/json' -d '{"name": "Ada"}' URL`,
    ],
    [
      { api: 'rest', method: 'PUT', path: '/a' },
      `${outputs.ServiceEndpoint}/a`,
      `curl -X PUT -H 'content-type: application/json' -d '{}' URL`,
    ],
    [
      { api: 'rest', method: 'DELETE', path: '/{proxy+}' },
      `${outputs.ServiceEndpoint}/proxy`,
      'curl -X DELETE URL',
    ],
    [{ api: 'rest', method: 'HEAD', path: '/' }, `${outputs.ServiceEndpoint}/`, 'curl --head URL'],
  ])('of %j', (event, url, curl) => {
    const [endpoint] = deployedEndpoints(service(event), outputs);
    if (endpoint === undefined) throw new Error('no endpoint');
    expect(endpoint).toEqual({
      key: 'f',
      event,
      method: event.method,
      url,
      hasParameters: event.path.includes('{'),
    });
    expect(curlCommand(endpoint)).toBe(curl.replace('URL', url));
  });

  it('of a function URL, beside the events', () => {
    const url = 'https://x.lambda-url.eu-west-1.on.aws/';
    const events: HttpEvent[] = [{ api: 'rest', method: 'GET', path: '/a' }];
    const fn = aFunction({ key: 'get-it_now', events, url: { cors: undefined } });
    const found = deployedEndpoints(
      { ...service(), functions: [fn] },
      { ...outputs, GetDashitUnderscorenowLambdaFunctionUrl: url },
    );
    expect(found.map((endpoint) => [endpoint.event.api, curlCommand(endpoint)])).toEqual([
      ['rest', `curl ${outputs.ServiceEndpoint}/a`],
      ['url', `curl ${url}`],
    ]);
  });

  it('has none without an address', () => {
    expect(deployedEndpoints(service({ api: 'rest', method: 'GET', path: '/a' }), {})).toEqual([]);
  });

  it.each([
    ['https://a.execute-api.eu-west-1.amazonaws.com/dev', true],
    ['https://a.lambda-url.eu-west-1.on.aws/', true],
    ['https://a.lambda-url.on.aws.example/', false],
    ['https://a.execute-api.cn-north-1.amazonaws.com.cn/dev', true],
    ['http://127.0.0.1:3000/dev', false],
    ['https://amazonaws.com.example.org', false],
  ])('isOnAws(%s) is %s', (url, expected) => expect(isOnAws(url)).toBe(expected));
});

describe('withAddresses', () => {
  const resource = (type: string, physicalId: string) => ({
    logicalId: 'X',
    type,
    physicalId,
    status: 'CREATE_COMPLETE',
  });
  const at = { region: 'eu-west-1', stage: 'dev' };

  it('makes what the outputs lack from the ids of the APIs', () => {
    const resources = [
      resource('AWS::Lambda::Function', 'f'),
      resource('AWS::ApiGateway::RestApi', 'abc'),
      resource('AWS::ApiGatewayV2::Api', 'def'),
    ];
    expect(withAddresses({}, resources, at)).toEqual({
      ServiceEndpoint: 'https://abc.execute-api.eu-west-1.amazonaws.com/dev',
      HttpApiUrl: 'https://def.execute-api.eu-west-1.amazonaws.com',
    });
    expect(withAddresses({ HttpApiUrl: 'https://mine.example' }, resources, at)).toMatchObject({
      HttpApiUrl: 'https://mine.example',
    });
    const china = { region: 'cn-north-1', stage: 'dev' };
    expect(withAddresses({}, resources, china).ServiceEndpoint).toBe(
      'https://abc.execute-api.cn-north-1.amazonaws.com.cn/dev',
    );
  });

  it('adds nothing where there is no API', () => {
    expect(withAddresses({ A: 'b' }, [], at)).toEqual({ A: 'b' });
  });
});

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
  ])('without %j, with %j', (without: string[], options, expected) => {
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
    [thrown('Throttling', 'Rate exceeded'), 'answered Throttling: Rate exceeded.', 'above'],
  ])('%s', (error, message, hint) => {
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

  it('tells a missing stack from another mistake', () => {
    const missing = thrown('ValidationError', 'Stack with id shop-dev does not exist');
    expect(isNoSuchStack(missing)).toBe(true);
    expect(isNoSuchStack(thrown('ValidationError', 'bad name'))).toBe(false);
    expect(isNoSuchStack(undefined)).toBe(false);
  });
});
