import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Command, Run } from '../../tools/command.ts';
import type { Env } from '../../util/env.ts';
import type { Reporter } from '../report.ts';
import type { RawResult } from './invocation.ts';

/** What an execution environment is made of. */
export interface EnvironmentOptions {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** The command that starts the service's process; asked for once, when it is started. */
  readonly command: () => Command;
  readonly run: Run;
  readonly report: Reporter;
  /** The user's environment. */
  readonly env: Env;
  /** What the function's own variables are; asked for once, when it is started. */
  readonly variables: () => Readonly<Record<string, string>>;
  /** Whether Lambda's own lines are reported: START, END and REPORT. */
  readonly platformLogs: boolean;
}

/** Why an environment could not start, for the invocation that waits for it. */
export type InitFailure = (requestId: string) => RawResult;
