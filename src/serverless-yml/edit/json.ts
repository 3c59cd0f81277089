import { isMap, isSeq } from 'yaml';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import { type FunctionsMap, lineStart, startOf } from './locate.ts';
import { EVENT_KEYS, inOrder, likeMethod, likePath, routeStyle } from './style.ts';

/** Renders a function as a block of JSON to paste by hand. */
export function functionJson({ key, handler, api, method, path, cors }: NewEndpoint): string {
  const route = { method, path, ...(cors && { cors }) };
  const fn = { handler, events: [{ [EVENT_KEYS[api]]: route }] };
  return `${JSON.stringify(key)}: ${JSON.stringify(fn, undefined, 2)}`;
}

/**
 * Renders a function as JSON in the style of the file's other functions.
 *
 * @param shared properties of the function besides its handler and its event
 */
export function renderJson(
  fn: NewEndpoint,
  map: FunctionsMap,
  shared: Readonly<Record<string, unknown>>,
): string {
  const events = [{ [EVENT_KEYS[fn.api]]: routeOf(fn, map.functions) }];
  return memberJson(fn.key, { handler: fn.handler, ...shared, events }, map);
}

/** Renders a function with these settings as JSON, in the style and order of the file's others. */
export function memberJson(
  key: string,
  settings: Readonly<Record<string, unknown>>,
  { text, functions }: FunctionsMap,
): string {
  const example = functions.findLast(({ value }) => value !== undefined) ?? functions[0];
  const { value } = example;
  const names = value?.items.map(({ key }) => String(key)) ?? [];
  const ordered = new Map(Object.entries(settings));
  const written = Object.fromEntries(
    inOrder([...ordered.keys()], names).map((name) => [name, ordered.get(name)]),
  );
  const source = text.slice(example.start, example.contentEnd);
  const isSpaced = /"\s*:\s/.test(source);
  const start = `${JSON.stringify(key)}:${isSpaced ? ' ' : ''}`;
  if (!isSpaced) return start + JSON.stringify(written);
  const [inner] = value?.items ?? [];
  const indent = indentOf(text, example.start);
  const unit = inner && indentOf(text, startOf(inner)).slice(indent.length);
  const lines = JSON.stringify(written, undefined, unit || 2).split('\n');
  const eol = source.includes('\r\n') ? '\r\n' : '\n';
  return start + (unit ? lines.join(eol + indent) : lines.map((line) => line.trim()).join(' '));
}

/**
 * Returns the route of the new event, as `GET /orders` or as a map, like the last event of its
 * kind. Only a map takes `cors`.
 */
function routeOf(fn: NewEndpoint, functions: FunctionsMap['functions']): unknown {
  const pairs = functions.flatMap(({ value }) => {
    const events = value?.get('events');
    return isSeq(events) ? events.items.flatMap((event) => (isMap(event) ? event.items : [])) : [];
  });
  const last = pairs.findLast(({ key }) => String(key) === EVENT_KEYS[fn.api]);
  const example = routeStyle(last, () => 0);
  const method = likeMethod(fn.method, example.method ?? fn.method);
  if (example.form === 'short' && !fn.cors) return `${method} ${fn.path}`;
  const path = example.form === 'short' ? fn.path : likePath(fn.path, example.path ?? '/', fn.api);
  const route = example.pathFirst ? { path, method } : { method, path };
  return fn.cors ? { ...route, cors: true } : route;
}

/** Returns the indentation of the line that contains the offset. */
function indentOf(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^\s*/.exec(text.slice(start, offset))?.[0] ?? '';
}
