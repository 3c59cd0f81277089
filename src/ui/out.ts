import { loadStyle, type Style } from './style.ts';

/** What a person or a script reads. Results go to stdout, everything else to stderr. */
export interface Out {
  /** A result: what the command was asked for. */
  result(text: string): void;
  /** Progress and explanations. */
  note(text: string): void;
  /** Something that the user should know, though the command goes on. */
  warn(text: string): void;
  /** Like `note`, but only with --verbose. */
  detail(text: string): void;
  /** Colours for results. */
  readonly style: Style;
  /** Colours for notes and warnings. */
  readonly noteStyle: Style;
}

interface Stream {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

/** Writes to the two streams, each coloured as it can be. */
export async function createOut(
  { stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream },
  env: Readonly<Record<string, string | undefined>>,
  verbose: boolean,
): Promise<Out> {
  const [style, noteStyle] = [await loadStyle(stdout, env), await loadStyle(stderr, env)];
  const note = (text: string): void => void stderr.write(`${text}\n`);
  return {
    style,
    noteStyle,
    result: (text) => void stdout.write(`${text}\n`),
    note,
    warn: (text) => note(`${noteStyle.yellow('warning:')} ${text}`),
    detail: (text) => {
      if (verbose) note(noteStyle.dim(text));
    },
  };
}
