/**
 * Adds functions to a serverless.yml and takes them out again. The parser tells
 * where things are, the edit is a splice of the text, and the result is parsed
 * again: it must be what was intended, or nothing is changed.
 */

import { isDeepStrictEqual } from 'node:util';
import { isMap, isSeq } from 'yaml';
import { NotUnderstoodError, UserError } from '../errors.ts';
import { formatWords } from '../words.ts';
import { EVENT_KEYS, type NewFunction } from './function-style.ts';
import { renderFunction, separatorOf } from './function-text.ts';
import { type FunctionEntry, type FunctionsMap, readFunctions } from './functions-map.ts';
import { httpEvents } from './http-events.ts';
import { type ReadEdited, requireReadable } from './readable.ts';
import type { HttpEvent } from './service.ts';
import { runtimesDiffer, sharedSettings } from './shared-settings.ts';
import { isRecord } from './values.ts';
import { parseYaml } from './yaml-file.ts';

interface EditOptions {
  /** How messages name the file. */
  readonly file: string;
  /** What the edited file must stand; not asked where it is not given. */
  readonly read?: ReadEdited | undefined;
}

/**
 * The kind of API that a new function of the service belongs to: the one that most
 * of its functions have.
 *
 * @throws NotUnderstoodError when the file has a shape that cannot be edited
 */
export function functionApi(text: string, { file }: EditOptions): HttpEvent['api'] {
  return apiOf(readFunctions(text, file));
}

/**
 * Adds a function after the last one, in the style of the others and with the settings
 * that all of them have.
 *
 * @throws UserError when it is not known which runtime it is to have, or the service could
 *   not be read with it
 * @throws NotUnderstoodError when the file has a shape that cannot be edited
 */
export function addFunction(text: string, fn: NewFunction, options: EditOptions): string {
  const map = readFunctions(text, options.file);
  const { end } = map.functions.at(-1) as FunctionEntry;
  const api = apiOf(map);
  if (runtimesDiffer(map.root, fn.key)) {
    throw new UserError(
      `${map.at((map.functions[0] as FunctionEntry).start)}: the functions have different runtimes, and \`provider\` has none that a new one would get. Nothing was written.`,
      'set  runtime: provided.al2023  below  provider:',
    );
  }
  const shared = sharedSettings(map.root, fn.key);
  const block = separatorOf(map) + renderFunction(fn, api, map, shared);
  const edited = text.slice(0, end) + block + text.slice(end);

  const short = withoutOthers(map, edited);
  if (!isAdded(map, short, edited, fn, api, shared)) throw notUnderstood(map, end);
  requireReadable([short, edited], options);
  return edited;
}

/**
 * The file without the functions before the last one, which is looked at instead of the
 * whole of it: that does not take the longer the more there are. Aliases and variables may
 * need them, though.
 */
function withoutOthers({ functions }: FunctionsMap, text: string): string {
  const { start } = functions[0] as FunctionEntry;
  return text.slice(0, start) + text.slice((functions.at(-1) as FunctionEntry).start);
}

/** Whether the edited file says the same as before, and the new function in the end. */
function isAdded(
  map: FunctionsMap,
  shortText: string,
  edited: string,
  fn: NewFunction,
  api: HttpEvent['api'],
  shared: Readonly<Record<string, unknown>>,
) {
  const { text, functions, root } = map;
  const last = functions.at(-1) as FunctionEntry;
  const { [last.key]: lastValue } = functionsOf(root);
  const short = readValue(shortText, map.file);
  const value = short ?? readValue(edited, map.file);
  const others = short === undefined ? functionsOf(root) : { [last.key]: lastValue };
  const added = functionsOf(value)[fn.key];
  if (!isRecord(added)) return false;
  const events = httpEvents(added.events, () => notUnderstood(map, text.length));
  const { key, handler, method, path } = fn;
  const wanted = { ...shared, handler, events: [{ api, method, path }] };
  return (
    isDeepStrictEqual({ ...added, events }, wanted) &&
    isSame(root, value, { ...others, [key]: added })
  );
}

/**
 * Takes a function out; undefined when there is none of that name.
 *
 * @throws UserError when it is more than what add-endpoint writes, and `force` is not set,
 *   or the service could not be read without it
 * @throws NotUnderstoodError when the file has a shape that cannot be edited
 */
