import { describe, expect, it } from 'vitest';
import { TransferLine } from '../../src/ui/progress.ts';
import { formatBytes } from '../../src/util/shell-words.ts';

const MB = 1e6;

/** A line of a download, of which the clock is set. */
function transfer() {
  let now = 0;
  const line = new TransferLine(() => now);
  return {
    text: (unicode = false) => line.text(unicode),
    at: (ms: number, done: number, total?: number) => {
      now = ms;
      line.update({ done, total });
    },
    wait: (ms: number) => {
      now = ms;
    },
  };
}

describe('the line of a download', () => {
  it('shows how much is there, how fast it comes and how long it takes', () => {
    const { at, text } = transfer();
    at(0, 0, 210 * MB);
    at(5000, 105 * MB, 210 * MB);
    expect(text()).toBe('##########---------- 105 MB of 210 MB, 21 MB/s, 5 s left');
    expect(text(true)).toBe('━━━━━━━━━━────────── 105 MB of 210 MB, 21 MB/s, 5 s left');
  });

  it('promises nothing before it knows the speed', () => {
    const { at, text } = transfer();
    at(100, 1 * MB, 210 * MB);
    expect(text()).toBe('-------------------- 1 MB of 210 MB');
  });

  it('has neither a bar nor the time left where the size is not told', () => {
    const { at, text } = transfer();
    at(1000, 3 * MB);
    expect(text()).toBe('3 MB, 3 MB/s');
  });

  it('goes by the speed of the last seconds', () => {
    const { at, text } = transfer();
    at(0, 0, 1000 * MB);
    for (let second = 1; second <= 10; second++) at(second * 1000, second * MB, 1000 * MB);
    for (let second = 1; second <= 6; second++) {
      at((10 + second) * 1000, (10 + second * 50) * MB, 1000 * MB);
    }
    expect(text()).toContain('50 MB/s, 14 s left');
  });

  it('slows down while nothing comes', () => {
    const { at, wait, text } = transfer();
    at(0, 0, 100 * MB);
    at(1000, 10 * MB, 100 * MB);
    wait(10_000);
    expect(text()).toContain('1 MB/s, 90 s left');
  });

  it('begins anew after a connection that broke', () => {
    const { at, text } = transfer();
    at(0, 0, 100 * MB);
    at(10_000, 90 * MB, 100 * MB);
    at(11_000, 1 * MB, 100 * MB);
    at(12_000, 11 * MB, 100 * MB);
    expect(text()).toContain('11 MB of 100 MB, 10 MB/s, 9 s left');
  });

  it('tells long times in minutes', () => {
    const { at, text } = transfer();
    at(0, 0, 200 * MB);
    at(1000, 0.2 * MB, 200 * MB);
    expect(text()).toContain('200 kB/s, 17 min left');
  });
});

it.each([
  [0, '0 kB'],
  [1, '1 kB'],
  [999_000, '999 kB'],
  [209_600_000, '210 MB'],
  [1_250_000_000, '1.3 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(formatBytes(bytes)).toBe(text);
});
