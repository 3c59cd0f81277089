import type { Result, Status } from '../doctor/check.ts';
import type { Machine } from '../tools/machine.ts';
import type { Style } from '../ui/style.ts';

const SYMBOLS: Record<Status, string> = { ok: '✔', warn: '!', fail: '✖' };
const WORDS: Record<Status, string> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' };

/** A line for each result, and one below it for what to try. */
export function formatResults(results: readonly Result[], style: Style, symbols: boolean): string {
  const colours = { ok: style.green, warn: style.yellow, fail: style.red };
  const marks = symbols ? SYMBOLS : WORDS;
  const width = Math.max(...results.map(({ title }) => title.length));
  return results
    .flatMap(({ status, title, detail, fix }) => {
      const mark = marks[status];
      const line = `${colours[status](mark)} ${title.padEnd(width)}  ${printable(detail)}`;
      if (fix === undefined) return [line];
      return [line, `${' '.repeat(mark.length + width + 3)}Try: ${printable(fix)}`];
    })
    .join('\n');
}

/** Whether ✔ can be shown: in a terminal that is set to UTF-8. */
export function hasSymbols(
  env: Readonly<Record<string, string | undefined>>,
  { terminal, platform }: Machine,
): boolean {
  if (!terminal || env.TERM === 'dumb') return false;
  // Windows Terminal and the terminal of VS Code; the old console has a font without them.
  if (platform === 'win32') return Boolean(env.WT_SESSION) || env.TERM_PROGRAM === 'vscode';
  // The first one that is set decides (POSIX, Environment Variables).
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale);
}

/** A program's words stay on their line, and nothing in them may steer the terminal. */
function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/\s*[\r\n]+\s*/g, ' ').replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}
