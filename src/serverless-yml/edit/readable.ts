import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../errors.ts';
import { recordOf } from '../../util/json.ts';
import type { OslsConfiguration } from '../osls/finding.ts';
import { type FunctionsPlace, refuserOf } from './locate.ts';
import type { ServiceText } from './places.ts';

/**
 * Reads a service as every command does, with another text of one of its files, and returns
 * what it says with its variables resolved. Throws when it cannot.
 */
export type ReadEdited = (edited: {
  readonly file: string;
  readonly text: string;
}) => OslsConfiguration['value'];

/** A service whose functions are to be edited. */
export interface EditedService extends ServiceText {
  /** What it says, with its variables resolved. */
  readonly configuration: OslsConfiguration;
  /** Not asked where it is not given. */
  readonly read?: ReadEdited | undefined;
}

/**
 * Makes sure that a service can be read after an edit of the place, and, if that is in a
 * file which variables name, that nothing else has changed by it. Returns what the service
 * says then, or with the shorter text.
 *
 * @param texts the edited file; before it, if there is one, a shorter text that is as good
 *   where it can be read
 * @param key of the function that is new, or gone
 * @throws UserError when an edit would leave a service that no command takes
 * @throws NotUnderstoodError when the file is used elsewhere, too
 */
export function requireReadable(
  texts: readonly string[],
  { file: own, configuration, read }: EditedService,
  place: FunctionsPlace,
  key: string,
): OslsConfiguration['value'] | undefined {
  const { file } = place;
  let problem: UserError | undefined;
  for (const text of texts) {
    let value: OslsConfiguration['value'] | undefined;
    try {
      value = read?.({ file, text });
    } catch (error) {
      if (!(error instanceof UserError)) throw error;
      problem = error;
      continue;
    }
    if (value === undefined || file === own) return value;
    if (isDeepStrictEqual(without(value, key), without(configuration.value, key))) return value;
    throw refuserOf(place)(undefined, 'something else takes values from the functions there');
  }
  if (problem === undefined) return undefined;
  throw new UserError(
    `the edited ${file} could not be read. Nothing was written. ${problem.message}`,
    problem.hint,
  );
}

/** What a service says besides the function. */
function without(value: OslsConfiguration['value'], key: string): unknown {
  const { [key]: _, ...functions } = recordOf(value.functions);
  return { ...value, functions };
}
