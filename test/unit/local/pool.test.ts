import { describe, expect, it } from 'vitest';
import type { Invocation, InvocationResult } from '../../../src/local/invocation.ts';
import { Pool, type PoolEnvironment } from '../../../src/local/pool.ts';

/** An environment that is told how each of its invocations ends. */
class Scripted implements PoolEnvironment {
  alive = true;
  readonly seen: string[] = [];
  readonly ended: Promise<void>;
  #end: () => void = () => {};
  #settle: (result: InvocationResult | 'gone') => void = () => {};

  constructor() {
    this.ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  invoke(invocation: Invocation): Promise<InvocationResult | 'gone'> {
    this.seen.push(invocation.requestId);
    return new Promise((resolve) => {
      this.#settle = resolve;
    });
  }

  async settle(result: InvocationResult | 'gone', alive = true): Promise<void> {
    this.alive = alive;
    this.#settle(result);
    await new Promise((resolve) => setImmediate(resolve));
  }

  close(): Promise<void> {
    this.alive = false;
    this.#settle('gone');
    this.#end();
    return this.ended;
  }
}

const OK: InvocationResult = { ok: true, payload: Buffer.from('1'), cold: false };

const invocation = (requestId: string, bytes = 2): Invocation => ({
  requestId,
  traceId: '',
  payload: Buffer.alloc(bytes),
});

function pool(size: number): { pool: Pool; started: Scripted[] } {
  const started: Scripted[] = [];
  const start = () => {
    const environment = new Scripted();
    started.push(environment);
    return environment;
  };
  return { pool: new Pool({ size, start }), started };
}

describe('a pool', () => {
  it('gives one environment one invocation at a time, in their order', async () => {
    const { pool: one, started } = pool(1);
    const results = ['a', 'b', 'c'].map((id) => one.invoke(invocation(id)));
    expect(started[0]?.seen).toEqual(['a']);
    await started[0]?.settle(OK);
    expect(started[0]?.seen).toEqual(['a', 'b']);
    await started[0]?.settle(OK);
    await started[0]?.settle(OK);
    expect(await Promise.all(results)).toEqual([OK, OK, OK]);
    expect(started).toHaveLength(1);
  });

  it('starts another environment when all are busy, up to its size', async () => {
    const { pool: two, started } = pool(2);
    for (const id of ['a', 'b', 'c']) void two.invoke(invocation(id));
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
    await started[1]?.settle(OK);
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b', 'c']]);
  });

  it('replaces an environment that is no longer alive', async () => {
    const { pool: one, started } = pool(1);
    void one.invoke(invocation('a'));
    await started[0]?.settle(OK, false);
    void one.invoke(invocation('b'));
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
  });

  it('gives an invocation that was not seen to another environment', async () => {
    const { pool: one, started } = pool(1);
    const result = one.invoke(invocation('a'));
    await started[0]?.settle('gone', false);
    await started[1]?.settle(OK);
    expect(await result).toEqual(OK);
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['a']]);
  });

  it('turns invocations away when 1,000 wait', async () => {
    const { pool: one, started } = pool(1);
    for (let index = 0; index < 1001; index++) void one.invoke(invocation(`${index}`));
    expect(await one.invoke(invocation('x'))).toBe('throttled');
    await started[0]?.settle(OK);
    void one.invoke(invocation('y'));
    expect(await one.invoke(invocation('z'))).toBe('throttled');
  });

  it('turns invocations away when 256 MB wait', async () => {
    const { pool: one } = pool(1);
    for (let index = 0; index < 44; index++) {
      void one.invoke(invocation(`${index}`, 6 * 1024 * 1024));
    }
    expect(await one.invoke(invocation('x'))).toBe('throttled');
  });

  it('fails all that waits when it is closed, and starts nothing more', async () => {
    const { pool: one, started } = pool(1);
    const results = ['a', 'b'].map((id) => one.invoke(invocation(id)));
    await one.close();
    results.push(one.invoke(invocation('c')));
    for (const result of await Promise.all(results)) expect(result).toMatchObject({ ok: false });
    expect(started).toHaveLength(1);
  });
});
