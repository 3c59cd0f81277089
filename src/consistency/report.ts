import { UserError } from '../errors.ts';
import { at, type Message } from '../message.ts';
import type { Problem } from './check.ts';
import { inconsistencies, inconsistency } from './messages.ts';

/** Formats a place as `lib/main.dart:7`; `-` if it is not known. */
export function formatPlace({
  file,
  line,
}: {
  readonly file: string | undefined;
  readonly line: number | undefined;
}): string {
  if (file === undefined) return '-';
  return line === undefined ? file : `${file}:${line}`;
}

/** Formats a problem or a note with its place. */
export const withPlace = (problem: Problem): Message => at(formatPlace(problem), problem.message);

/**
 * Does nothing if there is no problem.
 *
 * @param file the path of the service's file
 * @param command what has listed the problems
 * @throws UserError that says how many there are
 */
export function requireConsistency(
  problems: readonly Problem[],
  file: string,
  command: string,
): void {
  if (problems.length === 0) return;
  throw new UserError(
    problems.length === 1
      ? inconsistency({ file })
      : inconsistencies({ number: problems.length, file }),
    `correct what is listed above, then  ${command}  again`,
  );
}
