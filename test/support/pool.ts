import type { InitFailure } from '../../src/local/lambda/environment-options.ts';
import {
  failure,
  type Invocation,
  type InvocationResult,
  type RawResult,
} from '../../src/local/lambda/invocation.ts';
import type { Pending } from '../../src/local/lambda/pending.ts';
import { Pool } from '../../src/local/lambda/pool.ts';
import type { PoolEnvironment, PoolOptions } from '../../src/local/lambda/pool-options.ts';
import type { ReloadOutcome } from '../../src/local/reload/vm-service.ts';
import { quoted } from '../../src/message.ts';

export const tick = () => new Promise((resolve) => setImmediate(resolve));

/** An environment that is told when it is ready, and how each of its invocations ends. */
class Scripted implements PoolEnvironment {
  alive = true;
  readonly compiles: boolean;
  warm: string | undefined;
  reloads = 0;
  outcome: ReloadOutcome = { kind: 'reloaded' };
  readonly seen: string[] = [];
  readonly ready: Promise<InitFailure | undefined>;
  readonly ended: Promise<void>;
  #end: () => void = () => {};
  #start: (failure: InitFailure | undefined) => void = () => {};
  #settle: (result: InvocationResult | 'gone') => void = () => {};
  #reloaded: () => void = () => {};

  constructor(isReady: boolean, compiles: boolean) {
    this.compiles = compiles;
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
    this.ready = new Promise((resolve) => {
      this.#start = resolve;
    });
    if (isReady) this.#start(undefined);
  }

  take(pending: Pending): Promise<void> {
    this.seen.push(pending.invocation.requestId);
    this.#settle = (result) => (result === 'gone' ? pending.leave() : pending.fail(result, result));
    return pending.taken();
  }

  keepWarm(how: string): void {
    this.warm = how;
  }

  reload(): Promise<ReloadOutcome> {
    this.reloads++;
    return new Promise((resolve) => {
      this.#reloaded = () => resolve(this.outcome);
    });
  }

  async start(failed?: InitFailure): Promise<void> {
    this.#start(failed);
    await tick();
  }

  async settle(result: InvocationResult | 'gone', alive = true): Promise<void> {
    this.alive = alive;
    this.#settle(result);
    await tick();
  }

  async finishReload(): Promise<void> {
    this.#reloaded();
    await tick();
  }

  close(): Promise<void> {
    this.alive = false;
    this.#start(() => failure('Runtime.ExitError', quoted('closed')));
    this.#settle('gone');
    this.#end();
    return this.ended;
  }
}

export const OK: InvocationResult = { ok: true, payload: Buffer.from('1'), cold: false };

export const invocation = (requestId: string, bytes = 2): Invocation => ({
  requestId,
  traceId: '',
  payload: Buffer.alloc(bytes),
});

export function pool(
  size: number,
  { isReady = true, idleLimitMs = 60_000, compiles = true, startsAtOnce = false } = {},
) {
  const started: Scripted[] = [];
  const start: PoolOptions['start'] = (ahead) => {
    const environment = new Scripted(isReady, ahead || compiles);
    started.push(environment);
    return environment;
  };
  const invoke = async (to: Pool, ...ids: string[]) => {
    const results = ids.map((id) => to.invoke(invocation(id)));
    await tick();
    return results;
  };
  const unseen: RawResult[] = [];
  const onUnseenFailure = (failed: InitFailure) => unseen.push(failed('none'));
  const atOnce = () => startsAtOnce;
  const rejected: string[] = [];
  const onLateRejection = (message: string) => rejected.push(message);
  const callbacks = { onUnseenFailure, onLateRejection, startsAtOnce: atOnce };
  return {
    pool: new Pool({ size, start, idleLimitMs, ...callbacks }),
    started,
    unseen,
    rejected,
    invoke,
  };
}
