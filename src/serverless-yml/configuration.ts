import { isNode, type Node } from 'yaml';
import { UserError } from '../errors.ts';
import { at, type Message } from '../message.ts';
import { isRecord, isUnknown, merged } from '../util/json.ts';
import * as messages from './messages.ts';
import { parseIncluded } from './variables/included-file.ts';
import { type Origin, type Path, pathKey } from './variables/lookup.ts';
import { stageOf, type VariableOptions, variableSources } from './variables/sources.ts';
import { resolveVariables } from './variables/variables.ts';
import { pairAt, parseYaml, type YamlFile } from './yaml-file.ts';

export interface ReadOptions extends VariableOptions {
  /** Names the file in messages. */
  readonly file: string;
}

/** Makes an error that points to the value at the path, or to its nearest ancestor in the file. */
export type Fail = (path: Path, message: Message, hint: string) => UserError;

/** Selects the key or the value of a pair. */
type Side = 'key' | 'value';

/** Holds the contents of a serverless.yml with its variables resolved as far as possible here. */
export interface Configuration {
  /** `functions` is one map, even where the file has a list of maps. */
  readonly value: Readonly<Record<string, unknown>>;
  /** Lists the variables that could not be resolved, as they are written. */
  readonly unknown: readonly string[];
  /** Explains each of `unknown` in a sentence. */
  readonly warnings: readonly Message[];
  /** Lists the items of a `functions` list that could not be resolved, as they are written. */
  readonly unknownFunctions: readonly string[];
  /** Returns why a variable in the text could not be resolved, if the reason is known. */
  readonly reasonOf: (text: string) => Message | undefined;
  /** Returns whether no variable is left in the text. */
  readonly isKnown: (text: string) => boolean;
  readonly fail: Fail;
  /** Returns file, line and column of the value at the path, its key, or the nearest ancestor. */
  readonly place: (path: Path, of: Side) => string;
  /** Maps the paths ({@link pathKey}) of values that came from other files to their origins. */
  readonly origins: ReadonlyMap<string, Origin>;
  /** Says which other file holds the functions; the last one if there are several. */
  readonly functionsOrigin: Origin | undefined;
}

/**
 * Reads a serverless.yml and the files that its variables name.
 *
 * @throws UserError with line and column when one of them is broken
 */
export function readConfiguration(text: string, options: ReadOptions): Configuration {
  const { file, read } = options;
  const main = parseYaml(text, file);
  const origins = new Map<string, Origin>();
  /** Maps each function to the index of its item in a list of maps. */
  const items = new Map<string | number, number>();
  const place: Configuration['place'] = ([section, name = '', ...rest], of) => {
    const item = section === 'functions' ? items.get(name) : undefined;
    const path =
      section === undefined ? [] : [section, ...(item === undefined ? [] : [item]), name, ...rest];
    const found = placeOf(path, main, of, (key) => {
      const origin = origins.get(key);
      if (origin === undefined) return undefined;
      const parsed = parseIncluded(read, origin.file);
      return parsed && { path: origin.path, parsed };
    });
    return found ?? file;
  };
  const fail: Fail = (path, message, hint) =>
    new UserError(at(place(path, 'value'), message), hint);
  if (!isRecord(main.value)) throw fail([], messages.notAMap(), 'start it with  service: hello');
  const resolved = resolveVariables(
    main.value,
    (lookup) => variableSources(options, lookup),
    (path) => fail(path, messages.variablesGrow(), 'write it out, without variables in variables'),
    // osls resolves the parameters of other stages only when something asks for them.
    (lookup) =>
      ([section, name, ...more]) =>
        section === 'params' &&
        name !== undefined &&
        more.length === 0 &&
        name !== 'default' &&
        name !== stageOf(options, lookup),
  );
  for (const [key, origin] of resolved.origins) origins.set(key, origin);
  const value = resolved.value as Record<string, unknown>;
  const functions = Array.isArray(value.functions)
    ? mergeFunctions(value.functions, items, fail)
    : value.functions;
  const unknown = [...resolved.unknown];
  return {
    value: functions === undefined ? value : { ...value, functions },
    unknown: unknown.map(([variable]) => variable),
    warnings: unknown.map(([variable, { reason }]) =>
      reason
        ? messages.unknownVariableBecause({ variable, reason })
        : messages.unknownVariable({ variable }),
    ),
    unknownFunctions: Array.isArray(value.functions) ? value.functions.filter(isUnknown) : [],
    reasonOf: (found) =>
      unknown.find(([variable, { reason }]) => reason && found.includes(variable))?.[1].reason,
    isKnown: (found) => !unknown.some(([variable]) => found.includes(variable)),
    fail,
    place,
    origins,
    functionsOrigin: functionsOrigin(value.functions, origins),
  };
}

function functionsOrigin(
  functions: unknown,
  origins: ReadonlyMap<string, Origin>,
): Origin | undefined {
  const items = Array.isArray(functions) ? [...functions.keys()].reverse() : [];
  const paths: readonly Path[] = [['functions'], ...items.map((index) => ['functions', index])];
  return paths.map((path) => origins.get(pathKey(path))).find((origin) => origin !== undefined);
}

/**
 * Merges several maps of functions into one, as osls does in `Service.mergeArrays`
 * (https://github.com/oss-serverless/osls/blob/main/lib/classes/service.js).
 */
function mergeFunctions(
  list: readonly unknown[],
  items: Map<string | number, number>,
  fail: Fail,
): Record<string, unknown> {
  let functions: Record<string, unknown> = {};
  for (const [index, item] of list.entries()) {
    // `unknownFunctions` already has the items that could not be resolved.
    if (!item || isUnknown(item)) continue;
    if (!isRecord(item)) {
      const hint = '- hello: { handler: main.hello }';
      throw fail(['functions', index], messages.itemIsNotAMap(), hint);
    }
    for (const key of Object.keys(item)) items.set(key, index);
    functions = merged(functions, item);
  }
  return functions;
}

interface Elsewhere {
  readonly path: Path;
  readonly parsed: YamlFile;
}

/** Returns where the value at the path, its key, or the nearest ancestor is written. */
function placeOf(
  path: Path,
  { document, at }: YamlFile,
  of: Side,
  elsewhere: (key: string) => Elsewhere | undefined,
): string | undefined {
  for (let length = path.length; length > 0; length--) {
    const start = path.slice(0, length);
    const origin = elsewhere(pathKey(start));
    const rest = path.slice(length);
    // The key stands next to the variable that its value came from, unless it is inside that value.
    const isInside = of === 'value' || rest.length > 0;
    const place =
      origin && isInside
        ? placeOf([...origin.path, ...rest], origin.parsed, of, () => undefined)
        : undefined;
    if (place !== undefined) return place;
    const node =
      of === 'key' && rest.length === 0 ? keyAt(document, start) : valueAt(document, start);
    if (node?.range) return at(node.range[0]);
  }
  return undefined;
}

function valueAt(document: YamlFile['document'], path: Path): Node | undefined {
  const node = document.getIn(path, true);
  return isNode(node) ? node : undefined;
}

function keyAt(document: YamlFile['document'], path: Path): Node | undefined {
  const map = path.length === 1 ? document.contents : valueAt(document, path.slice(0, -1));
  const pair = pairAt(map, path.at(-1));
  return isNode(pair?.key) ? pair.key : undefined;
}
