import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { failure } from '../../../src/local/lambda/invocation.ts';
import { quoted } from '../../../src/message.ts';
import { OK, pool, tick } from '../../support/pool.ts';

describe('a pool, ahead of need', () => {
  it('starts one environment, which is warm for its first invocation', async () => {
    const { pool: one, started, invoke } = pool(1);
    await one.startAhead();
    await one.startAhead();
    expect(started.map(({ warm }) => warm)).toEqual(['prewarmed']);
    await invoke(one, 'a');
    expect(started.map(({ seen }) => seen)).toEqual([['a']]);
  });

  it('has an invocation wait for the environment that already starts', async () => {
    const { pool: one, started, invoke } = pool(2, { isReady: false });
    const ahead = one.startAhead();
    await invoke(one, 'a');
    expect(started).toHaveLength(1);
    await started[0]?.start();
    await ahead;
    expect(started[0]).toMatchObject({ seen: ['a'], warm: undefined });
  });

  it('has an invocation overtake it where another starts at once', async () => {
    const settings = { isReady: false, compiles: false, startsAtOnce: true };
    const { pool: one, started, invoke } = pool(1, settings);
    const ahead = one.startAhead();
    await invoke(one, 'a');
    expect(started).toHaveLength(2);
    await started[1]?.start();
    expect(started[1]?.seen).toEqual(['a']);
    await started[0]?.start();
    await ahead;
    // It stands by, and leaves the work to the one that is there.
    await started[1]?.settle(OK);
    await invoke(one, 'b');
    expect(started[1]).toMatchObject({ seen: ['a', 'b'], alive: true });
    expect(started[0]).toMatchObject({ seen: [], warm: 'stands-by' });
  });

  it('takes the place of those that cannot compile when the code changes', async () => {
    const { pool: one, started, invoke } = pool(1, { compiles: false });
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    await one.startAhead();
    expect(started.map(({ alive, warm }) => [alive, warm])).toEqual([
      [true, undefined],
      [true, 'stands-by'],
    ]);
    const reloaded = one.reload();
    await started[1]?.finishReload();
    expect(await reloaded).toEqual([{ kind: 'reloaded' }]);
    expect(started.map(({ alive, reloads }) => [alive, reloads])).toEqual([
      [false, 0],
      [true, 1],
    ]);
    await invoke(one, 'b');
    expect(started[1]?.seen).toEqual(['b']);
  });

  it('leaves the work to those that cannot compile where the changed code does not', async () => {
    const { pool: one, started, invoke } = pool(1, { compiles: false });
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    await one.startAhead();
    if (started[1]) started[1].outcome = { kind: 'rejected', message: 'no' };
    const reloaded = one.reload();
    await started[1]?.finishReload();
    expect(await reloaded).toEqual([{ kind: 'rejected', message: 'no' }]);
    await invoke(one, 'b');
    expect(started[0]).toMatchObject({ seen: ['a', 'b'], reloads: 0 });
  });

  it('takes a late change with the one that starts, rather than compile all of the code', async () => {
    const settings = { isReady: false, compiles: false };
    const { pool: one, started, invoke } = pool(1, settings);
    await invoke(one, 'a');
    await started[0]?.start();
    await started[0]?.settle(OK);
    const ahead = one.startAhead();
    one.reloadLater();
    await invoke(one, 'b');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], []]);
    await started[1]?.start();
    await started[1]?.finishReload();
    await ahead;
    expect(started).toMatchObject([
      { alive: false, reloads: 0 },
      { alive: true, reloads: 1, seen: ['b'] },
    ]);
  });

  it('does the work when the environment that it stood by has ended', async () => {
    const { pool: one, started, invoke } = pool(1, { compiles: false });
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    await one.startAhead();
    await started[0]?.close();
    await tick();
    await invoke(one, 'b');
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
  });

  it('stands by for as long as it takes, beside the one that does the work', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    onTestFinished(() => void vi.useRealTimers());
    const { pool: one, started, invoke } = pool(1, { compiles: false, idleLimitMs: 1000 });
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    await one.startAhead();
    vi.advanceTimersByTime(1_000_000);
    expect(started.map(({ alive }) => alive)).toEqual([true, true]);
  });

  it('starts nothing beside an environment that compiles', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await one.startAhead();
    expect(started).toHaveLength(1);
  });

  it('reports one that cannot start, and keeps those that run', async () => {
    const { pool: one, started, unseen, invoke } = pool(2, { isReady: false, compiles: false });
    await invoke(one, 'a');
    await started[0]?.start();
    const ahead = one.startAhead();
    await started[1]?.start(() => failure('Runtime.ExitError', quoted('it does not compile')));
    await ahead;
    expect(unseen).toHaveLength(1);
    expect(started[0]?.alive).toBe(true);
  });

  it('starts nothing when it is closed', async () => {
    const { pool: one, started } = pool(1);
    await one.close();
    await one.startAhead();
    await tick();
    expect(started).toEqual([]);
  });

  it('holds invocations while it reloads', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    const reloaded = one.reload();
    await invoke(one, 'b');
    expect(started[0]).toMatchObject({ reloads: 1, seen: ['a'] });
    await started[0]?.finishReload();
    await reloaded;
    expect(started[0]).toMatchObject({ reloads: 1, seen: ['a', 'b'] });
  });

  it('reloads later, before the next invocation, and only once', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    one.reloadLater();
    one.reloadLater();
    await tick();
    expect(started[0]?.reloads).toBe(0);
    await invoke(one, 'b');
    expect(started[0]).toMatchObject({ reloads: 1, seen: ['a'] });
    await started[0]?.finishReload();
    expect(started[0]).toMatchObject({ reloads: 1, seen: ['a', 'b'] });
    await started[0]?.settle(OK);
    await invoke(one, 'c');
    expect(started[0]).toMatchObject({ reloads: 1, seen: ['a', 'b', 'c'] });
  });

  it('passes an invocation on where the environment cannot take the new code later', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    if (started[0]) started[0].outcome = { kind: 'restart', reason: quoted('const') };
    one.reloadLater();
    await invoke(one, 'b');
    await started[0]?.finishReload();
    await tick();
    expect(started.map(({ seen }) => seen)).toEqual([['a'], ['b']]);
    expect(started[0]?.alive).toBe(false);
  });

  it('reports code that turns out later not to compile, and serves what there was', async () => {
    const { pool: one, started, rejected, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    if (started[0]) started[0].outcome = { kind: 'rejected', message: 'lib/other.dart:1:1: Error' };
    one.reloadLater();
    await invoke(one, 'b');
    await started[0]?.finishReload();
    expect(rejected).toEqual(['lib/other.dart:1:1: Error']);
    expect(started[0]?.seen).toEqual(['a', 'b']);
  });
});
