import { isCollection, isMap, isScalar, isSeq, type Scalar, visit, type YAMLMap } from 'yaml';
import {
  EVENT_KEYS,
  isText,
  likeMethod,
  likePath,
  measure,
  type NewFunction,
  quoted,
  renderBlock,
  textOf,
} from './function-style.ts';
import { columnOf, type FunctionEntry, type FunctionsMap, startOf } from './functions-map.ts';
import type { HttpEvent } from './service.ts';

type Api = HttpEvent['api'];

/**
 * The function as a block of YAML at the indentation that the others have; without a
 * line break at the end.
 *
 * @param shared what it has besides its handler and its event, as all others do
 */
export function renderFunction(
  fn: NewFunction,
  api: Api,
  map: FunctionsMap,
  shared: Readonly<Record<string, unknown>>,
): string {
  const { text, functions } = map;
  const [first] = functions as readonly [FunctionEntry];
  const eol = lineBreakOf(text, first.start);
  const column = columnOf(text, first.start);
  for (const entry of [...functions].reverse()) {
    const scalars = plainScalars(entry, api, text, Object.keys(shared));
    if (scalars !== undefined) {
      const copy = copyOf(entry, scalars, fn, api, text);
      return `${' '.repeat(column)}${copy.split(/\r?\n/).join(eol)}`;
    }
  }
  return renderBlock(fn, api, measure(map, api), column, shared).join(eol);
}

/** What stands between the last function and a new one: as between the last two. */
export function separatorOf({ text, functions }: FunctionsMap): string {
  const [first] = functions as readonly [FunctionEntry];
  const [previous, last] = functions.slice(-2);
  const eol = lineBreakOf(text, first.start);
  if (previous === undefined || last === undefined) {
    const oneLine = !text.slice(first.start, first.contentEnd).includes('\n');
    return oneLine ? eol : eol + eol;
  }
  const between = text.slice(previous.contentEnd, last.start);
  const blankLines = /\n(?:[ \t]*\r?\n)+/.exec(between)?.[0].match(/\n/g)?.length ?? 1;
  return eol.repeat(blankLines);
}

function lineBreakOf(text: string, offset: number): string {
  return text[text.lastIndexOf('\n', offset) - 1] === '\r' ? '\r\n' : '\n';
}

/** The texts of a function that differ from one to another. */
interface PlainScalars {
  /** Whether they are in a flow collection, where brackets mean something. */
  readonly inFlow: boolean;
  readonly handler: Scalar<string>;
  /** `GET /orders`, or the method and the path. */
  readonly route:
    | Scalar<string>
    | { readonly method: Scalar<string>; readonly path: Scalar<string> };
}

/** Of a function that has nothing but a handler, one event and what all share, and no comment: it can be copied. */
function plainScalars(
  { value, keyNode, start, contentEnd }: FunctionEntry,
  api: Api,
  text: string,
  shared: readonly string[],
): PlainScalars | undefined {
  const source = text.slice(start, contentEnd);
  if (/(^|\s)#/m.test(source) || keyNode.tag !== undefined || !isPlain(value)) return undefined;
  const events = value.get('events', true);
  const event = isSeq(events) && events.items.length === 1 ? events.items[0] : undefined;
  const handler = textOf(value, 'handler');
  if (!isMap(event) || handler === undefined || !hasOnly(value, ['handler', 'events', ...shared]))
    return undefined;
  if (!hasOnly(event, [EVENT_KEYS[api]])) return undefined;
  const route = event.get(EVENT_KEYS[api], true);
  const inFlow = [value, events, event, route].some((node) => isCollection(node) && node.flow);
  if (isMap(route)) {
    const method = textOf(route, 'method');
    const path = textOf(route, 'path');
    if (method === undefined || path === undefined) return undefined;
    return hasOnly(route, ['method', 'path'])
      ? { inFlow, handler, route: { method, path } }
      : undefined;
  }
  return isText(route) && /^\S+\s+\S+$/.test(route.value) ? { inFlow, handler, route } : undefined;
}

/** Whether no node has an anchor or a tag, or is an alias or a text of several lines. */
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
  fn: NewFunction,
  api: Api,
  text: string,
): string {
  const edits: [Scalar, string][] = [
    [keyNode, fn.key],
    [handler, fn.handler],
  ];
  if (isScalar(route)) {
    const [method = ''] = route.value.split(/\s+/);
    edits.push([route, `${likeMethod(fn.method, method)} ${fn.path}`]);
  } else {
    edits.push([route.method, likeMethod(fn.method, route.method.value)]);
    edits.push([route.path, likePath(fn.path, route.path.value, api)]);
  }
  edits.sort(([a], [b]) => startOf(a) - startOf(b));
  let copy = '';
  let offset = start;
  for (const [node, value] of edits) {
    copy += text.slice(offset, startOf(node)) + quoted(value, node.type, inFlow);
    offset = node.range?.[1] ?? offset;
  }
  return copy + text.slice(offset, contentEnd);
}
