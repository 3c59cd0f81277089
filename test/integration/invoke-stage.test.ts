import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { base64 } from '../support/base64.ts';
import { writeTree } from '../support/folders.ts';
import { type FakeResponse, invokeApi, run, SERVERLESS_YML, shop } from '../support/invoke.ts';
import { installedOsls, userEnv } from '../support/moto.ts';

describe('invoke --stage', () => {
  /** A service with the real AWS SDK of osls, and a Lambda that the server stands for. */
  async function deployed(response: FakeResponse) {
    const api = await invokeApi(response);
    const cwd = shop();
    symlinkSync(join(installedOsls(), 'node_modules'), join(cwd, 'node_modules'), 'junction');
    const env = userEnv(cwd, cwd, `http://127.0.0.1:${api.port}`) as Record<string, string>;
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', env.AWS_ENDPOINT_URL);
    onTestFinished(() => void vi.unstubAllEnvs());
    return { api, script: { cwd, env } };
  }

  it('calls the deployed function by its name, once, and asks for its log', async () => {
    const headers = { 'X-Amz-Log-Result': base64('START\nEND\n') };
    const { api, script } = await deployed({ headers, body: '{"a":1.0}' });
    const flags = { stage: 'prod', data: '{"id": 7.0}', clientContext: '{"custom":{}}' };
    const { results, notes, error } = await run('hello', flags, script);
    expect(error).toBeUndefined();
    expect(results).toEqual(['{\n  "a": 1.0\n}']);
    expect(notes).toEqual(['START\nEND']);
    expect(api.received).toHaveLength(1);
    expect(api.received[0]).toMatchObject({
      method: 'POST',
      url: '/2015-03-31/functions/shop-prod-hello/invocations',
      body: '{"id": 7.0}',
      headers: { 'x-amz-log-type': 'Tail', 'x-amz-client-context': base64('{"custom":{}}') },
    });
    expect(api.received[0]?.headers.authorization).toContain('/eu-west-1/lambda/aws4_request');
  });

  it('gives the sample of the stage', async () => {
    const { api, script } = await deployed({});
    const flags = { stage: 'prod', region: 'eu-central-1' };
    expect((await run('hello', flags, script)).error).toBeUndefined();
    expect(JSON.parse(api.received[0]?.body ?? '')).toMatchObject({
      requestContext: {
        path: '/prod/hello',
        domainName: expect.stringMatching(/^\w{10}\.execute-api\.eu-central-1\.amazonaws\.com$/),
      },
    });
  });

  it('fails when the function has failed, and says where its log is', async () => {
    const body = '{"errorType":"Exception","errorMessage":"no"}';
    const { script } = await deployed({ body, headers: { 'X-Amz-Function-Error': 'Unhandled' } });
    const flags = { stage: 'prod', json: true };
    const { results, error } = await run('hello', flags, script);
    expect(error).toMatchObject({
      message: 'hello failed: Exception: no.',
      hint: 'create-lambda-hello logs hello --stage prod --region eu-west-1',
    });
    expect(JSON.parse(results[0] ?? '')).toMatchObject({
      payload: { errorType: 'Exception' },
      functionError: 'Unhandled',
      requestId: 'id-1',
    });
  });

  it('says that the function is not deployed', async () => {
    const { script } = await deployed({
      status: 404,
      headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException' },
      body: '{"Message":"Function not found: arn"}',
    });
    const { error } = await run('hello', { stage: 'prod' }, script);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message:
        'there is no function shop-prod-hello in eu-west-1: it is not deployed to the stage prod.',
      hint: 'create-lambda-hello deploy --stage prod --region eu-west-1',
    });
  });

  it('calls once where AWS fails: the function may have run', async () => {
    const { api, script } = await deployed({
      status: 500,
      headers: { 'x-amzn-ErrorType': 'ServiceException' },
      body: '{"Message":"Internal failure"}',
    });
    const { error } = await run('hello', { stage: 'prod' }, script);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain('ServiceException: Internal failure.');
    expect(api.received).toHaveLength(1);
  });

  it('does not guess a name that only osls knows', async () => {
    const cwd = shop();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Serverless
    const name = '${ssm:/name}';
    const yml = SERVERLESS_YML.replace('the-worker', `'${name}'`);
    writeTree(cwd, { 'serverless.yml': yml });
    const { error } = await run('worker', { stage: 'prod' }, { cwd });
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(`serverless.yml says ${name}.`);
  });
});
