import { UserError } from '../errors.ts';

/** Reads a file of the service as every command does, and throws when it cannot. */
export type ReadEdited = (text: string) => unknown;

/**
 * Makes sure that an edited file can be read.
 *
 * @param texts the edited file; before it, if there is one, a shorter text that is as good
 *   where it can be read
 * @throws UserError when an edit would leave a service that no command takes
 */
export function requireReadable(texts: readonly string[], { file, read }: EditedFile): void {
  let problem: UserError | undefined;
  for (const text of texts) {
    try {
      read?.(text);
      return;
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem = error;
    }
  }
  if (problem === undefined) return;
  throw new UserError(
    `the edited ${file} could not be read. Nothing was written. ${problem.message}`,
    problem.hint,
  );
}

interface EditedFile {
  readonly file: string;
  readonly read?: ReadEdited | undefined;
}
