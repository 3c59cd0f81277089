import { describe, expect, it } from 'vitest';
import { failure } from '../../../src/local/lambda/invocation.ts';
import { quoted } from '../../../src/message.ts';
import { OK, pool, tick } from '../../support/pool.ts';

describe('a pool, ahead of need', () => {
  it('starts one environment, which is warm for its first invocation', async () => {
    const { pool: one, started, invoke } = pool(1);
    await one.startAhead();
    await one.startAhead();
    expect(started.map(({ warm }) => warm)).toEqual([true]);
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
    // It takes the place of the one that cannot compile, after the invocation of that.
    expect(started[1]?.alive).toBe(true);
    await started[1]?.settle(OK);
    expect(started[1]?.alive).toBe(false);
    await invoke(one, 'b');
    expect(started[0]).toMatchObject({ seen: ['b'], warm: false });
  });

  it('replaces idle environments that cannot compile, at once and without news', async () => {
    const { pool: one, started, invoke } = pool(1, { compiles: false });
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    await one.startAhead();
    expect(started.map(({ alive, warm }) => [alive, warm])).toEqual([
      [false, undefined],
      [true, false],
    ]);
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

  it('waits for its turn with a reload, and holds invocations meanwhile', async () => {
    const { pool: one, started, invoke } = pool(1);
    await invoke(one, 'a');
    await started[0]?.settle(OK);
    let begin = () => {};
    const reloaded = one.reload(
      new Promise<void>((resolve) => {
        begin = resolve;
      }),
    );
    await invoke(one, 'b');
    expect(started[0]).toMatchObject({ reloads: 0, seen: ['a'] });
    begin();
    await tick();
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
});
