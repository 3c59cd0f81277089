import { describe, expect, it } from 'vitest';
import { credentialsCheck, regionCheck } from '../../src/doctor/aws.ts';
import { look, none, SSM, service, unreadable, type World } from '../support/doctor-checks.ts';

describe('region', () => {
  it.each<readonly [status: string, detail: string, World]>([
    ['ok', 'eu-west-1, where serverless.yml deploys to', {}],
    ['ok', 'eu-west-1, where serverless.yml deploys to', { env: { AWS_REGION: 'eu-west-1' } }],
    ['ok', 'eu-north-1, from --region', { region: 'eu-north-1' }],
    ['fail', '"europe", from --region, is not an AWS region', { region: 'europe' }],
    [
      'warn',
      'eu-west-1, where serverless.yml deploys to; AWS_DEFAULT_REGION is us-east-2, which osls passes over',
      { env: { AWS_DEFAULT_REGION: 'us-east-2' } },
    ],
    ['warn', `serverless.yml says ${SSM}: not known here`, { service: service({ region: SSM }) }],
    ['warn', 'not known while serverless.yml cannot be read', { service: unreadable }],
    [
      'ok',
      'ap-south-1, from AWS_REGION; a new service takes it',
      { service: none, env: { AWS_REGION: 'ap-south-1' } },
    ],
    [
      'ok',
      'us-east-1, from the AWS configuration, or the default; a new service takes it',
      { service: none },
    ],
  ])('is %s with: %s', async (status, detail, world) => {
    expect(await look(regionCheck, world)).toMatchObject({ status, detail });
  });
});

describe('credentials outside of a service', () => {
  it.each<readonly [detail: RegExp, env: Record<string, string>]>([
    [/^none in the environment/, {}],
    [/^none in the environment/, { AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE' }],
    [/^from AWS_ACCESS_KEY_ID and/, { AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' }],
    [/^from AWS_WEB_IDENTITY_TOKEN_FILE/, { AWS_WEB_IDENTITY_TOKEN_FILE: '/x' }],
  ])('are looked for, not tried: %s', async (detail, env) => {
    const result = await look(credentialsCheck, { service: none, env });
    expect(result).toMatchObject({ status: 'warn', detail: expect.stringMatching(detail) });
    expect(result.detail).toMatch(/AWS was not asked/);
  });
});
