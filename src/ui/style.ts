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

/**
 * The style for a stream: coloured in a terminal, unless NO_COLOR is set
 * (https://no-color.org); FORCE_COLOR decides before both. chalk is loaded only
 * where there is something to colour.
 */
export async function loadStyle(
  stream: { readonly isTTY?: boolean },
  env: Readonly<Record<string, string | undefined>>,
): Promise<Style> {
  const wanted = env.FORCE_COLOR ? env.FORCE_COLOR !== '0' : stream.isTTY && !env.NO_COLOR;
  if (!wanted || env.TERM === 'dumb') return PLAIN;
  const { Chalk } = await import('chalk');
  return new Chalk({ level: 1 });
}
