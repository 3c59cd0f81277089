import { describe, expect, it } from 'vitest';
import {
  baseOf,
  curlCommand,
  deployedEndpoints,
  isOnAws,
  withAddresses,
} from '../../src/aws/deployed-urls.ts';
import { deployBlocker, ourCommand, removeBlocker } from '../../src/aws/stack-state.ts';
import type { HttpEvent } from '../../src/service/service.ts';
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
  ])('has for %j the URL and the command that calls it', (event, url, curl) => {
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

  it.each(['/', '/a', '/a/{id}/{rest+}', '$default'])(
    'has the address of the API of %s',
    (path) => {
      const [endpoint] = deployedEndpoints(service({ api: 'rest', method: 'GET', path }), outputs);
      expect(endpoint && baseOf(endpoint)).toBe(outputs.ServiceEndpoint);
    },
  );

  it('has a function URL beside the events', () => {
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
