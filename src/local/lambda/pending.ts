import type { EnvironmentOptions } from './environment-options.ts';
import type { Invocation, InvocationResult, RawResult } from './invocation.ts';
import { endLines, maxMemoryUsed, startLine } from './platform-log.ts';

/** What an environment knows of an invocation that its process is given. */
export interface Flight extends Pick<EnvironmentOptions, 'fn' | 'report' | 'platformLogs'> {
  /** Of the first invocation of an environment: how long its process took to start, in milliseconds. */
  readonly initDuration: number | undefined;
}

/**
 * An invocation on its way, with its log: queued, then in flight once the function is given the
 * event, then done. An environment that ends before it is in flight leaves it queued.
 */
export class Pending {
  readonly invocation: Invocation;
  /** Resolves when it is done. */
  readonly result: Promise<InvocationResult>;
  state: 'queued' | 'in flight' | 'done' = 'queued';
  #settle: (result: InvocationResult) => void = () => {};
  #leave: () => void = () => {};
  #flight: Flight | undefined;
  #started = 0;
  readonly #lines: string[] = [];

  constructor(invocation: Invocation) {
    this.invocation = invocation;
    this.result = new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  /** Resolves when the environment that takes it now has done with it, or has left it queued. */
  taken(): Promise<void> {
    return new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** The environment will not give the event to the function. */
  leave(): void {
    this.#leave();
  }

  /** The event is on its way to the function. */
  start(flight: Flight): void {
    this.state = 'in flight';
    this.#flight = flight;
    this.#started = performance.now();
    // Lambda's own lines cost some time, so they are made only where somebody reads them.
    if (this.#isLogged) this.#log(startLine(this.invocation.requestId));
    this.invocation.onStart?.();
  }

  /** The process has printed a line. */
  print(line: string): void {
    if (this.invocation.wantsLogs) this.#lines.push(line);
  }

  /** Ends it in the queue. */
  fail(result: RawResult, { cold }: { readonly cold: boolean }): void {
    this.#end({ ...result, cold });
  }

  /**
   * Ends it in flight.
   *
   * @param pid of the function's process
   * @param endedBy the error that has ended the environment too
   */
  finish(result: RawResult, pid: number | undefined, endedBy: string | undefined): void {
    const cold = this.#flight?.initDuration !== undefined;
    if (!this.invocation.wantsLogs) {
      this.#logEnd(pid, endedBy);
      this.#end({ ...result, cold });
      return;
    }
    // What it has printed is on its way, through other pipes than its answer.
    setImmediate(() =>
      setImmediate(() => {
        this.#logEnd(pid, endedBy);
        this.#end({ ...result, cold, logs: this.#lines.map((line) => `${line}\n`).join('') });
      }),
    );
  }

  #end(result: InvocationResult): void {
    this.state = 'done';
    this.#settle(result);
    this.#leave();
  }

  get #isLogged(): boolean {
    return this.#flight?.platformLogs === true || this.invocation.wantsLogs === true;
  }

  #logEnd(pid: number | undefined, endedBy: string | undefined): void {
    if (!this.#flight || !this.#isLogged) return;
    const lines = endLines({
      requestId: this.invocation.requestId,
      duration: performance.now() - this.#started,
      initDuration: this.#flight.initDuration,
      memorySize: this.#flight.fn.memory,
      maxMemoryUsed: maxMemoryUsed(pid),
      endedBy,
    });
    for (const line of lines) this.#log(line);
  }

  /** Logs a line of Lambda's own. */
  #log(line: string): void {
    this.print(line);
    this.#flight?.report({ type: 'platform', function: this.#flight.fn.key, line });
  }
}
