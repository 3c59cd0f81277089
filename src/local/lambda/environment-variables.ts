import { randomBytes } from 'node:crypto';
import { ACCOUNT_ID } from '../../service/defaults.ts';
import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Env } from '../../util/env.ts';

/** Returns the ARN of a function in the service's region. */
export function functionArn(service: Service, fn: ServiceFunction): string {
  return `arn:aws:lambda:${service.region}:${ACCOUNT_ID}:function:${fn.name}`;
}

export interface LambdaEnvInput {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** The `host:port` of the Runtime API. */
  readonly runtimeApi: string;
  /** The folder that takes the place of the unpacked deployment package. */
  readonly taskRoot: string;
  /** The user's environment and the variables of the function. Credentials in it are kept. */
  readonly env: Env;
}

/**
 * The variables that Lambda sets but does not reserve, so that a function may override them
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html).
 */
export const UNRESERVED = {
  LANG: 'en_US.UTF-8',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  // As on AWS without tracing, nobody listens there.
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
};

/**
 * Returns the reserved variables that Lambda sets for a function's process
 * (https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html). `_X_AMZN_TRACE_ID` is
 * not among them, as the runtime sets it for each invocation.
 */
export function lambdaEnv(input: LambdaEnvInput): Record<string, string> {
  const { service, fn } = input;
  return {
    ...credentials(input.env),
    _HANDLER: fn.handler,
    LAMBDA_TASK_ROOT: input.taskRoot,
    PWD: input.taskRoot,
    LAMBDA_RUNTIME_DIR: '/var/runtime',
    AWS_REGION: service.region,
    AWS_DEFAULT_REGION: service.region,
    AWS_LAMBDA_FUNCTION_NAME: fn.name,
    AWS_LAMBDA_FUNCTION_VERSION: '$LATEST',
    AWS_LAMBDA_FUNCTION_MEMORY_SIZE: String(fn.memory),
    AWS_LAMBDA_LOG_GROUP_NAME: `/aws/lambda/${fn.name}`,
    AWS_LAMBDA_LOG_STREAM_NAME: logStream(new Date()),
    ...(fn.jsonLog && {
      AWS_LAMBDA_LOG_FORMAT: 'JSON',
      AWS_LAMBDA_LOG_LEVEL: fn.jsonLog.level,
    }),
    AWS_LAMBDA_RUNTIME_API: input.runtimeApi,
    // Keeps the generated runtime from logging the errors that it posts: they would be shown twice.
    LAMBDA_RUNTIME_API_SHOWS_ERRORS: '1',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_provided.al2023',
    TZ: ':UTC',
  };
}

/** Returns placeholders where there are no credentials, as a function on AWS always has some. */
function credentials(env: Env): Record<string, string> {
  if (env.AWS_ACCESS_KEY_ID || env.AWS_PROFILE) return {};
  return {
    AWS_ACCESS_KEY_ID: 'local',
    AWS_SECRET_ACCESS_KEY: 'local',
    AWS_SESSION_TOKEN: 'local',
  };
}

function logStream(now: Date): string {
  const day = now.toISOString().slice(0, 10).replaceAll('-', '/');
  return `${day}/[$LATEST]${randomBytes(16).toString('hex')}`;
}
