import type { InitFailure } from './environment-options.ts';

/** The first phase of an environment: from its start until its process asks for an event. */
export class Init {
  /** Resolves when the process has asked for its first event, or with why it will not. */
  readonly ended: Promise<InitFailure | undefined>;
  readonly #started = performance.now();
  #end: (failure: InitFailure | undefined) => void = () => {};
  #duration: number | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** Milliseconds that it took; undefined as long as it has not succeeded. */
  get duration(): number | undefined {
    return this.#duration;
  }

  /** The process has asked for an event: the first time ends it. */
  succeed(): void {
    this.#duration ??= performance.now() - this.#started;
    this.#end(undefined);
  }

  /** Nothing happens where it has ended already. */
  fail(failure: InitFailure): void {
    this.#end(failure);
  }
}
