import { randomBytes } from 'node:crypto';
import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Env } from '../../util/env.ts';

/** The account that stands for the user's own wherever an event or an ARN needs one. */
export const ACCOUNT_ID = '123456789012';

/** The ARN of a function, in the service's region. */
export function functionArn(service: Service, fn: ServiceFunction): string {
  return `arn:aws:lambda:${service.region}:${ACCOUNT_ID}:function:${fn.name}`;
}

export interface LambdaEnvInput {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** `host:port` of the runtime API. */
  readonly runtimeApi: string;
  /** The folder that stands for the unpacked deployment package. */
  readonly taskRoot: string;
  /** The user's environment, with the variables of .env: credentials in it are left alone. */
  readonly env: Env;
}

/** The variables that Lambda sets and a function may set otherwise (AWS: "Defined runtime environment variables"). */
export const UNRESERVED = {
  LANG: 'en_US.UTF-8',
  AWS_XRAY_CONTEXT_MISSING: 'LOG_ERROR',
  // As on AWS, nothing tells a function that traces are not collected; here nobody listens.
  AWS_XRAY_DAEMON_ADDRESS: '127.0.0.1:2000',
};

/**
 * The variables that Lambda sets for a function's process (reference: Runtime
 * API, Environment). `_X_AMZN_TRACE_ID` is not among them: the runtime sets it
 * for each invocation.
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
    AWS_LAMBDA_RUNTIME_API: input.runtimeApi,
    // The runtime of templates/ then does not log what it posts: it is reported here as that of
    // any runtime, so it would be shown twice.
    LAMBDA_RUNTIME_API_SHOWS_ERRORS: '1',
    AWS_LAMBDA_INITIALIZATION_TYPE: 'on-demand',
    AWS_EXECUTION_ENV: 'AWS_Lambda_provided.al2023',
    TZ: ':UTC',
  };
}

/** A function on AWS always has credentials; local ones that no AWS service accepts stand for them. */
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
