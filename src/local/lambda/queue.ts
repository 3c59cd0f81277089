import type { RawResult } from './invocation.ts';
import type { Pending } from './pending.ts';

/** The limit of the queue of a function, as a number of invocations and as bytes of events. */
const LIMIT = { invocations: 1000, bytes: 256 * 1024 * 1024 };

/** The invocations of a function that wait for an environment, first in, first out. */
export class Queue {
  readonly #waiting: Pending[] = [];
  #bytes = 0;

  get length(): number {
    return this.#waiting.length;
  }

  get isFull(): boolean {
    return this.#waiting.length >= LIMIT.invocations || this.#bytes >= LIMIT.bytes;
  }

  /** Adds an invocation; `unshift`: before all others. */
  add(pending: Pending, where: 'push' | 'unshift'): void {
    this.#waiting[where](pending);
    this.#bytes += pending.invocation.payload.length;
  }

  take(): Pending | undefined {
    const pending = this.#waiting.shift();
    this.#bytes -= pending?.invocation.payload.length ?? 0;
    return pending;
  }

  /** Fails all of them. */
  fail(result: RawResult): void {
    this.#bytes = 0;
    for (const pending of this.#waiting.splice(0)) pending.fail(result, { cold: false });
  }
}
