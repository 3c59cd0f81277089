/**
 * Defines the errors that end a command. Anything else that is thrown is a defect, and is shown
 * with its stack.
 */

import { andTry, type Message } from './message.ts';

/**
 * Reports an expected failure: one message and, if there is one, a hint what to try next. Exit
 * code 1.
 */
export class UserError extends Error {
  declare readonly message: Message;
  readonly hint: string | undefined;

  constructor(message: Message, hint?: string) {
    super(message);
    this.name = new.target.name;
    this.hint = hint;
  }

  get exitCode(): number {
    return 1;
  }
}

/**
 * Reports an invalid command line: an unknown option, a bad value, a missing argument. Exit code
 * 2.
 */
export class UsageError extends UserError {
  override get exitCode(): number {
    return 2;
  }
}

/**
 * Reports a user's file with a structure that cannot be edited. Nothing was written; the user can
 * edit it by hand.
 */
export class NotUnderstoodError extends UserError {}

/**
 * Reports a value that an option does not accept, and suggests one if possible. Whoever asked for
 * the value shows it.
 */
export class InvalidValueError extends Error {
  declare readonly message: Message;
  readonly suggestion: string | undefined;

  constructor(reason: Message, suggestion?: string) {
    super(reason);
    this.name = new.target.name;
    this.suggestion = suggestion;
  }
}

/** Reports an outside program that failed. Its exit code becomes ours. */
export class ToolError extends UserError {
  readonly #exitCode: number;

  constructor(message: Message, hint: string | undefined, exitCode: number) {
    super(message, hint);
    this.#exitCode = exitCode;
  }

  override get exitCode(): number {
    return this.#exitCode;
  }
}

/**
 * Reports that the user stopped the command, with Ctrl-C or at a prompt. Exit code 130 (128 +
 * SIGINT).
 */
export class CancelledError extends UserError {
  override get exitCode(): number {
    return 130;
  }
}

/** Reports that the user stopped a program that had started, and may have done a part of its work. */
export class InterruptedError extends CancelledError {}

/** Returns the system error code (`ENOENT`, `EACCES`, ...) of something thrown, if it has one. */
export function errorCode(error: unknown): string | undefined {
  return error instanceof Error && 'code' in error && typeof error.code === 'string'
    ? error.code
    : undefined;
}

/** Returns the message of something thrown. */
export const messageOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

/** Joins the message of an error and its hint, if any, in one line. */
export const withHint = ({ message, hint }: UserError): Message =>
  hint ? andTry(message, hint) : message;

/** Returns the stack of something thrown, or else its message. */
export const stackOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);
