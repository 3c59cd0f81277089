/**
 * The variables of a serverless.yml, `${source:address, fallback}`, as far as
 * they can be known on this machine
 * (https://github.com/oss-serverless/osls/tree/main/docs/guides/variables).
 */

import { alternativesOf, replaceVariables } from './variable-text.ts';

/** Where a variable's value comes from: `opt` for `${opt:stage}`. Undefined: no value, try the fallback. */
export type VariableSources = Readonly<Record<string, (address: string) => unknown>>;

/** The keys and indexes that lead to a value. */
export type Path = readonly (string | number)[];

/** The longest chain of variables that lead to variables; a longer one leads in a circle. */
const MAX_DEPTH = 40;

/** How much may come out of variables, in characters: those that double each other grow without end. */
const MAX_GROWTH = 10_000_000;

/** What a value costs of it besides its characters, and the looking for it. */
const COST = 20;

/**
 * Replaces every variable in the strings of a value. One that cannot be known
 * here, `${ssm:/key}` for example, stays as it is and gives a warning.
 *
 * @param tooMuch makes the error for the value at the path, whose variables grow without end
 */
export function resolveVariables(
  value: unknown,
  sources: VariableSources,
  tooMuch: (path: Path) => Error,
): { readonly value: unknown; readonly warnings: readonly string[] } {
  const unknown = new Set<string>();
  let growth = 0;

  /** @param depth the number of variables that led to the node; the file itself costs nothing */
  const resolve = (node: unknown, path: Path, depth: number): unknown => {
    if (depth > 0) grow(typeof node === 'string' ? node.length : 0, path);
    if (typeof node === 'string') return resolveText(node, path, depth);
    const inside = (key: string | number): Path => (depth > 0 ? path : [...path, key]);
    if (Array.isArray(node)) {
      return node.map((item, index) => resolve(item, inside(index), depth));
    }
    if (typeof node !== 'object' || node === null) return node;
    const entries = Object.entries(node);
    return Object.fromEntries(
      entries.map(([key, item]) => [key, resolve(item, inside(key), depth)]),
    );
  };

  const resolveText = (text: string, path: Path, depth: number): unknown =>
    replaceVariables(text, (content) => {
      const found = depth < MAX_DEPTH ? evaluate(content, sources) : undefined;
      if (found !== undefined) return nested(() => resolve(found, path, depth + 1), path, depth);
      if (depth > 0) grow(0, path);
      unknown.add(`\${${content}}`);
      return undefined;
    });

  /** A map within itself fills the stack before it has grown too much. */
  const nested = (work: () => unknown, path: Path, depth: number): unknown => {
    try {
      return work();
    } catch (error) {
      throw depth === 0 && error instanceof RangeError ? tooMuch(path) : error;
    }
  };

  const grow = (characters: number, path: Path): void => {
    growth += COST + characters;
    if (growth > MAX_GROWTH) throw tooMuch(path);
  };

  const resolved = resolve(value, [], 0);
  return {
    value: resolved,
    warnings: [...unknown].map((variable) => `${variable} is not known on this machine`),
  };
}

/** The value of the first alternative that has one: `opt:stage, self:custom.stage, 'dev'`. */
function evaluate(content: string, sources: VariableSources): unknown {
  for (const alternative of alternativesOf(content)) {
    if ('literal' in alternative) return alternative.literal;
    const { source, address } = alternative;
    const value = Object.hasOwn(sources, source) ? sources[source]?.(address) : undefined;
    if (value !== undefined) return value;
  }
  return undefined;
}
