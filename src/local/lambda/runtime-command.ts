import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Command } from '../../tools/command.ts';
import type { Env } from '../../util/env.ts';
import { lambdaEnv, UNRESERVED } from './environment-variables.ts';

export interface RuntimeCommandInput {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** The user's environment. */
  readonly env: Env;
  /** The function's own variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** `host:port` of the runtime API. */
  readonly runtimeApi: string;
}

/** By which the AWS SDKs find credentials. They belong together: a token of one key is none of another. */
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
];

/**
 * The command that starts a function's process, with its whole environment: the user's,
 * what Lambda sets unless the function does, the function's own variables, what Lambda
 * sets in any case; the last one wins.
 */
export function runtimeCommand(command: Command, input: RuntimeCommandInput): Command {
  const { service, fn, variables, runtimeApi } = input;
  const env = { ...inherited(input.env, variables), ...command.env, ...UNRESERVED, ...variables };
  return {
    ...command,
    env: { ...env, ...lambdaEnv({ service, fn, runtimeApi, taskRoot: command.cwd, env }) },
  };
}

/** The user's environment, without his credentials where the function has its own. */
function inherited(env: Env, variables: RuntimeCommandInput['variables']): Record<string, string> {
  const hasOwn = Boolean(variables.AWS_ACCESS_KEY_ID || variables.AWS_PROFILE);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !(hasOwn && CREDENTIALS.includes(name))) kept[name] = value;
  }
  return kept;
}
