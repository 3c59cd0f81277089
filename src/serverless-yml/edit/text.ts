import { isCollection, isMap, isScalar, isSeq, type Scalar, visit, type YAMLMap } from 'yaml';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import { renderJson } from './json.ts';
import {
  columnOf,
  endOf,
  type FunctionEntry,
  type FunctionsMap,
  lineBreakOf,
  startOf,
} from './locate.ts';
import { spliced } from './splice.ts';
import {
  EVENT_KEYS,
  isText,
  likeMethod,
  likePath,
  measure,
  quoted,
  renderBlock,
  textOf,
} from './style.ts';

/**
 * Renders a function in the style of the others, without leading and trailing separators.
 *
 * @param shared properties that the function has besides its handler and its event, like all
 * others
 */
export function renderFunction(
  fn: NewEndpoint,
  map: FunctionsMap,
  shared: Readonly<Record<string, unknown>>,
): string {
  const { text, functions } = map;
  const { start } = functions[0];
  for (const entry of [...functions].reverse()) {
    const scalars = plainScalars(entry, fn, text, Object.keys(shared));
    if (scalars === undefined) continue;
    return copyOf(entry, scalars, fn, text).split(/\r?\n/).join(lineBreakOf(text, start));
  }
  if (map.isJson) return renderJson(fn, map, shared);
  const lines = renderBlock(fn, measure(map, fn), columnOf(text, start), shared);
  return lines.join(lineBreakOf(text, start)).trimStart();
}

/** Holds the strings that differ from one function to another. */
interface PlainScalars {
  /** Whether they are in a flow collection, where brackets have a meaning. */
  readonly inFlow: boolean;
  readonly handler: Scalar<string>;
  /** `GET /orders`, or the method and the path. */
  readonly route: Scalar<string> | PlainRoute;
}

interface PlainRoute {
  readonly method: Scalar<string>;
  readonly path: Scalar<string>;
  /** What to insert into a copy of it. */
  readonly insert?: Insertion | undefined;
}

interface Insertion {
  readonly offset: number;
  readonly text: string;
}

/**
 * Returns the strings of a function that can serve as a template: it has only a handler, one event
 * and the shared settings, and no comment. For a route with `cors`, its own is a map, with or
 * without that.
 */
function plainScalars(
  { value, keyNode, start, contentEnd }: FunctionEntry,
  { api, cors = false }: Pick<NewEndpoint, 'api' | 'cors'>,
  text: string,
  shared: readonly string[],
): PlainScalars | undefined {
  if (value === undefined || keyNode.tag !== undefined || !isPlain(value)) return undefined;
  if (hasComment(text.slice(start, contentEnd))) return undefined;
  const events = value.get('events', true);
  const event = isSeq(events) && events.items.length === 1 ? events.items[0] : undefined;
  const handler = textOf(value, 'handler');
  if (!isMap(event) || handler === undefined || !hasOnly(value, ['handler', 'events', ...shared]))
    return undefined;
  if (!hasOnly(event, [EVENT_KEYS[api]])) return undefined;
  const route = event.get(EVENT_KEYS[api], true);
  const inFlow = [value, events, event, route].some((node) => isCollection(node) && node.flow);
  if (isMap(route)) {
    const plain = plainRoute(route, cors, text);
    return plain && { inFlow, handler, route: plain };
  }
  return !cors && isText(route) && /^\S+\s+\S+$/.test(route.value)
    ? { inFlow, handler, route }
    : undefined;
}

function plainRoute(route: YAMLMap, cors: boolean, text: string): PlainRoute | undefined {
  const method = textOf(route, 'method');
  const path = textOf(route, 'path');
  if (method === undefined || path === undefined) return undefined;
  if (hasOnly(route, ['method', 'path'])) {
    return { method, path, ...(cors && { insert: corsLike(route, path, text) }) };
  }
  const isSame = cors && hasOnly(route, ['method', 'path', 'cors']) && route.get('cors') === true;
  return isSame ? { method, path } : undefined;
}

/** Writes `cors: true` after the method and the path, separated as they are, with the path's colon. */
function corsLike({ items: [first, last] }: YAMLMap, path: Scalar, text: string): Insertion {
  const pathPair = [first, last].find((pair) => pair?.value === path);
  const separator = text.slice(endOf(first?.value), startOf(last));
  const key = text.slice(startOf(pathPair), startOf(path)).replace('path', 'cors');
  return { offset: endOf(last?.value), text: `${separator}${key}true` };
}

/**
 * Returns whether the source of a function contains a comment, or something that looks like one.
 */
export const hasComment = (source: string): boolean => /(^|\s)#/m.test(source);

/** Returns whether the node contains no anchor, tag, alias or multi-line string. */
function isPlain(value: YAMLMap): boolean {
  let plain = true;
  visit(value, {
    Alias: () => {
      plain = false;
    },
    Node: (_key, node) => {
      const block = isScalar(node) && node.type?.startsWith('BLOCK');
      if (node.anchor !== undefined || node.tag !== undefined || block) plain = false;
    },
  });
  return plain;
}

const hasOnly = (map: YAMLMap, keys: readonly string[]): boolean =>
  map.items.length === keys.length && keys.every((key) => map.has(key));

function copyOf(
  { keyNode, start, contentEnd }: FunctionEntry,
  { inFlow, handler, route }: PlainScalars,
  fn: NewEndpoint,
  text: string,
): string {
  const replace = (node: Scalar, value: string) => ({
    from: startOf(node),
    to: endOf(node),
    text: quoted(value, node.type, inFlow),
  });
  const edits = [replace(keyNode, fn.key), replace(handler, fn.handler)];
  if (isScalar(route)) {
    const [method = ''] = route.value.split(/\s+/);
    edits.push(replace(route, `${likeMethod(fn.method, method)} ${fn.path}`));
  } else {
    const { method, path, insert } = route;
    edits.push(replace(method, likeMethod(fn.method, method.value)));
    edits.push(replace(path, likePath(fn.path, path.value, fn.api)));
    if (insert) edits.push({ from: insert.offset, to: insert.offset, text: insert.text });
  }
  return spliced(text.slice(0, contentEnd), edits).slice(start);
}
