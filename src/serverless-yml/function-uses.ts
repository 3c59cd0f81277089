/** Finds where a service refers to one of its functions outside the function's own entry. */

import { nameOnAws } from '../service/deployment.ts';
import type { Service } from '../service/service.ts';
import { isRecord } from '../util/json.ts';
import { escapePattern } from '../util/text.ts';
import type { Configuration } from './configuration.ts';
import { functionIds, routeIds } from './logical-ids.ts';
import { parseIncluded, type ReadFile } from './variables/included-file.ts';
import type { Path } from './variables/lookup.ts';
import { parseYaml } from './yaml-file.ts';

/** Describes a place that breaks when the function is removed. */
export interface FunctionUse {
  /** Gives file, line and column. */
  readonly place: string;
  /** Gives the path of the reference: `functions.hello.events.0.http.authorizer`. */
  readonly by: string;
}

/** Holds a service together with the text of the serverless.yml that it was read from. */
export interface ReadFunctions {
  readonly serverlessYml: string;
  readonly configuration: Configuration;
  readonly service: Service;
  readonly options: { readonly file: string; readonly read?: ReadFile | undefined };
}

/**
 * Finds every use of a function: by its key, by its name on AWS, by a variable, or by the logical
 * ID of a resource that osls creates for it. A file that a variable names is searched if something
 * other than the function takes its value from it.
 *
 * @param names the function's key, then its former keys
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
  // Search the unresolved values, because a resolved variable no longer shows.
  for (const { value, path } of written(read)) {
    for (const found of textsIn(value, path)) {
      if (isOwn(found.path) || !isValueOf.some((is) => is.test(found.text))) continue;
      add(configuration.place(found.path, 'value'), found.path);
    }
  }
  return [...uses.values()];
}

/** Yields the unresolved values of serverless.yml, then those that come from other files. */
function* written({ serverlessYml, configuration, options }: ReadFunctions) {
  yield { value: parseYaml(serverlessYml, options.file).value, path: [] as Path };
  for (const [key, origin] of configuration.origins) {
    const parsed = parseIncluded(options.read, origin.file);
    if (parsed === undefined) continue;
    const value = origin.path.reduce<unknown>(
      (node, step) => (typeof node === 'object' && node !== null ? Reflect.get(node, step) : node),
      parsed.value,
    );
    yield { value, path: key.split('\0') };
  }
}

/** Holds a string value or the key of a map. */
interface Found {
  readonly text: string;
  readonly path: Path;
  readonly isKey: boolean;
  /** The map or list that contains it. */
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

/** Matches a variable that reads from the function: `${self:functions.createOrder.timeout}`. */
const variableOf = (key: string): RegExp =>
  new RegExp(`\\$\\{[^]*:\\s*functions\\.(?:\\d+\\.)?${escapePattern(key)}(?=[.,}\\s])`);

/**
 * Returns a predicate for texts that refer to the function or to a resource that osls creates for
 * it.
 */
function useOf(key: string, { name: service, stage, functions }: Service) {
  const fn = functions.find((other) => other.key === key);
  const others = functions.filter((other) => other !== fn).flatMap(routeIds);
  const routes = fn === undefined ? [] : routeIds(fn).filter((id) => !others.includes(id));
  const ids = [functionIds(key), ...routes].join('|');
  const id = new RegExp(`^(?:${ids})(?:\\.[\\w.]+)?$|[$#]\\{(?:${ids})(?:\\.[\\w.]+)?\\}`);
  const ownKey = new RegExp(
    `^${escapePattern(key)}(?:\\.\\w+)?$|\\$\\{${escapePattern(key)}(?:\\.\\w+)?\\}`,
  );
  const onAws = fn?.name ?? nameOnAws({ name: service, stage }, key);
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

/**
 * Properties of osls and of plugins whose value is the key of a function, wherever they appear.
 */
const TAKE_KEY = ['functionName', 'function', 'preTrafficHook', 'postTrafficHook'];

/** Returns whether the value at this place is the key of a function. */
function takesKey({ path, parent }: Found): boolean {
  const [section] = path;
  const [holder, last] = path.slice(-2);
  // CloudFormation resources have properties of the same names with other meanings.
  if (section === 'resources') return false;
  if (last === 'authorizer') return holder === 'http' || holder === 'websocket';
  if (last === 'name' && holder === 'authorizer') {
    const takesNone = ['http', 'websocket'].every((event) => event !== path.at(-3));
    // Next to one of these, the value is only the name of the authorizer.
    return !takesNone && isRecord(parent) && !parent.arn && !parent.authorizerId;
  }
  if (last === 'onSuccess' || last === 'onFailure') return holder === 'destinations';
  if (section === 'custom' && holder === 'functions') return Array.isArray(parent);
  return TAKE_KEY.includes(String(last));
}

/**
 * Returns whether the value is in a state machine, where the plugin serverless-step-functions
 * accepts a function's key as a logical ID.
 */
function isInStateMachine({ path, parent }: Found): boolean {
  // The short form with a list leaves no key behind: `!GetAtt [createOrder, Arn]`.
  const isList = Array.isArray(parent) && parent[1] === 'Arn';
  const isIn = path.some((key) => /^(Ref|Fn::(GetAtt|Sub))$/.test(String(key)));
  return path[0] === 'stepFunctions' && (isIn || isList);
}

/**
 * Returns whether the value at the path is the name of a function on AWS. Other resources may have
 * the same name.
 */
const takesName = (path: Path): boolean =>
  /^function_?name$/i.test(String(path.at(-1))) ||
  path.at(-2) === 'environment' ||
  path.includes('Variables');
