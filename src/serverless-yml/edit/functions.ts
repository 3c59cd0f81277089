/**
 * Adds functions to a service and removes them, in serverless.yml or in a file that it includes.
 * The parser locates, a splice changes the text, and the result is parsed again: unless it says
 * exactly what was intended, nothing is changed.
 */

import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import { NotUnderstoodError, UserError } from '../../errors.ts';
import { at } from '../../message.ts';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import type { AddedFunction } from '../../service/new-function.ts';
import { recordOf } from '../../util/json.ts';
import { formatWords } from '../../util/shell-words.ts';
import { parseYaml } from '../yaml-file.ts';
import { functionsIn, isAdded, isRemoved, notUnderstood, withoutOthers } from './check.ts';
import { type FunctionEntry, type FunctionsMap, readFunctions, refuserOf } from './locate.ts';
import * as messages from './messages.ts';
import { normal } from './parts/written.ts';
import { functionsPlaces, namedPlace, orReason, type ServiceText } from './places.ts';
import { type EditedService, requireReadable } from './readable.ts';
import { runtimesDiffer, type Siblings, sharedSettings } from './shared-settings.ts';
import { withFunction, withoutFunction } from './splice.ts';
import { EVENT_KEYS } from './style.ts';
import { hasComment, renderFunction } from './text.ts';

