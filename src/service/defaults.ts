/**
 * The values that osls uses when serverless.yml does not set them
 * (https://www.serverless.com/framework/docs/providers/aws/guide/serverless.yml).
 */
export const DEFAULTS = {
  memorySize: 1024,
  timeout: 6,
  region: 'us-east-1',
  stage: 'dev',
  architecture: 'x86_64',
};
