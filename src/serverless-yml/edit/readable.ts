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
  readonly read: ReadEdited;
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
  [text, whole]: readonly [text: string, whole?: string],
  service: EditedService,
  place: FunctionsPlace,
  key: string,
): OslsConfiguration['value'] {
  const { file } = place;
  let value: OslsConfiguration['value'];
  try {
    value = service.read({ file, text });
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    if (whole !== undefined) return requireReadable([whole], service, place, key);
    throw new UserError(unreadable({ file, problem: error.message }), error.hint);
  }
  if (file === service.file) return value;
  const before = without(service.configuration.value, key);
  if (isDeepStrictEqual(without(value, key), before)) return value;
  throw refuserOf(place)(undefined, usedElsewhere());
}

/** Returns the configuration without the function. */
function without(value: OslsConfiguration['value'], key: string): unknown {
  const { [key]: _, ...functions } = recordOf(value.functions);
  return { ...value, functions };
}
