import type { InitFailure } from './environment-options.ts';

/** Tracks the init of an environment, from its start until its process asks for an event. */
export class Init {
  /** Resolves when the process has asked for its first event, or with a failure when it will not. */
  readonly ended: Promise<InitFailure | undefined>;
  readonly #started = performance.now();
  #end: (failure: InitFailure | undefined) => void = () => {};
  #duration: number | undefined;

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** How long it took, in milliseconds; undefined until it has succeeded. */
  get duration(): number | undefined {
    return this.#duration;
  }

  /** Ends the init, as the process has asked for an event. Later calls have no effect. */
  succeed(): void {
    this.#duration ??= performance.now() - this.#started;
    this.#end(undefined);
  }

  /** Ends the init with a failure. Has no effect on one that has ended. */
  fail(failure: InitFailure): void {
    this.#end(failure);
  }
}
