/** Where a service names one of its functions, outside of the function's own entry. */

import type { Service } from '../service/service.ts';
import { isRecord } from '../util/json.ts';
import { escapePattern } from '../util/text.ts';
import type { Configuration } from './configuration.ts';
import { functionIds, routeIds } from './logical-ids.ts';
import { isYaml, type ReadFile } from './variables/included-file.ts';
import type { Path } from './variables/lookup.ts';
import { parseYaml } from './yaml-file.ts';

/** A place that does not work without the function. */
export interface FunctionUse {
  /** File, line and column. */
  readonly place: string;
  /** What stands there: `functions.hello.events.0.http.authorizer`. */
  readonly by: string;
}

/** A service whose serverless.yml, of this text, has been read. */
export interface ReadFunctions {
  readonly serverlessYml: string;
  readonly configuration: Configuration;
  readonly service: Service;
  readonly options: { readonly file: string; readonly read?: ReadFile | undefined };
}

/**
 * Finds what uses a function: by its key, by the name that it has on AWS, by a variable, or
 * by the id of a resource that osls makes of it. Files that variables name are looked at
 * where something else than the function has taken its value from them.
 *
 * @param names the key of the function, then those that it had before
 */
export function functionUses(
  read: ReadFunctions,
  names: readonly string[],
): readonly FunctionUse[] {
  const { configuration, service } = read;
  const isOwn = ([section, name]: Path) => section === 'functions' && name === names[0];
  const isUse = names.map((name) => useOf(name, service));
  const isValueOf = names.map(variableOf);
  const uses = new Map<string, FunctionUse>();
  const add = (place: string, path: Path): void => {
    const intrinsic = path.findIndex((key) => /^(Ref|Fn::.*)$/.test(String(key)));
    const by = (intrinsic === -1 ? path : path.slice(0, intrinsic)).join('.');
    if (!uses.has(place)) uses.set(place, { place, by });
  };

  for (const found of textsIn(configuration.value, [])) {
    const { path, isKey } = found;
    if (isOwn(path) || !isUse.some((is) => is(found))) continue;
    add(configuration.place(path, isKey ? 'key' : 'value'), path);
  }
  // A variable is gone once it has been resolved.
  for (const { value, path } of written(read)) {
    for (const found of textsIn(value, path)) {
      if (isOwn(found.path) || !isValueOf.some((is) => is.test(found.text))) continue;
      add(configuration.place(found.path, 'value'), found.path);
    }
  }
  return [...uses.values()];
}

/** The values as they are written: of serverless.yml, and those that come from other files. */
function* written({ serverlessYml, configuration, options }: ReadFunctions) {
  yield { value: parseYaml(serverlessYml, options.file).value, path: [] as Path };
  for (const [key, origin] of configuration.origins) {
    const found = options.read?.(origin.file);
    if (found === undefined || 'problem' in found || !isYaml(origin.file)) continue;
    const value = origin.path.reduce<unknown>(
      (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : node),
      parseYaml(found.text, origin.file).value,
    );
    yield { value, path: key.split('\0') };
  }
}

/** A text, or the key of a map. */
interface Found {
  readonly text: string;
  readonly path: Path;
  readonly isKey: boolean;
  /** The map or list that it is in. */
  readonly parent: unknown;
}

function* textsIn(value: unknown, path: Path, parent?: unknown): Generator<Found> {
  if (typeof value === 'string') yield { text: value, path, isKey: false, parent };
  if (typeof value !== 'object' || value === null) return;
  for (const [key, item] of Object.entries(value)) {
    const inner = [...path, key];
    if (isRecord(value)) yield { text: key, path: inner, isKey: true, parent: value };
    yield* textsIn(item, inner, value);
  }
}

/** A variable with a value of the function: `${self:functions.createOrder.timeout}`. */
const variableOf = (key: string): RegExp =>
  new RegExp(`\\$\\{[^]*:\\s*functions\\.(?:\\d+\\.)?${escapePattern(key)}(?=[.,}\\s])`);

/** Makes what tells whether a text names the function, or something that osls makes of it. */
function useOf(key: string, { name: service, stage, functions }: Service) {
  const fn = functions.find((other) => other.key === key);
  const others = functions.filter((other) => other !== fn).flatMap(routeIds);
  const routes = fn === undefined ? [] : routeIds(fn).filter((id) => !others.includes(id));
  const ids = [functionIds(key), ...routes].join('|');
  const id = new RegExp(`^(?:${ids})(?:\\.[\\w.]+)?$|[$#]\\{(?:${ids})(?:\\.[\\w.]+)?\\}`);
  const ownKey = new RegExp(
    `^${escapePattern(key)}(?:\\.\\w+)?$|\\$\\{${escapePattern(key)}(?:\\.\\w+)?\\}`,
  );
  const onAws = fn?.name ?? `${service}-${stage}-${key}`;
  const arn = new RegExp(`\\bfunction:${escapePattern(onAws)}(?![\\w-])`);
  return (found: Found): boolean => {
    const { text, path } = found;
    if (found.isKey) return id.test(text) && path.at(-2) !== 'Outputs';
    return (
      id.test(text) ||
      (text === key && takesKey(found)) ||
      (ownKey.test(text) && isInStateMachine(found)) ||
      arn.test(text) ||
      (text === onAws && takesName(path))
    );
  };
}

/** Properties of osls and of plugins that have the key of a function, wherever they are. */
const TAKE_KEY = ['functionName', 'function', 'preTrafficHook', 'postTrafficHook'];

/** Whether a key of a function is meant by what is written there. */
function takesKey({ path, parent }: Found): boolean {
  const [section] = path;
  const [holder, last] = path.slice(-2);
  // What CloudFormation has there is its own.
  if (section === 'resources') return false;
  if (last === 'authorizer') return holder === 'http' || holder === 'websocket';
  if (last === 'name' && holder === 'authorizer') {
    const takesNone = ['http', 'websocket'].every((event) => event !== path.at(-3));
    // With one of these it is the name of the authorizer alone.
    return !takesNone && isRecord(parent) && !parent.arn && !parent.authorizerId;
  }
  if (last === 'onSuccess' || last === 'onFailure') return holder === 'destinations';
  if (section === 'custom' && holder === 'functions') return Array.isArray(parent);
  return TAKE_KEY.includes(String(last));
}

/** Whether the plugin serverless-step-functions reads it, which takes keys of functions for ids. */
function isInStateMachine({ path, parent }: Found): boolean {
  // The short form of a list leaves no key: `!GetAtt [createOrder, Arn]`.
  const isList = Array.isArray(parent) && parent[1] === 'Arn';
  const isIn = path.some((key) => /^(Ref|Fn::(GetAtt|Sub))$/.test(String(key)));
  return path[0] === 'stepFunctions' && (isIn || isList);
}

/** Whether it is the name of a function on AWS: other things may have the same name. */
const takesName = (path: Path): boolean =>
  /^function_?name$/i.test(String(path.at(-1))) ||
  path.at(-2) === 'environment' ||
  path.includes('Variables');
