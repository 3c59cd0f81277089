import type { ReloadOutcome } from '../reload/vm-service.ts';
import type { Environment } from './environment.ts';
import type { InitFailure } from './environment-options.ts';
import { failure, type Invocation, type InvocationResult } from './invocation.ts';
import { Pending } from './pending.ts';

/** How many invocations, and how many bytes of events, may wait for one function. */
const QUEUE_LIMIT = { invocations: 1000, bytes: 256 * 1024 * 1024 };

/** How long an environment that is one too many stays without an invocation, in milliseconds. */
const IDLE_LIMIT_MS = 60_000;

/** What the pool needs of an environment. */
export type PoolEnvironment = Pick<
  Environment,
  'alive' | 'ready' | 'ended' | 'take' | 'reload' | 'close'
>;

export interface PoolOptions {
  /** Starts another environment of the function. */
  readonly start: () => PoolEnvironment;
  /** How many environments may run at once. */
  readonly size: number;
  /** Of an environment that is one too many; a minute unless given. */
  readonly idleLimitMs?: number;
  /** Gets why an environment could not start, where no invocation waits for it any more. */
  readonly onUnseenFailure: (failure: InitFailure) => void;
}

const CLOSED = failure('Runtime.ExitError', 'The local Lambda was closed.');

/** An environment and what the pool knows of it. */
interface Member {
  readonly environment: PoolEnvironment;
  /** The reloads that there had been when it was started. */
  readonly generation: number;
  state: 'starting' | 'idle' | 'busy';
  /** Whether it takes no other invocation: its code is old. */
  retired: boolean;
  /** Ends it when it has been idle for long. */
  timer?: NodeJS.Timeout;
}

/**
 * The environments of one function. Each takes one invocation at a time; what
 * comes meanwhile waits, first in, first out, and goes to whichever is free or
 * ready first. Environments are started when they are needed, used again while
 * they live, and ended when they have been one too many for a while.
 */
export class Pool {
  readonly #options: PoolOptions;
  /** Every environment whose process may still run, retired ones too. */
  readonly #members = new Set<Member>();
  readonly #queue: Pending[] = [];
  #queuedBytes = 0;
  #generation = 0;
  /** Reloads that run: until they are done, no invocation is given out. */
  #reloads = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** How many invocations run or wait. */
  get load(): number {
    let busy = 0;
    for (const { state } of this.#members) if (state === 'busy') busy++;
    return this.#queue.length + busy;
  }

  /**
   * Runs the invocation as soon as an environment is free. Never rejects.
   * `throttled`: too many wait already, which Lambda answers with
   * TooManyRequestsException.
   */
  async invoke(invocation: Invocation): Promise<InvocationResult | 'throttled'> {
    if (this.#queue.length >= QUEUE_LIMIT.invocations || this.#queuedBytes >= QUEUE_LIMIT.bytes) {
      return 'throttled';
    }
    const pending = new Pending(invocation);
    this.#enqueue(pending, 'push');
    this.#dispatch();
    return pending.result;
  }

  /**
   * Puts the code that is on the disk now into every environment. What comes
   * meanwhile waits for it. An environment that cannot take it is replaced.
   *
   * @returns what came of it in each environment that runs
   */
  async reload(): Promise<readonly ReloadOutcome[]> {
    this.#generation++;
    this.#reloads++;
    const running = [...this.#members].filter(
      ({ state, retired }) => state !== 'starting' && !retired,
    );
    const outcomes = await Promise.all(running.map((member) => this.#reloadOne(member)));
    this.#reloads--;
    this.#dispatch();
    return outcomes;
  }

  /** Replaces every environment: at once, or after its invocation. */
  retire(): void {
    for (const member of this.#members) this.#retire(member);
    this.#dispatch();
  }

  /** Ends every environment and fails what waits. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#failQueue();
    await Promise.all(
      [...this.#members].map(({ environment, timer }) => {
        clearTimeout(timer);
        return environment.close();
      }),
    );
  }

  #enqueue(pending: Pending, where: 'push' | 'unshift'): void {
    this.#queue[where](pending);
    this.#queuedBytes += pending.invocation.payload.length;
    if (this.#closed) this.#failQueue();
  }

  #failQueue(): void {
    for (const pending of this.#queue.splice(0)) pending.fail(CLOSED, { cold: false });
  }

  #dequeue(): Pending | undefined {
    const pending = this.#queue.shift();
    this.#queuedBytes -= pending?.invocation.payload.length ?? 0;
    return pending;
  }

  #dispatch(): void {
    if (this.#closed || this.#reloads > 0) return;
    for (let member = this.#idle(); member && this.#queue.length > 0; member = this.#idle()) {
      void this.#run(member, this.#dequeue() as Pending);
    }
    const count = (state: Member['state']) =>
      [...this.#members].filter((m) => m.state === state && !m.retired).length;
    while (
      count('starting') < this.#queue.length &&
      count('starting') + count('busy') + count('idle') < this.#options.size
    ) {
      void this.#start();
    }
  }

  /** The environment that was used last, so that the others may become one too many. */
  #idle(): Member | undefined {
    let last: Member | undefined;
    for (const member of this.#members) {
      if (member.state === 'idle' && !member.retired && member.environment.alive) last = member;
    }
    return last;
  }

  async #start(): Promise<void> {
    const environment = this.#options.start();
    const member: Member = {
      environment,
      generation: this.#generation,
      state: 'starting',
      retired: false,
    };
    this.#members.add(member);
    void environment.ended.then(() => {
      clearTimeout(member.timer);
      this.#members.delete(member);
      this.#dispatch();
    });
    const failed = await environment.ready;
    if (failed !== undefined) {
      // One that was replaced while it started has not failed: another one comes.
      const isReplaced = member.retired;
      member.retired = true;
      if (isReplaced) return this.#free(member);
      const pending = this.#dequeue();
      pending?.fail(failed(pending.invocation.requestId), { cold: true });
      if (pending === undefined && !this.#closed) this.#options.onUnseenFailure(failed);
    } else if (member.generation !== this.#generation) {
      // The code has changed while it was compiled.
      await this.#reloadOne(member);
    }
    this.#free(member);
  }

  async #run(member: Member, pending: Pending): Promise<void> {
    member.state = 'busy';
    clearTimeout(member.timer);
    await member.environment.take(pending);
    if (pending.state === 'queued') this.#enqueue(pending, 'unshift');
    this.#free(member);
  }

  #free(member: Member): void {
    member.state = 'idle';
    if (member.retired || !member.environment.alive) this.#retire(member);
    else {
      // The last one in the set is the one that was used last.
      this.#members.delete(member);
      this.#members.add(member);
      member.timer = setTimeout(
        () => this.#reap(member),
        this.#options.idleLimitMs ?? IDLE_LIMIT_MS,
      );
      member.timer.unref();
    }
    this.#dispatch();
  }

  /** Ends an environment that has been idle for long, but for the last one: a cold start is slow. */
  #reap(member: Member): void {
    const running = [...this.#members].filter(({ retired }) => !retired);
    if (running.length > 1) this.#retire(member);
  }

  async #reloadOne(member: Member): Promise<ReloadOutcome> {
    const outcome = await member.environment.reload();
    if (outcome.kind === 'restart') this.#retire(member);
    return outcome;
  }

  #retire(member: Member): void {
    member.retired = true;
    clearTimeout(member.timer);
    if (member.state !== 'busy') void member.environment.close();
  }
}
