/**
 * Adds functions to a service and takes them out again, in its own file or in one that
 * holds its functions. The parser tells where things are, the edit is a splice of the
 * text, and the result is parsed again: it must be what was intended, or nothing is changed.
 */

import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import { NotUnderstoodError, UserError } from '../../errors.ts';
import { recordOf } from '../../util/json.ts';
import { formatWords } from '../../util/shell-words.ts';
import { parseYaml } from '../yaml-file.ts';
import { functionsIn, isAdded, isRemoved, notUnderstood, withoutOthers } from './check.ts';
import { type FunctionEntry, type FunctionsMap, readFunctions, refuserOf } from './locate.ts';
import { newFunctionApi } from './new-function-api.ts';
import { functionsPlaces, namedPlace, type ServiceText } from './places.ts';
import { type EditedService, requireReadable } from './readable.ts';
import { runtimesDiffer, sharedSettings } from './shared-settings.ts';
import { withFunction, withoutFunction } from './splice.ts';
import { EVENT_KEYS, type NewFunction } from './style.ts';
import { hasComment, renderFunction } from './text.ts';

/** Another text for a file of a service. */
export interface FileEdit {
  /** From the service's folder, with `/`. */
  readonly file: string;
  readonly before: string;
  readonly after: string;
}

/** A function that goes. */
export interface RemovedFunction extends FileEdit {
  /** The file that the function was read from by `${file(...)}` in its place; it stays. */
  readonly named: string | undefined;
}

/**
 * Adds a function behind the last one that can be edited, in the style of those beside it
 * and with the settings that all of them have.
 *
 * @throws UserError when it is not known which runtime it is to have, or the service could
 *   not be read with it
 * @throws NotUnderstoodError when the files have a shape that cannot be edited
 */
export function addFunction(service: EditedService, fn: NewFunction): FileEdit {
  const { maps, problems } = readMaps(service);
  const map = maps.at(-1);
  if (map === undefined) throw problems.at(-1);
  const { file, text } = map;
  const api = newFunctionApi(service.configuration);
  const siblings = siblingsOf(service, map);
  if (runtimesDiffer(siblings, fn.key)) {
    throw new UserError(
      `${map.at(map.functions[0].start)}: the functions have different runtimes, and \`provider\` has none that a new one would get. Nothing was written.`,
      'set  runtime: provided.al2023  below  provider:',
    );
  }
  const shared = sharedSettings(siblings, fn.key);
  const edited = withFunction(map, renderFunction(fn, api, map, shared));

  const short = withoutOthers(map, edited);
  if (!isAdded(map, [short, edited], fn, api, shared)) {
    throw notUnderstood(map, map.functions[0].start);
  }
  // Of another file all is looked at: it may be used elsewhere, too.
  requireReadable(file === service.file ? [short, edited] : [edited], service, map, fn.key);
  return { file, before: text, after: edited };
}

/**
 * Takes a function out; undefined when there is none of that name.
 *
 * @throws UserError when it is more than what add-endpoint writes, and `force` is not set,
 *   or the service could not be read without it
 * @throws NotUnderstoodError when the files have a shape that cannot be edited
 */
export function removeFunction(
  service: EditedService,
  key: string,
  { force }: { readonly force: boolean },
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
    if (others.length > 1) throw refuse(entry.keyNode, `${key} is the only function there`);
    throw new UserError(
      `${key} is the only function of the service, and a service needs one.`,
      'add another one first',
    );
  }
  const edit = editOf(entry, map, siblingsOf(service, map));
  if (edit !== undefined && !force) {
    throw new UserError(
      `${map.at(entry.start)}: the function ${key} was edited: it has ${edit}. Nothing was written.`,
      removalCommand(key, '--force'),
    );
  }
  const edited = withoutFunction(map, index);
  if (!isRemoved(map, edited, key)) throw notUnderstood(map, entry.start);
  const after = requireReadable([edited], service, map, key);
  // Of a list, where another map has it too.
  const left = recordOf(after?.functions);
  if (Object.hasOwn(left, key) && left[key] !== null) {
    throw refuse(entry.keyNode, `${key} is not the only function of that name`);
  }
  const named = namedPlace(entry.variable ?? '', service.include)?.file;
  return { file, before: text, after: edited, named };
}

/** The command that takes a function out. A key that begins with a dash is an option, unless it is behind `--`. */
export const removalCommand = (key: string, ...flags: readonly string[]): string =>
  formatWords([
    ...['create-lambda-hello', 'remove-endpoint'],
    ...(key.startsWith('-') ? [...flags, '--', key] : [key, ...flags]),
  ]);

interface ReadMaps {
  /** In their order. */
  readonly maps: readonly FunctionsMap[];
  /** Why others cannot be edited. */
  readonly problems: readonly NotUnderstoodError[];
}

function readMaps(service: ServiceText): ReadMaps {
  const maps: FunctionsMap[] = [];
  const problems: NotUnderstoodError[] = [];
  for (const place of functionsPlaces(service)) {
    try {
      if (place instanceof NotUnderstoodError) throw place;
      maps.push(readFunctions(place));
    } catch (error) {
      if (!(error instanceof NotUnderstoodError)) throw error;
      problems.push(error);
    }
  }
  return { maps, problems };
}

/** The functions that a new one stands beside, and the provider that all of them have. */
function siblingsOf({ file, text, configuration }: EditedService, map: FunctionsMap) {
  const resolved = recordOf(configuration.value.functions);
  const written = functionsIn(map);
  const isWhole = map.functions.every(({ variable }) => variable === undefined);
  const keys = Object.keys(written);
  return {
    provider: recordOf(parseYaml(text, file).value).provider,
    functions: isWhole ? written : Object.fromEntries(keys.map((key) => [key, resolved[key]])),
  };
}

/** What of the function add-endpoint has not written, or undefined. */
function editOf(
  { key, value, start, ownEnd }: FunctionEntry,
  { text, isJson }: FunctionsMap,
  siblings: ReturnType<typeof siblingsOf>,
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
  // Of one that is a variable nothing is lost: it has what it says elsewhere.
  const events = value?.get('events');
  const [event, second] = isSeq(events) ? events.items : [];
  if (second !== undefined) return 'more than one event';
  const route = isMap(event) ? event.items[0]?.value : undefined;
  return (
    extra(value, ['handler', 'events', ...shared]) ??
    extra(event, Object.values(EVENT_KEYS)) ??
    extra(route, ['method', 'path']) ??
    (!isJson && hasComment(text.slice(start, ownEnd)) ? 'a comment' : undefined)
  );
}
