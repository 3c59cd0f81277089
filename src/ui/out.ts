import type { Message } from '../message.ts';
import type { Env } from '../util/env.ts';
import type { Stream } from './stdio.ts';
import { loadStyle, type Style, usesUnicode } from './style.ts';
import type { Waiting, WaitingLine } from './waiting.ts';

/** The output of a command: results go to stdout, everything else to stderr. */
export interface Out {
  /** Prints a result. */
  result(text: string): void;
  /** Prints progress and explanations. */
  note(text: string): void;
  /** Prints a warning; the command goes on. */
  warn(text: Message): void;
  /** Prints like `note`, but only with --verbose. */
  detail(text: string): void;
  /** Waits for work, and meanwhile shows in a terminal what is done and for how long. */
  waitFor<T>(what: Waiting, work: Promise<T>): Promise<T>;
  /** The colours for results. */
  readonly style: Style;
  /** The colours for notes and warnings. */
  readonly noteStyle: Style;
  /** Whether the terminal can show ✔ and └──. */
  readonly unicode: boolean;
}

/** Writes to the two streams, with colours where each supports them. */
export async function createOut(
  { stdout, stderr }: { readonly stdout: Stream; readonly stderr: Stream },
  env: Env,
  verbose: boolean,
): Promise<Out> {
  const [style, noteStyle] = [await loadStyle(stdout, env), await loadStyle(stderr, env)];
  const unicode = usesUnicode(env, process.platform);
  let line: WaitingLine | undefined;
  const write = (stream: Stream, text: string): void => {
    line?.hide();
    stream.write(`${text}\n`);
  };
  const note = (text: string): void => write(stderr, text);
  return {
    style,
    noteStyle,
    unicode,
    result: (text) => write(stdout, text),
    note,
    warn: (text) => note(`${noteStyle.yellow('warning:')} ${text}`),
    detail: (text) => {
      if (verbose) note(noteStyle.dim(text));
    },
    waitFor: async (what, work) => {
      if (!stderr.isTTY || env.TERM === 'dumb' || env.CI || line !== undefined) return work;
      const { startWaitingLine } = await import('./waiting.ts');
      line = startWaitingLine(stderr, what, { unicode, dim: noteStyle.dim });
      try {
        return await work;
      } finally {
        line.end();
        line = undefined;
      }
    },
  };
}
