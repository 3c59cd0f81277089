import { isMap, isScalar, isSeq, type Pair, Scalar, stringify, type YAMLMap } from 'yaml';
import type { NewEndpoint } from '../../service/endpoint/problem.ts';
import type { HttpEvent } from '../../service/service.ts';
import { needsQuotes } from '../../util/yaml-words.ts';
import { columnOf, type FunctionsMap, startOf } from './locate.ts';

type Api = HttpEvent['api'];

/** The keys of the events in serverless.yml. */
export const EVENT_KEYS: Record<Api, string> = { rest: 'http', http: 'httpApi' };

/**
 * Renders a function as a block of YAML to paste by hand.
 *
 * @param indent number of spaces before the function's key
 */
export function functionBlock(fn: NewEndpoint, indent: number): string {
  return renderBlock(fn, DEFAULT_STYLE, indent, {}).join('\n');
}

/** Returns whether a node is a string without variables. */
export const isText = (node: unknown): node is Scalar<string> =>
  isScalar(node) && typeof node.value === 'string' && !node.value.includes('${');

export function textOf(map: YAMLMap, key: string): Scalar<string> | undefined {
  const node = map.get(key, true);
  return isText(node) ? node : undefined;
}

export const likeMethod = (method: string, example: string): string =>
  example === example.toLowerCase() && example !== '*' ? method.toLowerCase() : method;

/**
 * Writes a path in the style of another one. Only the map of an `http` event accepts a path
 * without its slash
 * (https://github.com/oss-serverless/osls/tree/main/lib/plugins/aws/package/compile/events), and
 * `*` shows no style.
 */
