import type { ReloadOutcome } from '../reload/vm-service.ts';
import { failure, type Invocation, type InvocationResult } from './invocation.ts';
import { lambdaClosed } from './messages.ts';
import { Pending } from './pending.ts';
import { isFast, type Member, type PoolOptions } from './pool-options.ts';
import { Queue } from './queue.ts';

/** How long a surplus environment may be idle, in milliseconds. */
const IDLE_LIMIT_MS = 60_000;

const CLOSED = failure('Runtime.ExitError', lambdaClosed());

/**
 * The environments of a function. Each takes one invocation at a time. Invocations queue, first in,
 * first out, for the first free environment. Environments are started on demand, reused while they
 * live, and ended after they have been surplus for a while.
 */
export class Pool {
  /** When the function was last invoked, by performance.now(). */
  lastInvoked = 0;
  readonly #options: PoolOptions;
  /** Every environment whose process may still run, including retired ones. */
  readonly #members = new Set<Member>();
  readonly #queue = new Queue();
  #generation = 0;
  /** The number of running reloads; meanwhile, invocations stay queued. */
  #reloads = 0;
  #closed = false;

  constructor(options: PoolOptions) {
    this.#options = options;
  }

  /** The number of invocations that are queued or in flight. */
  get load(): number {
    let busy = 0;
    for (const { state } of this.#members) if (state === 'busy') busy++;
    return this.#queue.length + busy;
  }

  /** Whether an environment compiles changed code itself, and so takes it in the shortest time. */
  get compiles(): boolean {
    return this.#running().some(({ environment }) => environment.compiles);
  }

  /** Whether there is any environment. */
  get isStarted(): boolean {
    return this.#members.size > 0;
  }

  /**
   * Starts an environment before it is needed, one that compiles changed code itself. Where there
   * are others it stands by, and takes their place when the code changes. Resolves when it is ready;
   * does nothing where there is one.
   */
  async startAhead(): Promise<void> {
    const exists = [...this.#members].some((member) => !member.retired && isFast(member));
    if (!exists && !this.#closed) await this.#start(true);
  }

  /**
   * Runs an invocation as soon as an environment is free. Never rejects. Resolves with `throttled`
   * where the queue is full.
   */
  async invoke(invocation: Invocation): Promise<InvocationResult | 'throttled'> {
    if (this.#queue.isFull) return 'throttled';
    this.lastInvoked = performance.now();
    const pending = new Pending(invocation);
    this.#enqueue(pending, 'push');
    this.#dispatch();
    return pending.result;
  }

  /**
   * Reloads the code from the disk in every environment, and replaces environments where that is
   * impossible, or where others are faster. Invocations stay queued meanwhile.
   *
   * @returns the outcome in each environment that has reloaded
   */
  async reload(): Promise<readonly ReloadOutcome[]> {
    this.#generation++;
    this.#reloads++;
    const running = this.#running();
    const fast = running.filter(isFast);
    const members = fast.length > 0 ? fast : running;
    const outcomes = await Promise.all(members.map((member) => this.#reloadOne(member)));
    const slow = running.filter((member) => !members.includes(member));
    if (outcomes.some(({ kind }) => kind === 'reloaded')) {
      for (const member of slow) this.#retire(member);
    } else if (outcomes.some(({ kind }) => kind === 'rejected')) {
      // They would find the same error.
      for (const member of slow) member.generation = this.#generation;
    }
    this.#reloads--;
    this.#dispatch();
    return outcomes;
  }

  /** Has every environment reload the code from the disk before its next invocation. */
  reloadLater(): void {
    this.#generation++;
  }

  /** Replaces every environment, at once or after its current invocation. */
  retire(): void {
    for (const member of this.#members) this.#retire(member);
    this.#dispatch();
  }

  /** Ends every environment and fails the queue. Resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#queue.fail(CLOSED);
    await Promise.all(
      [...this.#members].map(({ environment, timer }) => {
        clearTimeout(timer);
        return environment.close();
      }),
    );
  }

  #enqueue(pending: Pending, where: 'push' | 'unshift'): void {
    this.#queue.add(pending, where);
    if (this.#closed) this.#queue.fail(CLOSED);
  }

  #dispatch(): void {
    if (this.#closed || this.#reloads > 0) return;
    for (let member = this.#idle(); member && this.#queue.length > 0; member = this.#idle()) {
      void this.#run(member, this.#queue.take() as Pending);
    }
    while (this.#needsAnother()) void this.#start(false);
  }

  /** Whether more invocations wait than environments start, and there may be more of these. */
  #needsAnother(): boolean {
    const { size, startsAtOnce } = this.#options;
    let [starting, all] = [0, 0];
    for (const member of this.#members) {
      const isStarting = member.state === 'starting';
      if (member.retired || this.#standsBy(member)) continue;
      // One that compiles is overtaken by one that does not have to.
      if (isStarting && member.ahead && startsAtOnce?.()) continue;
      if (isStarting) starting++;
      all++;
    }
    return starting < this.#queue.length && all < size;
  }

  /** Returns the idle environment that was used last, so that the others can become surplus. */
  #idle(): Member | undefined {
    let last: Member | undefined;
    for (const member of this.#members) {
      const isIdle = member.state === 'idle' && !member.retired && member.environment.alive;
      if (isIdle && !this.#standsBy(member)) last = member;
    }
    return last;
  }

  /** Returns the environments that are ready and not retired. */
  #running(): Member[] {
    return [...this.#members].filter(({ state, retired }) => state !== 'starting' && !retired);
  }

  /** Whether an environment was started ahead, beside others that do the work. */
  #standsBy({ ahead, state }: Member): boolean {
    return ahead && state !== 'starting' && this.#running().some((other) => !other.ahead);
  }

  async #start(ahead: boolean): Promise<void> {
    const environment = this.#options.start(ahead);
    const member: Member = {
      environment,
      generation: this.#generation,
      state: 'starting',
      ahead,
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
      // An environment that was replaced while it started has not failed.
      const isReplaced = member.retired;
      member.retired = true;
      if (isReplaced) return this.#free(member);
      const pending = this.#queue.take();
      pending?.fail(failed(pending.invocation.requestId), { cold: true });
      if (pending === undefined && !this.#closed) this.#options.onUnseenFailure(failed);
    } else if (member.generation !== this.#generation) {
      // The code has changed since it was compiled.
      await this.#reloadOne(member);
    }
    if (ahead && failed === undefined && !member.retired && this.#queue.length === 0) {
      environment.keepWarm(this.#members.size === 1 ? 'prewarmed' : 'stands-by');
    }
    this.#free(member);
  }

  async #run(member: Member, pending: Pending): Promise<void> {
    member.state = 'busy';
    member.ahead = false;
    clearTimeout(member.timer);
    if (member.generation !== this.#generation) await this.#reloadLate(member);
    if (!member.retired) await member.environment.take(pending);
    if (pending.state === 'queued') this.#enqueue(pending, 'unshift');
    this.#free(member);
  }

  #free(member: Member): void {
    member.state = 'idle';
    if (member.retired || !member.environment.alive) this.#retire(member);
    else {
      // Keeps the set ordered by last use.
      this.#members.delete(member);
      this.#members.add(member);
      const limit = this.#options.idleLimitMs ?? IDLE_LIMIT_MS;
      member.timer = setTimeout(() => this.#reap(member), limit);
      member.timer.unref();
    }
    this.#dispatch();
  }

  /** Ends an idle environment, unless it stands by, or is the last one: that spares a cold start. */
  #reap(member: Member): void {
    if (this.#standsBy(member)) return;
    const others = [...this.#members].filter((m) => !m.retired && !this.#standsBy(m));
    if (others.length > 1) this.#retire(member);
  }

  /** Reloads an environment, or retires it where one that compiles just the changes is or starts. */
  async #reloadLate(member: Member): Promise<void> {
    const faster = isFast(member) ? [] : [...this.#members].filter((m) => !m.retired && isFast(m));
    for (const { environment } of faster) {
      if ((await environment.ready) === undefined) return this.#retire(member);
    }
    const outcome = await this.#reloadOne(member);
    if (outcome.kind === 'rejected') this.#options.onLateRejection(outcome.message);
  }

  async #reloadOne(member: Member): Promise<ReloadOutcome> {
    member.generation = this.#generation;
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
