/** What osls takes where serverless.yml is silent (its reference of serverless.yml). */
export const DEFAULTS = {
  memorySize: 1024,
  timeout: 6,
  region: 'us-east-1',
  stage: 'dev',
  architecture: 'x86_64',
};
