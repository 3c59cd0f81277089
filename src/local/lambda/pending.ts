import type { Invocation, InvocationResult, RawResult } from './invocation.ts';
import { InvocationLog, type InvocationLogOptions } from './log.ts';

export interface PendingOptions extends InvocationLogOptions {
  readonly onStart: (() => void) | undefined;
  readonly settle: (result: InvocationResult | 'gone') => void;
  /** Of the first invocation of an environment: how long its process took to start, in milliseconds. */
  readonly initDuration: number | undefined;
}

/** An invocation that an environment was given and has not ended yet. */
export class Pending {
  readonly log: InvocationLog;
  handedOut = false;
  readonly #options: PendingOptions;

  constructor(options: PendingOptions) {
    this.#options = options;
    this.log = new InvocationLog(options);
  }

  get invocation(): Invocation {
    return this.#options.invocation;
  }

  get initDuration(): number | undefined {
    return this.#options.initDuration;
  }

  /** The event is on its way to the function. */
  start(): void {
    this.handedOut = true;
    this.log.start();
    this.#options.onStart?.();
  }

  /** The function has not seen the event: another environment may be given it. */
  giveBack(): void {
    this.#options.settle('gone');
  }

  /**
   * Ends it.
   *
   * @param pid of the function's process
   * @param endedBy the error that has ended the environment too
   */
  finish(result: RawResult, pid: number | undefined, endedBy: string | undefined): void {
    const { initDuration, invocation, settle } = this.#options;
    const cold = initDuration !== undefined;
    const end = () => this.log.end({ initDuration, pid, endedBy });
    if (!invocation.wantsLogs) {
      end();
      settle({ ...result, cold });
      return;
    }
    // What it has printed is on its way, through other pipes than its answer.
    setImmediate(() =>
      setImmediate(() => {
        end();
        settle({ ...result, cold, logs: this.log.text });
      }),
    );
  }
}
