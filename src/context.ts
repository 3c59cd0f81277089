import type { Run } from './tools/command.ts';
import type { DartFetcher } from './tools/dart/fetch.ts';
import type { Ask } from './ui/ask.ts';
import type { Out } from './ui/out.ts';
import type { Env } from './util/env.ts';

/** Holds everything outside of the process that a command may use. Tests pass their own. */
export interface Context {
  /** The folder that the command was started in. */
  readonly cwd: string;
  /** The command that starts this program again: `npx create-lambda-hello` if npx started it. */
  readonly program: string;
  readonly env: Env;
  /**
   * Whether questions may be asked: standard input and error are terminals and this is not a CI
   * run.
   */
  readonly interactive: boolean;
  readonly out: Out;
  readonly ask: Ask;
  readonly run: Run;
  /** Returns what fetches a missing Dart SDK, or undefined if nothing can. */
  readonly dartFetcher: () => Promise<DartFetcher | undefined>;
  /** Aborted when the user wants the command to stop (Ctrl-C, SIGTERM, SIGHUP). */
  readonly signal: AbortSignal;
  /** Aborts the signal. */
  readonly stop: () => void;
  /** Calls back with each key pressed in the terminal until the returned function is called. */
  readonly onKey: (listen: (key: string) => void) => () => void;
}
