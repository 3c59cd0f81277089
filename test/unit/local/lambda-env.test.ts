import { describe, expect, it } from 'vitest';
import { functionArn, lambdaEnv } from '../../../src/local/lambda/environment-variables.ts';
import type { ServiceFunction } from '../../../src/service/service.ts';
import { service } from '../../support/gateway.ts';

const shop = service('GET /hello');
const fn = { ...(shop.functions[0] as ServiceFunction), name: 'shop-dev-hello' };
const env = (env: Record<string, string>) =>
  lambdaEnv({ service: shop, fn, runtimeApi: '127.0.0.1:4000', taskRoot: '/shop', env });

describe("Lambda's environment variables", () => {
  it('are all there', () => {
    expect(env({})).toEqual({
      _HANDLER: 'main.hello',
      AWS_ACCESS_KEY_ID: 'local',
      AWS_SECRET_ACCESS_KEY: 'local',
      AWS_SESSION_TOKEN: 'local',
      AWS_REGION: 'eu-west-1',
      AWS_DEFAULT_REGION: 'eu-west-1',
      AWS_EXECUTION_ENV: 'AWS_Lambda_provided.al2023',
      AWS_LAMBDA_FUNCTION_NAME: 'shop-dev-hello',
      AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
      AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '128',
      AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
      AWS_LAMBDA_LOG_GROUP_NAME: '/aws/lambda/shop-dev-hello',
      AWS_LAMBDA_LOG_STREAM_NAME: expect.stringMatching(
        /^\d{4}\/\d\d\/\d\d\/\[\$LATEST\][\da-f]{32}$/,
      ),
      AWS_LAMBDA_RUNTIME_API: '127.0.0.1:4000',
      LAMBDA_RUNTIME_API_SHOWS_ERRORS: '1',
      LAMBDA_RUNTIME_DIR: '/var/runtime',
      LAMBDA_TASK_ROOT: '/shop',
      PWD: '/shop',
      TZ: ':UTC',
    });
  });

  it.each(['AWS_ACCESS_KEY_ID', 'AWS_PROFILE'])("leave the user's %s alone", (name) => {
    expect(
      Object.keys(env({ [name]: 'x' })).filter((key) => /KEY|TOKEN|PROFILE/.test(key)),
    ).toEqual([]);
  });

  it('say how a function logs, if it logs JSON', () => {
    const { AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL } = lambdaEnv({
      ...{ service: shop, fn: { ...fn, jsonLog: { level: 'WARN' } } },
      ...{ runtimeApi: '127.0.0.1:4000', taskRoot: '/shop', env: {} },
    });
    expect([AWS_LAMBDA_LOG_FORMAT, AWS_LAMBDA_LOG_LEVEL]).toEqual(['JSON', 'WARN']);
  });

  it('go with an ARN of the region', () => {
    expect(functionArn(shop, fn)).toBe(
      'arn:aws:lambda:eu-west-1:123456789012:function:shop-dev-hello',
    );
  });
});
