import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Command } from '../../tools/command.ts';
import type { Env } from '../../util/env.ts';
import { lambdaEnv, UNRESERVED } from './environment-variables.ts';

export interface RuntimeCommandInput {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** The user's environment. */
  readonly env: Env;
  /** The variables of the function. */
  readonly variables: Readonly<Record<string, string>>;
  /** The `host:port` of the Runtime API. */
  readonly runtimeApi: string;
}

/** The variables in which AWS SDKs look for credentials. They are only valid together. */
const CREDENTIALS = [
  'AWS_ACCESS_KEY_ID',
  'AWS_SECRET_ACCESS_KEY',
  'AWS_SESSION_TOKEN',
  'AWS_PROFILE',
];

/**
 * Makes the command that starts a function's process, with its whole environment. In this order,
 * the last one wins: the user's environment, Lambda's defaults, the variables of the function, and
 * the variables that Lambda reserves.
 */
export function runtimeCommand(command: Command, input: RuntimeCommandInput): Command {
  const { service, fn, variables, runtimeApi } = input;
  const env = { ...inherited(input.env, variables), ...command.env, ...UNRESERVED, ...variables };
  return {
    ...command,
    env: { ...env, ...lambdaEnv({ service, fn, runtimeApi, taskRoot: command.cwd, env }) },
  };
}

/** Copies the user's environment, without credentials where the function has its own. */
function inherited(env: Env, variables: RuntimeCommandInput['variables']): Record<string, string> {
  const hasOwn = Boolean(variables.AWS_ACCESS_KEY_ID || variables.AWS_PROFILE);
  const kept: Record<string, string> = {};
  for (const [name, value] of Object.entries(env)) {
    if (value !== undefined && !(hasOwn && CREDENTIALS.includes(name))) kept[name] = value;
  }
  return kept;
}
