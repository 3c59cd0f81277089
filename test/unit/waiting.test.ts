import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { quoted } from '../../src/message.ts';
import { createOut } from '../../src/ui/out.ts';
import { usesUnicode } from '../../src/ui/style.ts';
// Loaded now: the clock of these tests does not wait for files.
import '../../src/ui/waiting.ts';

const TERMINAL = { TERM: 'xterm', LANG: 'C.UTF-8', NO_COLOR: '1' };

/** What a terminal shows of what is written to it, a line at a time. */
class Screen {
  readonly isTTY: boolean;
  readonly columns: number;
  #text = '';

  constructor({ isTTY = true, columns = 80 } = {}) {
    this.isTTY = isTTY;
    this.columns = columns;
  }

  write(text: string): void {
    this.#text += text;
  }

  get written(): string {
    return this.#text;
  }

  get lines(): string[] {
    // `\r\x1b[K` empties the line.
    return this.#text.split('\n').map((line) => line.split('\r\x1b[K').at(-1) ?? '');
  }
}

const open = (stderr: Screen, env: Record<string, string> = TERMINAL) =>
  createOut({ stdout: new Screen(), stderr }, env, false);

const later = <T>(ms: number, value: T): Promise<T> =>
  new Promise((resolve) => {
    setTimeout(() => resolve(value), ms);
  });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe('waiting', () => {
  it('shows what is done and for how long, and leaves nothing behind', async () => {
    const screen = new Screen();
    const out = await open(screen);
    const work = out.waitFor('Looking at AWS', later(5000, 'found'));
    await vi.advanceTimersByTimeAsync(3500);
    expect(screen.lines).toEqual([expect.stringMatching(/^[⠀-⣿] Looking at AWS \(3 s\)$/)]);
    await vi.advanceTimersByTimeAsync(1500);
    expect(await work).toBe('found');
    expect(screen.lines).toEqual(['']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('tells how far it is, where the work tells that, each time that it is drawn', async () => {
    const screen = new Screen();
    const out = await open(screen);
    let done = 1;
    const work = out.waitFor(
      ({ unicode }) => `${unicode ? '━' : '#'} ${done} of 9`,
      later(2000, ''),
    );
    await vi.advanceTimersByTimeAsync(500);
    expect(screen.lines).toEqual([expect.stringMatching(/^[⠀-⣿] ━ 1 of 9$/)]);
    done = 8;
    await vi.advanceTimersByTimeAsync(500);
    expect(screen.lines).toEqual([expect.stringMatching(/^[⠀-⣿] ━ 8 of 9$/)]);
    await vi.advanceTimersByTimeAsync(1000);
    await work;
    expect(screen.lines).toEqual(['']);
  });

  it('shows nothing for what is ready at once', async () => {
    const screen = new Screen();
    const out = await open(screen);
    const work = out.waitFor('Looking at AWS', later(100, 'found'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await work).toBe('found');
    expect(screen.written).toBe('');
  });

  it('makes room for what is said meanwhile, and comes back below it', async () => {
    const screen = new Screen();
    const out = await open(screen);
    const work = out.waitFor('Looking at AWS', later(2000, 'found'));
    await vi.advanceTimersByTimeAsync(1000);
    out.warn(quoted('it is slow.'));
    expect(screen.lines).toEqual(['warning: it is slow.', '']);
    await vi.advanceTimersByTimeAsync(500);
    expect(screen.lines[1]).toContain('Looking at AWS (1 s)');
    await vi.advanceTimersByTimeAsync(500);
    await work;
    expect(screen.lines).toEqual(['warning: it is slow.', '']);
  });

  it('is over when the work fails', async () => {
    const screen = new Screen();
    const out = await open(screen);
    const failed = expect(
      out.waitFor(
        'Looking at AWS',
        later(1000, '').then(() => Promise.reject(new Error('no'))),
      ),
    ).rejects.toThrow('no');
    await vi.advanceTimersByTimeAsync(1000);
    await failed;
    expect(screen.lines).toEqual(['']);
    expect(vi.getTimerCount()).toBe(0);
  });

  it('never wraps: what a narrow terminal has no room for is cut off', async () => {
    const screen = new Screen({ columns: 10 });
    const out = await open(screen);
    const work = out.waitFor('Looking at AWS', later(1000, ''));
    await vi.advanceTimersByTimeAsync(900);
    expect(screen.lines[0]).toHaveLength(9);
    await vi.advanceTimersByTimeAsync(100);
    await work;
  });

  it.each([
    ['no terminal', new Screen({ isTTY: false }), TERMINAL],
    ['a CI run', new Screen(), { ...TERMINAL, CI: 'true' }],
    ['a terminal that cannot go back', new Screen(), { ...TERMINAL, TERM: 'dumb' }],
  ])('shows nothing where there is %s', async (_, screen, env) => {
    const out = await open(screen, env);
    const work = out.waitFor('Looking at AWS', later(1000, 'found'));
    await vi.advanceTimersByTimeAsync(1000);
    expect(await work).toBe('found');
    expect(screen.written).toBe('');
  });

  it('is plain ASCII where there is no more', async () => {
    const screen = new Screen();
    const out = await open(screen, { ...TERMINAL, LANG: 'C' });
    const work = out.waitFor('Looking at AWS', later(1000, ''));
    await vi.advanceTimersByTimeAsync(900);
    expect(screen.lines[0]).toMatch(/^[|/\\-] Looking at AWS \(0 s\)$/);
    await vi.advanceTimersByTimeAsync(100);
    await work;
  });
});

describe('a terminal shows more than ASCII', () => {
  it.each([
    ['linux', { LANG: 'en_GB.UTF-8' }, true],
    ['darwin', { LC_CTYPE: 'UTF-8' }, true],
    ['linux', { LANG: 'en_GB.UTF-8', LC_ALL: 'C' }, false],
    ['linux', { LANG: 'C.utf8', TERM: 'dumb' }, false],
    ['linux', { LANG: 'C.utf8', TERM: 'linux' }, false],
    ['linux', {}, false],
    ['win32', { WT_SESSION: 'x' }, true],
    ['win32', { TERM_PROGRAM: 'vscode' }, true],
    ['win32', {}, false],
  ] as const)('%s, %j: %s', (platform, env, expected) => {
    expect(usesUnicode(env, platform)).toBe(expected);
  });
});
