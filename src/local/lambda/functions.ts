import { randomUUID } from 'node:crypto';
import type { Service, ServiceFunction } from '../../service/service.ts';
import type { Run } from '../../tools/command.ts';
import type { Env } from '../../util/env.ts';
import type { ReloadOutcome } from '../reload/vm-service.ts';
import type { Reporter } from '../report.ts';
import { Environment } from './environment.ts';
import type { Launch } from './environment-options.ts';
import type { Invocation, InvocationResult, Throttled } from './invocation.ts';
import * as messages from './messages.ts';
import { Pool } from './pool.ts';

export interface FunctionsOptions {
  readonly service: Service;
  /** Returns how a function's process is started. Called at each start; `ahead`: nobody waits. */
  readonly launchOf: (fn: ServiceFunction, ahead: boolean) => Launch | Promise<Launch>;
  /** Whether a function's process starts without compiling. */
  readonly startsAtOnce?: (fn: ServiceFunction) => boolean;
  /** Returns the environment variables of a function. Called at each start. */
  readonly variablesFor: (fn: ServiceFunction) => Readonly<Record<string, string>>;
  readonly run: Run;
  readonly report: Reporter;
  /** The user's environment. Functions get the AWS credentials in it. */
  readonly env: Env;
  /** The maximum number of environments of a function. */
  readonly concurrency: number;
  /** Whether to report Lambda's own log lines: START, END and REPORT. */
  readonly platformLogs: boolean;
  /** Of how many functions, those that were used last, a process that compiles changes stands by. */
  readonly standby: number;
}

/** How long nothing may be asked until processes are started that stand by, in milliseconds. */
const QUIET_MS = 1000;

/** The functions of a service, each with its pool of environments. */
export class Functions {
  readonly #options: FunctionsOptions;
  readonly #pools = new Map<string, Pool>();
  #service: Service;
  /** Resolves when no environment is being started ahead. */
  #startedAhead: Promise<void> = Promise.resolve();
  #quiet: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.#service = options.service;
    for (const { key } of this.#service.functions) this.#pools.set(key, this.#createPool(key));
  }

  /**
   * Invokes a function by its key and reports a failure. Rejects only for a defect of this
   * program.
   */
  async invoke(key: string, invocation: Invocation): Promise<InvocationResult | Throttled> {
    const { report } = this.#options;
    const pool = this.#pools.get(key);
    if (!pool) throw new Error(`no such function: ${key}`);
    const { requestId } = invocation;
    const reserved = functionOf(this.#service, key)?.reservedConcurrency;
    if (reserved !== undefined && pool.load >= reserved) {
      const used = { function: key, number: reserved, id: requestId };
      const message = messages.reservedUsedUp(used);
      report({ type: 'warning', function: key, message });
      return 'reserved-used-up';
    }
    const result = await pool.invoke(invocation);
    if (result === 'throttled') {
      const message = messages.queueFull({ function: key, id: requestId });
      report({ type: 'warning', function: key, message });
    } else if (!result.ok) {
      report({ type: 'function-error', function: key, requestId, error: result.error });
    }
    return result;
  }

  /**
   * Starts environments of functions that have none, one after the other, until there is something
   * else to do.
   *
   * @param most of how many functions
   */
  startAhead(most: number): Promise<void> {
    let left = most;
    return this.#inTurn([...this.#pools.values()], async (pool) => {
      if (pool.isStarted || left === 0 || this.#isAsked()) return;
      left--;
      await pool.startAhead();
    });
  }

  /**
   * Starts environments that compile changed code themselves for functions that have none, one
   * after the other, those that were used last first. They stand by until the code changes.
   *
   * @param most of how many functions
   */
  standBy(most: number): Promise<void> {
    const used = this.#lastInvokedFirst().filter(({ isStarted }) => isStarted);
    return this.#inTurn(used.slice(0, most), (pool) => pool.startAhead());
  }

