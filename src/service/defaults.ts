/**
 * The values that osls uses when serverless.yml does not set them
 * (https://github.com/oss-serverless/osls/blob/main/docs/guides/serverless.yml.md).
 */
export const DEFAULTS = {
  memorySize: 1024,
  timeout: 6,
  region: 'us-east-1',
  stage: 'dev',
  architecture: 'x86_64',
};

/** The account in local events and ARNs, in place of the user's own. */
export const ACCOUNT_ID = '123456789012';

/** Where `dev` listens unless it is told otherwise. */
export const DEFAULT_ADDRESS = { host: '127.0.0.1', port: 3000 } as const;
