import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failure } from '../../../src/local/lambda/invocation.ts';
import { quoted } from '../../../src/message.ts';
import { invocation, OK, pool, tick } from '../../support/pool.ts';

describe('a pool', () => {
  it('gives one environment one invocation at a time, in their order', async () => {
    const { pool: one, started, invoke } = pool(1);
    const results = await invoke(one, 'a', 'b', 'c');
    expect(started[0]?.seen).toEqual(['a']);
    await started[0]?.settle(OK);
    expect(started[0]?.seen).toEqual(['a', 'b']);
    await started[0]?.settle(OK);
    await started[0]?.settle(OK);
    expect(await Promise.all(results)).toEqual([OK, OK, OK]);
    expect(started).toHaveLength(1);
  });

  it('starts another environment when all are busy, up to its size', async () => {
    const { pool: two, started, invoke } = pool(2);
    await invoke(two, 'a', 'b', 'c');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
    await started[1]?.settle(OK);
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b', 'c']]);
  });

  it('gives what waits to whichever environment is ready or free first', async () => {
    const { pool: two, started, invoke } = pool(2, { isReady: false });
    await invoke(two, 'a');
    await started[0]?.start();
    await invoke(two, 'b');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], []]);
    await started[0]?.settle(OK);
    expect(started.map(({ seen }) => seen)).toEqual([['a', 'b'], []]);
    await started[1]?.start();
    expect(started[1]?.seen).toEqual([]);
  });

  it('starts no more environments than invocations wait', async () => {
    const { pool: many, started, invoke } = pool(8, { isReady: false });
    await invoke(many, 'a', 'b');
    expect(started).toHaveLength(2);
  });

  it('fails the invocation that waits longest when an environment cannot start', async () => {
    const { pool: one, started, invoke } = pool(1, { isReady: false });
    const [first, second] = await invoke(one, 'a', 'b');
    await started[0]?.start((id) => failure('Runtime.ExitError', quoted(id)));
    expect(await first).toMatchObject({ ok: false, cold: true, error: { errorMessage: 'a' } });
    await started[1]?.start();
    expect(started[1]?.seen).toEqual(['b']);
    await started[1]?.settle(OK);
    expect(await second).toEqual(OK);
  });

  it('tells why an environment cannot start that nothing waits for, but not when it is closed', async () => {
    const { pool: three, started, unseen, invoke } = pool(3, { isReady: false });
    await invoke(three, 'a', 'b', 'c');
    await started[0]?.start();
    await started[0]?.settle(OK);
    await started[0]?.settle(OK);
    await started[1]?.start((id) => failure('Runtime.ExitError', quoted(id)));
    expect(unseen).toEqual([failure('Runtime.ExitError', quoted('none'))]);
    await three.close();
    expect(unseen).toHaveLength(1);
  });

  it('replaces an environment that is no longer alive', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK, false);
    await invoke(one, 'b');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
  });

  it('gives an invocation that was not seen to another environment', async () => {
    const { pool: one, started, invoke } = pool(1);
    const [result] = await invoke(one, 'a');
    await started[0]?.settle('gone', false);
    await started[1]?.settle(OK);
    expect(await result).toEqual(OK);
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['a']]);
  });

  it('ends an environment that is one too many for a while, but not the last one', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { pool: two, started, invoke } = pool(2, { idleLimitMs: 1000 });
    const alive = () => started.map((environment) => environment.alive);
    await invoke(two, 'a', 'b');
    for (const environment of started) await environment.settle(OK);
    vi.advanceTimersByTime(999);
    expect(alive()).toEqual([true, true]);
    vi.advanceTimersByTime(1);
    expect(alive()).toEqual([false, true]);
    vi.advanceTimersByTime(1_000_000);
    expect(alive()).toEqual([false, true]);
  });

  it('holds back what comes while the code is reloaded', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    const reloaded = one.reload();
    await invoke(one, 'b');
    expect(started[0]?.seen).toEqual(['a']);
    await started[0]?.finishReload();
    expect(started[0]?.seen).toEqual(['a', 'b']);
    expect(await reloaded).toEqual([{ kind: 'reloaded' }]);
    expect(started).toHaveLength(1);
  });

  it('replaces an environment that cannot take the new code', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    if (started[0]) started[0].outcome = { kind: 'restart', reason: quoted('const') };
    const reloaded = one.reload();
    await started[0]?.finishReload();
    expect(await reloaded).toEqual([{ kind: 'restart', reason: 'const' }]);
    await invoke(one, 'b');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
  });

  it('reloads an environment that was started before the change and is ready after it', async () => {
    const { pool: one, started, invoke } = pool(1, { isReady: false });
    await invoke(one, 'a');
    expect(await one.reload()).toEqual([]);
    await started[0]?.start();
    expect(started[0]?.reloads).toBe(1);
    expect(started[0]?.seen).toEqual([]);
    await started[0]?.finishReload();
    expect(started[0]?.seen).toEqual(['a']);
  });

  it('replaces all environments: idle ones at once, busy ones after their invocation', async () => {
    const { pool: two, started, invoke } = pool(2);
    await invoke(two, 'a', 'b');
    await started[0]?.settle(OK);
    two.retire();
    expect(started.map(({ alive }) => alive)).toEqual([false, true]);
    await started[1]?.settle(OK);
    expect(started[1]?.alive).toBe(false);
    await invoke(two, 'c');
    expect(started[2]?.seen).toEqual(['c']);
  });

  it('does not fail what waits for an environment that is replaced while it starts', async () => {
    const { pool: one, started, invoke } = pool(1, { isReady: false });
    await invoke(one, 'a');
    one.retire();
    await tick();
    await started[1]?.start();
    expect(started[1]?.seen).toEqual(['a']);
  });

  it('turns invocations away when 1,000 wait', async () => {
    const { pool: one, started } = pool(1, { isReady: false });
    for (let index = 0; index < 1000; index++) void one.invoke(invocation(`${index}`));
    expect(await one.invoke(invocation('x'))).toBe('throttled');
    await started[0]?.start();
    void one.invoke(invocation('y'));
    expect(await one.invoke(invocation('z'))).toBe('throttled');
  });

  it('turns invocations away when 256 MB wait', async () => {
    const { pool: one } = pool(1);
    for (let index = 0; index < 43; index++) {
      void one.invoke(invocation(`${index}`, 6 * 1024 * 1024));
    }
    expect(await one.invoke(invocation('x'))).toBe('throttled');
  });

  it('fails all that waits when it is closed, and starts nothing more', async () => {
    const { pool: one, started, invoke } = pool(1);
    const results = await invoke(one, 'a', 'b');
    await one.close();
    results.push(one.invoke(invocation('c')));
    for (const result of await Promise.all(results)) expect(result).toMatchObject({ ok: false });
    expect(started).toHaveLength(1);
  });
});
