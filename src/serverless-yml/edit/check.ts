/** Checks that an edited file says what was intended, and nothing else. */

import { isDeepStrictEqual } from 'node:util';
import { NotUnderstoodError, UserError } from '../../errors.ts';
import { at as placed } from '../../message.ts';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import { isRecord, recordOf } from '../../util/json.ts';
import { eventsOf, httpEvents } from '../http-events.ts';
import type { Path } from '../variables/lookup.ts';
import { parseYaml } from '../yaml-file.ts';
import type { FunctionsMap } from './locate.ts';
import * as messages from './messages.ts';
import { EVENT_KEYS } from './style.ts';

/**
 * Removes all functions before the last one from the text, so that the check takes no longer the
 * more functions there are. Aliases and variables may need them; then the whole text must be
 * checked.
 */
export function withoutOthers({ functions }: FunctionsMap, text: string): string {
  const last = functions.at(-1) ?? functions[0];
  return text.slice(0, functions[0].start) + text.slice(last.start);
}

/**
 * Returns whether the edited file differs from the original only by the new function at the end.
 *
 * @param texts the file without the functions before the last one, then the whole file
 */
export function isAdded(
  map: FunctionsMap,
  [shortText, edited]: readonly [string, string],
  fn: NewEndpoint,
  shared: Readonly<Record<string, unknown>>,
): boolean {
  const { key: last } = map.functions.at(-1) ?? map.functions[0];
  const short = readValue(shortText, map.file);
  const value = short ?? readValue(edited, map.file);
  const before = functionsIn(map);
  const others = short === undefined ? before : { [last]: before[last] };
  const added = recordOf(valueAt(value, map.path))[fn.key];
  if (!isRecord(added)) return false;
  const events = httpEvents(added.events, () => notUnderstood(map, map.text.length));
  const { key, handler, api, method, path, cors } = fn;
  const wanted = { ...shared, handler, events: [{ api, method, path }] };
  const [event] = eventsOf(added);
  return (
    isDeepStrictEqual({ ...added, events }, wanted) &&
    recordOf(recordOf(event)[EVENT_KEYS[api]]).cors === (cors ? true : undefined) &&
    isSame(map, value, { ...others, [key]: added })
  );
}

/** Returns whether the edited file differs from the original only by the missing function. */
export function isRemoved(map: FunctionsMap, edited: string, key: string): boolean {
  const { [key]: _removed, ...others } = functionsIn(map);
  return isSame(map, readValue(edited, map.file), others);
}

/** Returns the functions that the file defines in this place. */
export const functionsIn = ({ root, path }: FunctionsMap): Record<string, unknown> =>
  recordOf(valueAt(root, path));

export function notUnderstood({ at, file }: FunctionsMap, offset: number): NotUnderstoodError {
  return new NotUnderstoodError(
    placed(at(offset), messages.notUnderstood({ file })),
    'make the change by hand',
  );
}

/** Parses a text. Returns undefined when it is broken. */
export function readValue(text: string, file: string): unknown {
  try {
    return parseYaml(text, file).value;
  } catch (error) {
    if (error instanceof UserError) return undefined; // the edit is then refused
    throw error;
  }
}

/**
 * Returns whether a file still says the same apart from the functions in this place, and these are
 * the given ones in this order.
 */
function isSame({ root, path }: FunctionsMap, after: unknown, functions: unknown): boolean {
  return JSON.stringify(after) === JSON.stringify(withValueAt(root, path, functions));
}

/** Returns the value that a path leads to; undefined where there is none. */
export function valueAt(root: unknown, [key, ...rest]: Path): unknown {
  if (key === undefined) return root;
  const isInside = typeof root === 'object' && root !== null && Object.hasOwn(root, key);
  return isInside ? valueAt((root as Record<string, unknown>)[key], rest) : undefined;
}

function withValueAt(root: unknown, [key, ...rest]: Path, value: unknown): unknown {
  if (key === undefined) return value;
  if (Array.isArray(root)) {
    return root.map((item, index) =>
      index === Number(key) ? withValueAt(item, rest, value) : item,
    );
  }
  return isRecord(root) ? { ...root, [key]: withValueAt(root[key], rest, value) } : root;
}
