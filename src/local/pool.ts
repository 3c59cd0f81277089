import type { Environment } from './environment.ts';
import { failure, type Invocation, type InvocationResult } from './invocation.ts';

/** How many invocations, and how many bytes of events, may wait for one function. */
const QUEUE_LIMIT = { invocations: 1000, bytes: 256 * 1024 * 1024 };

/** What the pool needs of an environment. */
export type PoolEnvironment = Pick<Environment, 'alive' | 'ended' | 'invoke' | 'close'>;

export interface PoolOptions {
  /** Starts another environment of the function. */
  readonly start: () => PoolEnvironment;
  /** How many environments may run at once. */
  readonly size: number;
}

const CLOSED: InvocationResult = {
  ...failure('Runtime.ExitError', 'The local Lambda was closed.'),
  cold: false,
};

interface Waiting {
  readonly invocation: Invocation;
  readonly onStart: (() => void) | undefined;
  readonly settle: (result: InvocationResult) => void;
}

/**
 * The environments of one function. Each takes one invocation at a time; what
 * comes meanwhile waits, first in, first out. Environments are started when they
 * are first needed and used again while they live.
 */
export class Pool {
  readonly #options: PoolOptions;
  readonly #idle: PoolEnvironment[] = [];
  /** Every environment whose process may still run, retired ones too. */
  readonly #all = new Set<PoolEnvironment>();
  readonly #queue: Waiting[] = [];
  #queuedBytes = 0;
  #busy = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /**
   * Runs the invocation as soon as an environment is free. Never rejects.
   * `throttled`: too many wait already, which Lambda answers with
   * TooManyRequestsException.
   *
   * @param onStart called when the function is given the event
   */
  invoke(invocation: Invocation, onStart?: () => void): Promise<InvocationResult | 'throttled'> {
    if (this.#queue.length >= QUEUE_LIMIT.invocations || this.#queuedBytes >= QUEUE_LIMIT.bytes) {
      return Promise.resolve('throttled');
    }
    if (this.#closed) return Promise.resolve(CLOSED);
    return new Promise((settle) => {
      this.#queue.push({ invocation, onStart, settle });
      this.#queuedBytes += invocation.payload.length;
      this.#dispatch();
    });
  }

  /** Ends every environment and fails what waits. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const { settle } of this.#queue.splice(0)) settle(CLOSED);
    await Promise.all([...this.#all].map((environment) => environment.close()));
  }

  #dispatch(): void {
    while (this.#busy < this.#options.size) {
      const waiting = this.#queue.shift();
      if (!waiting) return;
      this.#queuedBytes -= waiting.invocation.payload.length;
      this.#busy++;
      void this.#run(waiting);
    }
  }

  async #run({ invocation, onStart, settle }: Waiting): Promise<void> {
    let environment: PoolEnvironment;
    let result: InvocationResult | 'gone';
    do {
      environment = this.#take();
      result = await environment.invoke(invocation, onStart);
    } while (result === 'gone' && !this.#closed);
    if (environment.alive) this.#idle.push(environment);
    this.#busy--;
    settle(result === 'gone' ? CLOSED : result);
    this.#dispatch();
  }

  /** The environment that was used last, while it is warm; a new one otherwise. */
  #take(): PoolEnvironment {
    for (let idle = this.#idle.pop(); idle; idle = this.#idle.pop()) {
      if (idle.alive) return idle;
    }
    const environment = this.#options.start();
    this.#all.add(environment);
    void environment.ended.then(() => this.#all.delete(environment));
    return environment;
  }
}