export function removeFunction(
  text: string,
  key: string,
  { file, read, force }: EditOptions & { readonly force: boolean },
): string | undefined {
  const map = readFunctions(text, file);
  const index = map.functions.findIndex((fn) => fn.key === key);
  const entry = map.functions[index];
  if (entry === undefined) return undefined;
  if (map.functions.length === 1) {
    throw new UserError(
      `${key} is the only function of the service, and a service needs one.`,
      'add another one first',
    );
  }
  const edit = editOf(entry, map);
  if (edit !== undefined && !force) {
    throw new UserError(
      `${map.at(entry.start)}: the function ${key} was edited: it has ${edit}. Nothing was written.`,
      removalCommand(key, '--force'),
    );
  }
  const [from, to] = rangeOf(map, index);
  const edited = text.slice(0, from) + text.slice(to);
  const { [key]: _removed, ...others } = functionsOf(map.root);
  if (!isSame(map.root, readValue(edited, file), others)) throw notUnderstood(map, entry.start);
  requireReadable([edited], { file, read });
  return edited;
}

/** The command that takes a function out. A key that begins with a dash is an option, unless it is behind `--`. */
export const removalCommand = (key: string, ...flags: readonly string[]): string =>
  formatWords([
    ...['create-lambda-hello', 'remove-endpoint'],
    ...(key.startsWith('-') ? [...flags, '--', key] : [key, ...flags]),
  ]);

/** What goes with a function: the line breaks before it, or those after it if it is the first one. */
function rangeOf({ functions, text }: FunctionsMap, index: number): readonly [number, number] {
  const { start, ownEnd } = functions[index] as FunctionEntry;
  const previous = functions[index - 1];
  if (previous !== undefined) return [previous.end, ownEnd];
  const blank = /^(?:[ \t]*\r?\n)*/.exec(text.slice(ownEnd))?.[0].length ?? 0;
  return [text.lastIndexOf('\n', start) + 1, ownEnd + blank];
}

/** What of the function add-endpoint has not written, or undefined. */
function editOf(entry: FunctionEntry, { root, text }: FunctionsMap): string | undefined {
  const { key, value, start, ownEnd } = entry;
  const own = functionsOf(root)[key];
  const shared = Object.entries(sharedSettings(root, key))
    .filter(([name, given]) => isRecord(own) && isDeepStrictEqual(own[name], given))
    .map(([name]) => name);
  const extra = (map: unknown, usual: readonly string[]): string | undefined => {
    if (!isMap(map)) return undefined;
    const name = map.items.map(({ key }) => String(key)).find((key) => !usual.includes(key));
    return name === undefined ? undefined : `\`${name}\``;
  };
  const events = value.get('events');
  const [event, second] = isSeq(events) ? events.items : [];
  if (second !== undefined) return 'more than one event';
  const route = isMap(event) ? event.items[0]?.value : undefined;
  return (
    extra(value, ['handler', 'events', ...shared]) ??
    extra(event, Object.values(EVENT_KEYS)) ??
    extra(route, ['method', 'path']) ??
    (/(^|\s)#/m.test(text.slice(start, ownEnd)) ? 'a comment' : undefined)
  );
}

/** The functions that a parsed file has; none if it has another shape. */
function functionsOf(root: unknown): Record<string, unknown> {
  return isRecord(root) && isRecord(root.functions) ? root.functions : {};
}

/** What a text says; undefined when it is broken. */
function readValue(text: string, file: string): unknown {
  try {
    return parseYaml(text, file).value;
  } catch (error) {
    if (error instanceof UserError) return undefined; // refused as a shape that cannot be edited
    throw error;
  }
}

/** Whether a file says the same but for its functions, which are these, in this order. */
function isSame(before: unknown, after: unknown, functions: Record<string, unknown>): boolean {
  const expected = isRecord(before) ? { ...before, functions } : before;
  return JSON.stringify(after) === JSON.stringify(expected);
}

function notUnderstood({ at, file }: FunctionsMap, offset: number): NotUnderstoodError {
  return new NotUnderstoodError(
    `${at(offset)}: ${file} is written in a way here that no edit is known for.`,
    'make the change by hand',
  );
}

/** The kind of API that most of the functions' events have, or the last of them. */
function apiOf({ root, functions, at }: FunctionsMap): HttpEvent['api'] {
  const all = functionsOf(root);
  const apis = functions.flatMap(({ key, start }) => {
    const definition = all[key];
    const fail = (problem: string) =>
      new UserError(`${at(start)}: the function ${key}: ${problem}`, '- http: GET /hello');
    return httpEvents(isRecord(definition) ? definition.events : undefined, fail);
  });
  const rest = apis.filter(({ api }) => api === 'rest').length;
  if (rest * 2 !== apis.length) return rest * 2 > apis.length ? 'rest' : 'http';
  const provider = isRecord(root) && isRecord(root.provider) ? root.provider : {};
  return apis.at(-1)?.api ?? ('httpApi' in provider ? 'http' : 'rest');
}