export const likePath = (path: string, example: string, api: Api): string =>
  api === 'http' || /^[/*]/.test(example) || path === '/' ? path : path.slice(1);

/** Writes a string in the style of another one, or in quotes if it needs them. */
export function quoted(value: string, type: Scalar['type'], inFlow: boolean): string {
  if (type === Scalar.QUOTE_DOUBLE || /[\p{Cc}]/u.test(value)) return JSON.stringify(value);
  const isPlain =
    type !== Scalar.QUOTE_SINGLE &&
    !needsQuotes(value) &&
    value === value.trim() &&
    !(inFlow && /[{}[\],]/.test(value));
  return isPlain ? value : `'${value.replaceAll("'", "''")}'`;
}

/** Describes how functions are laid out. Each indentation is relative to the parent. */
export interface BlockStyle {
  readonly body: number;
  /** From `events` to its `-`. */
  readonly dash: number;
  /** From the `-` to `http`. */
  readonly event: number;
  /** From `http` to `method`. */
  readonly route: number;
  /** The order of the function's keys. */
  readonly order: readonly string[];
  readonly pathFirst: boolean;
  readonly form: 'block' | 'flow' | 'short';
  readonly quotes: Scalar['type'];
  readonly method: string;
  readonly path: string;
}

const DEFAULT_STYLE: BlockStyle = {
  body: 2,
  dash: 2,
  event: 2,
  route: 2,
  order: [],
  pathFirst: false,
  form: 'block',
  quotes: Scalar.PLAIN,
  method: 'GET',
  path: '/',
};

/**
 * Renders a function as a block of YAML in the given style.
 *
 * @param shared properties of the function besides its handler and its event
 */
export function renderBlock(
  fn: NewEndpoint,
  style: BlockStyle,
  column: number,
  shared: Readonly<Record<string, unknown>>,
): string[] {
  const pad = (...indents: number[]) => ' '.repeat(indents.reduce((sum, n) => sum + n, column));
  const { body, dash, event } = style;
  // A route in its short form takes no settings.
  const form = fn.cors && style.form === 'short' ? 'block' : style.form;
  const q = (value: string, inFlow = false) => quoted(value, style.quotes, inFlow);
  const method = likeMethod(fn.method, style.method);
  const path = style.form === 'short' ? fn.path : likePath(fn.path, style.path, fn.api);
  const item = `${pad(body, dash)}-${' '.repeat(event - 1)}${EVENT_KEYS[fn.api]}:`;
  const ordered = (lines: readonly string[]) => (style.pathFirst ? [...lines].reverse() : lines);
  const cors = fn.cors ? ['cors: true'] : [];
  const events = [`${pad(body)}events:`];
  if (form === 'short') events.push(`${item} ${q(`${method} ${path}`)}`);
  else if (form === 'flow') {
    const inner = ordered([`method: ${q(method, true)}`, `path: ${q(path, true)}`]);
    events.push(`${item} { ${[...inner, ...cors].join(', ')} }`);
  } else {
    const inner = [...ordered([`method: ${q(method)}`, `path: ${q(path)}`]), ...cors];
    const deep = style.form === 'short' ? body : style.route;
    events.push(item, ...inner.map((line) => pad(body, dash, event, deep) + line));
  }
  const setting = (name: string, value: unknown) =>
    typeof value === 'string' && !/['"\\\n]/.test(value)
      ? [`${pad(body)}${name}: ${q(value)}`]
      : stringify({ [name]: value })
          .trimEnd()
          .split('\n')
          .map((line) => pad(body) + line);
  const blocks = new Map([
    ['handler', setting('handler', fn.handler)],
    ...Object.entries(shared).map(([name, value]) => [name, setting(name, value)] as const),
    ['events', events],
  ]);
  const lines = inOrder([...blocks.keys()], style.order).flatMap((name) => blocks.get(name) ?? []);
  return [`${pad()}${quoted(fn.key, Scalar.PLAIN, false)}:`, ...lines];
}

/** Sorts names in the order of an example; those that the example lacks follow the handler. */
export function inOrder(names: readonly string[], example: readonly string[]): readonly string[] {
  if (!example.includes('handler')) return names;
  const others = names.filter((name) => !example.includes(name));
  return example.flatMap((name) =>
    name === 'handler' ? [name, ...others] : names.includes(name) ? [name] : [],
  );
}

/**
 * Measures the style of functions that cannot be copied as they are, as far as they show one. For a
 * route with `cors`, those whose routes are maps come first.
 */
export function measure(
  { text, functions }: FunctionsMap,
  { api, cors }: Pick<NewEndpoint, 'api' | 'cors'>,
): BlockStyle {
  const column = (node: unknown): number => columnOf(text, startOf(node));
  const blocks = functions
    .flatMap(({ value, start }) => (value === undefined || value.flow ? [] : [{ value, start }]))
    .reverse();
  const lists = blocks.flatMap(({ value, start }) => {
    const names = value.items.map(({ key }) => String(key));
    const events = value.items[names.indexOf('events')];
    const list = events?.value;
    if (events === undefined || !isSeq(list) || list.flow || list.items.length === 0) return [];
    const style: Partial<BlockStyle> = {
      body: column(value.items[0]) - columnOf(text, start),
      dash: column(list) - column(events),
      event: column(list.items[0]) - column(list),
      order: names,
      quotes: textOf(value, 'handler')?.type,
    };
    const routes = list.items.flatMap((item) => (isMap(item) && !item.flow ? item.items : []));
    return [{ style, route: routes.find(({ key }) => String(key) === EVENT_KEYS[api]) }];
  });
  const maps = cors ? lists.filter(({ route }) => isMap(route?.value)) : [];
  const example = [...maps, ...lists].find(({ route }) => route !== undefined) ?? lists[0];
  if (example !== undefined) {
    return { ...DEFAULT_STYLE, ...example.style, ...routeStyle(example.route, column) };
  }
  const [last] = blocks;
  if (last === undefined) return DEFAULT_STYLE;
  return { ...DEFAULT_STYLE, body: column(last.value.items[0]) - columnOf(text, last.start) };
}

/** Returns the form in which the route of an event is written. */
export function routeStyle(
  pair: Pair | undefined,
  column: (node: unknown) => number,
): Partial<BlockStyle> {
  const route = pair?.value;
  if (isText(route)) {
    // `*` alone stands for all methods and paths.
    const [method = '', path = '/'] = route.value.split(/\s+/);
    return { form: 'short', method, path };
  }
  if (!isMap(route) || route.items.length === 0) return {};
  const names = route.items.map(({ key }) => String(key));
  return {
    form: route.flow ? 'flow' : 'block',
    ...(route.flow ? {} : { route: column(route.items[0]) - column(pair) }),
    pathFirst: names.indexOf('path') < names.indexOf('method'),
    method: textOf(route, 'method')?.value ?? DEFAULT_STYLE.method,
    path: textOf(route, 'path')?.value ?? DEFAULT_STYLE.path,
  };
}
