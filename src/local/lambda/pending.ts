import type { EnvironmentOptions } from './environment-options.ts';
import type { Invocation, InvocationResult, RawResult } from './invocation.ts';
import { endLines, maxMemoryUsed, startLine } from './platform-log.ts';

/** The part of its environment that an invocation in flight needs. */
export interface Flight extends Pick<EnvironmentOptions, 'fn' | 'report' | 'platformLogs'> {
  /** How long the init took, in milliseconds; only for the first invocation of an environment. */
  readonly initDuration: number | undefined;
}

/**
 * An invocation and its log on the way through its states: queued, in flight once the function gets
 * the event, then done. If an environment ends before that, the invocation stays queued.
 */
export class Pending {
  readonly invocation: Invocation;
  /** Resolves when the invocation is done. */
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

  /** Resolves when the environment that takes it now has finished it, or has left it queued. */
  taken(): Promise<void> {
    return new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** Leaves it queued: the environment has ended before the function got the event. */
  leave(): void {
    this.#leave();
  }

  /** Puts it in flight. */
  start(flight: Flight): void {
    this.state = 'in flight';
    this.#flight = flight;
    this.#started = performance.now();
    // Lambda's own log lines cost time, so they are only made for a reader.
    if (this.#isLogged) this.#log(startLine(this.invocation.requestId));
    this.invocation.onStart?.();
  }

  /** Adds a line that the process has printed to the log. */
  print(line: string): void {
    if (this.invocation.wantsLogs) this.#lines.push(line);
  }

  /** Ends it while it is queued. */
  fail(result: RawResult, { cold }: { readonly cold: boolean }): void {
    this.#end({ ...result, cold });
  }

  /**
   * Ends it while it is in flight.
   *
   * @param pid of the function's process
   * @param endedBy the error that has also ended the environment
   */
  finish(result: RawResult, pid: number | undefined, endedBy: string | undefined): void {
    const cold = this.#flight?.initDuration !== undefined;
    if (!this.invocation.wantsLogs) {
      this.#logEnd(pid, endedBy);
      this.#end({ ...result, cold });
      return;
    }
    // Its last output may still arrive, as it comes through other pipes than the response.
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

  #log(line: string): void {
    this.print(line);
    this.#flight?.report({ type: 'platform', function: this.#flight.fn.key, line });
  }
}
