import { formatWords } from '../util/shell-words.ts';

/** An outside command as a value: built by a pure function, run in one place, never through a shell. */
export interface Command {
  readonly tool: string;
  readonly args: readonly string[];
  readonly cwd: string;
  /** Added to the environment of this process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** How a command ended. */
export interface Exit {
  /** The exit code; undefined when a signal ended it or it could not be started. */
  readonly code: number | undefined;
  /** The signal that ended it, `SIGKILL` for example. */
  readonly signal: string | undefined;
  /** The system's error code when the command could not be started, `ENOENT` for example. */
  readonly startError: string | undefined;
  /** What it printed on standard output; empty unless captured. */
  readonly stdout: string;
}

export interface Running {
  readonly pid: number | undefined;
  /** Never rejects: a command that cannot be started is an {@link Exit} with a `startError`. */
  readonly exited: Promise<Exit>;
  /** Ends the command and every process that it started, at once. */
  kill(): void;
  /** Asks the command to end, as Ctrl-C does; with its own group, all that it started too. */
  interrupt(): void;
}

export interface RunOptions {
  /**
   * `stream`: both outputs go to this process's standard error, as they come;
   * `inherit`: each output goes to this process's own;
   * `capture`: standard output is kept for {@link Exit}; a function gets every line of both.
   */
  readonly output: 'stream' | 'inherit' | 'capture' | ((line: string) => void);
  /**
   * In a process group of its own: Ctrl-C in the terminal does not reach it before
   * us, and what it leaves running is ended with it.
   */
  readonly ownGroup?: boolean;
  /** The whole environment of the command instead of an addition to this process's. */
  readonly cleanEnv?: boolean;
}

export type Run = (command: Command, options: RunOptions) => Promise<Running>;

/** The command as a person would type it, for `--dry-run` and `--verbose`. */
export function formatCommand(command: Command): string {
  return formatWords([command.tool, ...command.args]);
}

/** Says of a command that was shown, and that has not ended well, how it ended, after its name. */
export function howItFailed({ code, signal, startError }: Exit): string {
  if (startError !== undefined) return `could not be started (${startError})`;
  if (signal !== undefined) return `was ended by ${signal}`;
  return `failed with exit code ${code}; what it says is above`;
}