  /** Has environments stand by as soon as nothing is asked for a while. */
  #standByLater(): void {
    clearTimeout(this.#quiet);
    if (this.#options.standby === 0 || this.#closed) return;
    this.#quiet = setTimeout(() => {
      if (this.#isAsked()) this.#standByLater();
      else void this.standBy(this.#options.standby);
    }, QUIET_MS);
    this.#quiet.unref();
  }

  /** Whether an invocation waits or runs. */
  #isAsked(): boolean {
    return [...this.#pools.values()].some(({ load }) => load > 0);
  }

  #inTurn(pools: readonly Pool[], start: (pool: Pool) => Promise<void>): Promise<void> {
    for (const pool of pools) {
      this.#startedAhead = this.#startedAhead.then(async () => {
        if (!this.#closed) await start(pool);
      });
    }
    return this.#startedAhead;
  }

  /**
   * Reloads the code from the disk: at once in the processes of the function that was used last, of
   * those that compile changes themselves, and in all others before their next invocation, so that
   * they do not share the processor. Where none compiles, all reload at once.
   */
  async reload(): Promise<readonly ReloadOutcome[]> {
    const pools = this.#lastInvokedFirst();
    const first = pools.find(({ compiles }) => compiles);
    if (first === undefined) return (await Promise.all(pools.map((pool) => pool.reload()))).flat();
    for (const pool of pools) if (pool !== first) pool.reloadLater();
    return first.reload();
  }

  #lastInvokedFirst(): readonly Pool[] {
    return [...this.#pools.values()].sort((a, b) => b.lastInvoked - a.lastInvoked);
  }

  /** Replaces every process, at once or after its current invocation. */
  restart(): void {
    for (const pool of this.#pools.values()) pool.retire();
  }

  /** Switches to another version of the service. Processes of unchanged functions are kept. */
  async update(service: Service): Promise<void> {
    const before = this.#service;
    this.#service = service;
    const general = ({ name, stage, region }: Service) => [name, stage, region];
    const definition = (from: Service, key: string) => {
      const { events: _routes, sources: _sources, ...fn } = functionOf(from, key) ?? { events: [] };
      return JSON.stringify([general(from), fn]);
    };
    const keys = new Set(service.functions.map(({ key }) => key));
    const removed = [...this.#pools].filter(([key]) => !keys.has(key));
    for (const key of keys) {
      const pool = this.#pools.get(key);
      if (pool === undefined) this.#pools.set(key, this.#createPool(key));
      else if (definition(before, key) !== definition(service, key)) pool.retire();
    }
    for (const [key] of removed) this.#pools.delete(key);
    await Promise.all(removed.map(([, pool]) => pool.close()));
  }

  /** Ends every process. Resolves when none is left. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#quiet);
    await Promise.all([...this.#pools.values()].map((pool) => pool.close()));
  }

  #createPool(key: string): Pool {
    const { run, report, env, concurrency, platformLogs, launchOf, variablesFor } = this.#options;
    return new Pool({
      size: concurrency,
      onUnseenFailure: (failed) => {
        const requestId = randomUUID();
        const result = failed(requestId);
        if (!result.ok)
          report({ type: 'function-error', function: key, requestId, error: result.error });
      },
      onLateRejection: (message) => report({ type: 'compile-error', message }),
      startsAtOnce: () => this.#options.startsAtOnce?.(this.#function(key)) ?? false,
      start: (ahead) => {
        const fn = this.#function(key);
        if (!ahead) this.#standByLater();
        return new Environment({
          service: this.#service,
          fn,
          run,
          report,
          env,
          launch: () => launchOf(fn, ahead),
          variables: () => variablesFor(fn),
          platformLogs,
        });
      },
    });
  }

  #function(key: string): ServiceFunction {
    const fn = functionOf(this.#service, key);
    if (!fn) throw new Error(`no such function: ${key}`);
    return fn;
  }
}

function functionOf({ functions }: Service, key: string): ServiceFunction | undefined {
  return functions.find((fn) => fn.key === key);
}
