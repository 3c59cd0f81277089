import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Command, Run } from '../../tools/command.ts';
import type { Kernel } from '../../tools/dart/kernels.ts';
import type { Env } from '../../util/env.ts';
import type { Reporter } from '../report.ts';
import type { RawResult } from './invocation.ts';

/** How a process of a function is started. */
export interface Launch extends Command {
  /**
   * Compiles the changed code for a process that cannot do so itself, as it was started from a
   * kernel.
   */
  readonly recompile?: () => Promise<Kernel>;
}

export interface EnvironmentOptions {
  readonly service: Service;
  readonly fn: ServiceFunction;
  /** Returns how the function's process is started. Called once, when it starts. */
  readonly launch: () => Launch | Promise<Launch>;
  readonly run: Run;
  readonly report: Reporter;
  /** The user's environment. */
  readonly env: Env;
  /** Returns the variables of the function. Called once, when the process starts. */
  readonly variables: () => Readonly<Record<string, string>>;
  /** Whether to report Lambda's own log lines: START, END and REPORT. */
  readonly platformLogs: boolean;
}

/** Makes the result of an invocation that waits for an environment which could not start. */
export type InitFailure = (requestId: string) => RawResult;
