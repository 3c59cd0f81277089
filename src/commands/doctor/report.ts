import type { Result, Status } from '../../doctor/check.ts';
import { printable } from '../../ui/report.ts';
import type { Style } from '../../ui/style.ts';

const SYMBOLS: Record<Status, string> = { ok: '✔', warn: '!', fail: '✖' };
const WORDS: Record<Status, string> = { ok: 'ok  ', warn: 'warn', fail: 'FAIL' };

/**
 * Formats each result as a line, followed by one that says what to try; one that has parts, as
 * these two lines for each of them.
 */
export function formatResults(results: readonly Result[], style: Style, symbols: boolean): string {
  const colours = { ok: style.green, warn: style.yellow, fail: style.red };
  const marks = symbols ? SYMBOLS : WORDS;
  const width = Math.max(...results.map(({ title }) => title.length));
  return results
    .flatMap(({ status, title, parts, ...whole }) => {
      const mark = marks[status];
      const indent = ' '.repeat(mark.length + width + 3);
      const lines = (parts ?? [whole]).flatMap(({ detail, fix }) =>
        fix === undefined ? [onOneLine(detail)] : [onOneLine(detail), `Try: ${onOneLine(fix)}`],
      );
      const start = `${colours[status](mark)} ${title.padEnd(width)}  `;
      return lines.map((line, index) => (index === 0 ? start : indent) + line);
    })
    .join('\n');
}

/** Keeps the output of a program on one line. */
const onOneLine = (text: string): string => printable(text.replace(/\s*[\r\n]+\s*/g, ' '));
