import { formatWords } from '../util/shell-words.ts';

/** A command to run: built by a pure function, started in one place, never through a shell. */
export interface Command {
  readonly tool: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Its whole environment; by default that of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** The end of a command. */
export interface Exit {
  /** The exit code; undefined when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  /** The signal that ended it, such as `SIGKILL`. */
  readonly signal: string | undefined;
  /** The system's error code where the command could not be started, such as `ENOENT`. */
  readonly startError: string | undefined;
  /** Its standard output; empty unless captured. */
  readonly stdout: string;
}

export interface Running {
  readonly pid: number | undefined;
  /** Never rejects: a command that could not be started has a `startError`. */
  readonly exited: Promise<Exit>;
  /** Kills the command and its child processes. */
  kill(): void;
  /** Interrupts the command as Ctrl-C does, and its child processes where it has its own group. */
  interrupt(): void;
}

export interface RunOptions {
  /**
   * `stream`: both outputs go to the standard error of this process;
   * `inherit`: each output goes to the same output of this process;
   * `capture`: standard output is kept for {@link Exit}. A function gets every line of both.
   */
  readonly output: 'stream' | 'inherit' | 'capture' | ((line: string) => void);
  /**
   * Whether it gets its own process group: Ctrl-C in the terminal does not reach it then, and its
   * child processes end with it.
   */
  readonly ownGroup?: boolean;
}

export type Run = (command: Command, options: RunOptions) => Promise<Running>;

/** Formats a command as a person would type it, for `--dry-run` and `--verbose`. */
export function formatCommand(command: Command): string {
  return formatWords([command.tool, ...command.args]);
}
