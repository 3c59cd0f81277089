/**
 * The errors that end a command. Everything else that is thrown is a defect
 * and is shown with its stack.
 */

/** An expected failure: one message and, where there is one, what to try next. Exit code 1. */
export class UserError extends Error {
  readonly hint: string | undefined;

  constructor(message: string, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }

  get exitCode(): number {
    return 1;
  }
}

/** The command line is wrong: an unknown option, a bad value, a missing argument. Exit code 2. */
export class UsageError extends UserError {
  override get exitCode(): number {
    return 2;
  }
}

/** A file of the user's has a shape that no edit is known for. Nothing was written; he can edit it himself. */
export class NotUnderstoodError extends UserError {}

/** A value that an option does not take: why, and one that it does, if there is one to name. Shown by whoever asked for it. */
export class InvalidValueError extends Error {
  readonly suggestion: string | undefined;

  constructor(reason: string, suggestion?: string) {
    super(reason);
    this.name = new.target.name;
    this.suggestion = suggestion;
  }
}

/** An outside program failed. Its own exit code becomes ours. */
export class ToolError extends UserError {
  readonly #exitCode: number;

  constructor(message: string, hint: string | undefined, exitCode: number) {
    super(message, hint);
    this.#exitCode = exitCode;
  }

  override get exitCode(): number {
    return this.#exitCode;
  }
}

/** The user stopped the command: Ctrl-C, at a prompt or later. Exit code 130 (128 + SIGINT). */
export class CancelledError extends UserError {
  constructor(message = 'Cancelled, nothing was written.') {
    super(message);
  }

  override get exitCode(): number {
    return 130;
  }
}

/** The system error code (`ENOENT`, `EACCES`, ...) of something thrown, if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** What something thrown says. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Why a file that was named cannot be read, for the end of a sentence. */
export function whyUnreadable(code: string): string {
  if (code === 'ENOENT') return 'there is no such file';
  return code === 'EISDIR' ? 'it is a folder' : `it cannot be read (${code})`;
}