/** Replaces the text of one of a service's files. */
export interface FileEdit {
  /** Relative to the service's folder, with `/`. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** Describes the removal of a function. */
export interface RemovedFunction extends FileEdit {
  /** The file from which `${file(...)}` read the function. It is kept. */
  readonly named: string | undefined;
}

/**
 * Adds a function after the last editable one, in the style of its neighbours and with the
 * settings that all of them share.
 *
 * @throws UserError when the runtime to use is ambiguous, or when the service could not be read
 * after the edit
 * @throws NotUnderstoodError when the files have a structure that cannot be edited
 */
export function addFunction(service: EditedService, fn: NewEndpoint): FileEdit {
  const { maps, problems } = readMaps(service);
  const map = maps.at(-1);
  if (map === undefined) throw problems.at(-1);
  const { file, text } = map;
  const siblings = siblingsOf(service, map);
  if (runtimesDiffer(siblings, fn.key)) {
    throw new UserError(
      at(map.at(map.functions[0].start), messages.runtimesDiffer()),
      'set  runtime: provided.al2023  below  provider:',
    );
  }
  const shared = sharedSettings(siblings, fn.key);
  const edited = withFunction(map, renderFunction(fn, map, shared));

  const short = withoutOthers(map, edited);
  if (!isAdded(map, [short, edited], fn, shared)) {
    throw notUnderstood(map, map.functions[0].start);
  }
  // Another file is checked as a whole, because something else may use it, too.
  requireReadable(file === service.file ? [short, edited] : [edited], service, map, fn.key);
  return { file, before: text, after: edited };
}

/**
 * Removes a function. Returns undefined if there is none of that name.
 *
 * @param cors whether add-endpoint wrote the `cors` of its route
 * @param recorded what was written for a function of another source
 * @throws UserError when the function has more than add-endpoint writes and `force` is not set, or
 * when the service could not be read after the edit
 * @throws NotUnderstoodError when the files have a structure that cannot be edited
 */
export function removeFunction(
  service: EditedService,
  key: string,
  {
    force,
    cors = false,
    recorded,
  }: {
    readonly force: boolean;
    readonly cors?: boolean;
    readonly recorded?: AddedFunction;
  },
): RemovedFunction | undefined {
  const { maps, problems } = readMaps(service);
  const map = maps.find(({ functions }) => functions.some((fn) => fn.key === key));
  if (map === undefined) {
    if (problems.length > 0) throw problems.at(-1);
    return undefined;
  }
  const { file, text, functions } = map;
  const index = functions.findIndex((fn) => fn.key === key);
  const entry = functions[index] ?? functions[0];
  const refuse = refuserOf(map);
  if (functions.length === 1) {
    const others = Object.keys(recordOf(service.configuration.value.functions));
    if (others.length > 1) throw refuse(entry.keyNode, messages.onlyFunctionThere({ name: key }));
    throw new UserError(messages.onlyFunction({ name: key }), 'add another one first');
  }
  const siblings = siblingsOf(service, map);
  const part = recorded
    ? changeOf(entry, map, siblings, recorded)
    : editOf(entry, map, siblings, cors);
  if (part !== undefined && !force) {
    throw new UserError(
      at(map.at(entry.start), messages.wasEdited({ name: key, part })),
      removalCommand(recorded ? 'remove-function' : 'remove-endpoint', key, '--force'),
    );
  }
  const edited = withoutFunction(map, index);
  if (!isRemoved(map, edited, key)) throw notUnderstood(map, entry.start);
  const after = requireReadable([edited], service, map, key);
  // Another map of the list may define the same function.
  const left = recordOf(after.functions);
  if (Object.hasOwn(left, key) && left[key] !== null) {
    throw refuse(entry.keyNode, messages.severalOfThatName({ name: key }));
  }
  const named = namedPlace(entry.variable ?? '', service.include)?.file;
  return { file, before: text, after: edited, named };
}

/** The commands that remove a function: that of what `add-endpoint` added, and that of all others. */
export type RemovalCommand = 'remove-endpoint' | 'remove-function';

/**
 * Returns the command that removes a function. A key that starts with a dash goes after `--`, or
 * it would be parsed as an option.
 */
export const removalCommand = (
  command: RemovalCommand,
  key: string,
  ...flags: readonly string[]
): string =>
  formatWords([
    ...['create-lambda-hello', command],
    ...(key.startsWith('-') ? [...flags, '--', key] : [key, ...flags]),
  ]);

interface ReadMaps {
  /** In the order in which osls merges them. */
  readonly maps: readonly FunctionsMap[];
  /** Explains why the other maps cannot be edited. */
  readonly problems: readonly NotUnderstoodError[];
}

export function readMaps(service: ServiceText): ReadMaps {
  const found = functionsPlaces(service).flatMap((place) =>
    place instanceof NotUnderstoodError ? [place] : orReason(() => [readFunctions(place)]),
  );
  return {
    maps: found.flatMap((one) => (one instanceof NotUnderstoodError ? [] : [one])),
    problems: found.filter((one) => one instanceof NotUnderstoodError),
  };
}

export function siblingsOf(
  { file, text, configuration }: EditedService,
  map: FunctionsMap,
): Siblings {
  const resolved = recordOf(configuration.value.functions);
  const written = functionsIn(map);
  const isWhole = map.functions.every(({ variable }) => variable === undefined);
  const keys = Object.keys(written);
  return {
    provider: recordOf(parseYaml(text, file).value).provider,
    functions: isWhole ? written : Object.fromEntries(keys.map((key) => [key, resolved[key]])),
  };
}

/**
 * Returns the first part of the function that add-endpoint did not write, or undefined if it wrote
 * all of it.
 */
function editOf(
  { key, value, start, ownEnd }: FunctionEntry,
  { text, isJson }: FunctionsMap,
  siblings: Siblings,
  cors: boolean,
): string | undefined {
  const own = recordOf(siblings.functions[key]);
  const shared = Object.entries(sharedSettings(siblings, key))
    .filter(([name, given]) => isDeepStrictEqual(own[name], given))
    .map(([name]) => name);
  const extra = (map: unknown, usual: readonly string[]): string | undefined => {
    if (!isMap(map)) return undefined;
    const name = map.items.map(({ key }) => String(key)).find((key) => !usual.includes(key));
    return name === undefined ? undefined : `\`${name}\``;
  };
  // Removing a function that is only a variable loses nothing: its definition stays where it is.
  const events = value?.get('events');
  const [event, second] = isSeq(events) ? events.items : [];
  if (second !== undefined) return 'more than one event';
  const route = isMap(event) ? event.items[0]?.value : undefined;
  const isCorsOurs = cors && isMap(route) && route.get('cors') === true;
  return (
    extra(value, ['handler', 'events', ...shared]) ??
    extra(event, Object.values(EVENT_KEYS)) ??
    extra(route, ['method', 'path', ...(isCorsOurs ? ['cors'] : [])]) ??
    (!isJson && hasComment(text.slice(start, ownEnd)) ? 'a comment' : undefined)
  );
}

/** Returns the first part of a function that differs from what was recorded. */
function changeOf(
  { key, value, start, ownEnd }: FunctionEntry,
  map: FunctionsMap,
  siblings: Siblings,
  { events, settings }: AddedFunction,
): string | undefined {
  if (value === undefined) return undefined;
  const { handler: _, ...own } = recordOf(functionsIn(map)[key]);
  const written = events.map((event) => ({ [event.kind]: event.settings }));
  const wanted: Record<string, unknown> = {
    ...sharedSettings(siblings, key),
    ...settings,
    ...(written.length > 0 && { events: written }),
  };
  const name = Object.keys(own).find(
    (one) => !isDeepStrictEqual(normal(own[one]), normal(wanted[one])),
  );
  if (name !== undefined) return `other \`${name}\``;
  return !map.isJson && hasComment(map.text.slice(start, ownEnd)) ? 'a comment' : undefined;
}
