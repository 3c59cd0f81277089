import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, it } from 'vitest';
import { withTimeLimit } from '../../src/util/within.ts';

/** Resolves with the reason once the signal is aborted. */
const endOf = (signal: AbortSignal): Promise<unknown> =>
  new Promise((resolve) => {
    signal.addEventListener('abort', () => resolve(signal.reason), { once: true });
  });

describe('withTimeLimit', () => {
  it('aborts after the time, also when memory was collected meanwhile', async () => {
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    const reason = withTimeLimit(new AbortController().signal, 50, endOf);
    // Weak references hold until the end of the turn.
    await new Promise(setImmediate);
    collect();
    expect(await reason).toMatchObject({ name: 'TimeoutError' });
  });

  it('aborts with the other signal, and is not late then', async () => {
    const stop = new AbortController();
    const ended = withTimeLimit(stop.signal, 60_000, async (signal, late) => [
      await endOf(signal),
      late.aborted,
    ]);
    stop.abort('stopped');
    expect(await ended).toEqual(['stopped', false]);
  });

  it('leaves no timer behind', async () => {
    const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout');
    const before = timers().length;
    expect(await withTimeLimit(new AbortController().signal, 60_000, async () => 7)).toBe(7);
    expect(timers()).toHaveLength(before);
  });
});
