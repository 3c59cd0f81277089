import { isDeepStrictEqual } from 'node:util';
import { UserError } from '../../errors.ts';
import { recordOf } from '../../util/json.ts';
import type { OslsConfiguration } from '../osls/finding.ts';
import { type FunctionsPlace, refuserOf } from './locate.ts';
import { unreadable, usedElsewhere } from './messages.ts';
import type { ServiceText } from './places.ts';

/**
 * Reads a service as every command does, with an edited text for one of its files, and returns its
 * resolved configuration.
 *
 * @throws UserError when the service cannot be read
 */
export type ReadEdited = (edited: {
  readonly file: string;
  readonly text: string;
}) => OslsConfiguration['value'];

/** Holds a service whose functions are to be edited. */
export interface EditedService extends ServiceText {
  /** The contents with variables resolved. */
  readonly configuration: OslsConfiguration;
  /** Skips the check if absent. */
  readonly read?: ReadEdited | undefined;
}

/**
 * Checks that a service is still readable after an edit and, if the edit is in an included file,
 * that nothing but the function changed. Returns the configuration of the first text that could be
 * read.
 *
 * @param texts the edited file, optionally preceded by a shorter version that is sufficient if it
 * can be read
 * @param key of the function that was added or removed
 * @throws UserError when no command could read the service after the edit
 * @throws NotUnderstoodError when something else uses the file, too
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
    throw refuserOf(place)(undefined, usedElsewhere());
  }
  if (problem === undefined) return undefined;
  throw new UserError(unreadable({ file, problem: problem.message }), problem.hint);
}

/** Returns the configuration without the function. */
function without(value: OslsConfiguration['value'], key: string): unknown {
  const { [key]: _, ...functions } = recordOf(value.functions);
  return { ...value, functions };
}
