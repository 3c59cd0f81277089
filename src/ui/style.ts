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

/** Tells whether the terminal's font and encoding have ✔ and └──. */
export function usesUnicode(env: Env, platform: NodeJS.Platform): boolean {
  // The Linux console has at most 512 glyphs.
  if (env.TERM === 'dumb' || env.TERM === 'linux') return false;
  // Windows Terminal and the terminal of VS Code have them, the old console does not.
  if (platform === 'win32') return Boolean(env.WT_SESSION) || env.TERM_PROGRAM === 'vscode';
  // The first one that is set decides: POSIX, 8.2 Internationalization Variables.
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || '';
  return /utf-?8/i.test(locale);
}

/**
 * Returns the style of a stream: colours in a terminal, unless NO_COLOR is set
 * (https://no-color.org). FORCE_COLOR overrides both. chalk is only loaded for colours.
 */
export async function loadStyle(stream: { readonly isTTY?: boolean }, env: Env): Promise<Style> {
  const wanted = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stream.isTTY && !env.NO_COLOR;
  if (!wanted || env.TERM === 'dumb') return PLAIN;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
