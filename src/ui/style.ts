import type { Env } from '../util/env.ts';
/** The colours of the terminal. */
export interface Style {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const same = (text: string): string => text;
/** No colours at all. */
export const PLAIN: Style = {
  bold: same,
  dim: same,
  red: same,
  green: same,
  yellow: same,
  cyan: same,
};

/** Whether the terminal's font and encoding have more than ASCII: ✔, └──. */
export function usesUnicode(env: Env, platform: NodeJS.Platform): boolean {
  // The console of the Linux kernel has 256 or 512 glyphs.
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  // Windows Terminal and the terminal of VS Code; the old console has a font without them.
  if (platform === 'win32') return Boolean(env.WT_SESSION) || env.TERM_PROGRAM === 'vscode';
  // The first one that is set decides (POSIX, Environment Variables).
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale);
}

/**
 * The style for a stream: coloured in a terminal, unless NO_COLOR is set
 * (https://no-color.org); FORCE_COLOR decides before both. chalk is loaded only
 * where there is something to colour.
 */
export async function loadStyle(stream: { readonly isTTY?: boolean }, env: Env): Promise<Style> {
  const wanted = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stream.isTTY && !env.NO_COLOR;
  if (!wanted || env.TERM === 'dumb') return PLAIN;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
