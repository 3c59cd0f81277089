/**
 * Resolves the variables of a serverless.yml, `${source:address, fallback}`, as far as this
 * machine can. osls sets the rules
 * (https://github.com/oss-serverless/osls/blob/main/lib/configuration/variables/resolve.js).
 */

import {
  FromFile,
  type Lookup,
  Missing,
  type Origin,
  type Path,
  pathKey,
  Unknown,
  type VariableSources,
} from './lookup.ts';
import { circular, notAString, notAVariable } from './messages.ts';
import { coerced, isVariable, joined, type Part, type UnknownPart, writtenAs } from './parts.ts';
import { type Operand, parseText, type Variable, VariableSyntaxError } from './text.ts';

export interface Resolved {
  readonly value: unknown;
  /** Maps each unresolved variable, as it is written, to the reason. */
  readonly unknown: ReadonlyMap<string, Unknown>;
  /** Maps the paths ({@link pathKey}) of values that came from other files to their origins. */
  readonly origins: ReadonlyMap<string, Origin>;
}

/** The result of resolving a text. */
interface Value {
  readonly value: unknown;
  /** Whether all of its variables were resolved. */
  readonly isKnown: boolean;
  /** Set if the text is a single variable with a value from another file. */
  readonly origin?: Origin;
}

/** Marks a variable as unresolved because of a nested one, which has been reported itself. */
const WITHIN = new Unknown();

const CIRCLE = new Unknown(circular());

/** Limits chains of variables that lead to variables; a longer chain is circular. */
const MAX_DEPTH = 40;

/**
 * Limits the characters that variables may expand to, because variables that double each other
 * grow without end.
 */
const MAX_GROWTH = 10_000_000;

/** The cost of a value against that limit, added to its characters, for looking it up. */
const COST = 20;

/**
 * Resolves the variables in all strings of a value. One that cannot be resolved here, for example
 * `${ssm:/key}`, stays as it is written.
 *
 * @param sourcesOf makes the sources, which may read from the value
 * @param isLeftBy returns whether the variables of a map are to be left alone
 * @param tooMuch makes the error for the value at the path whose variables grow without end
 */
export function resolveVariables(
  value: unknown,
  sourcesOf: (lookup: Lookup) => VariableSources,
  tooMuch: (path: Path) => Error,
  isLeftBy: (lookup: Lookup) => (path: Path) => boolean = () => () => false,
): Resolved {
  const unknown = new Map<string, Unknown>();
  const origins = new Map<string, Origin>();
  /** The properties that are being resolved; needing one of them again is a circle. */
  const running = new Set<string>();
  let growth = 0;

  const grow = (characters: number, path: Path): void => {
    growth += COST + characters;
    if (growth > MAX_GROWTH) throw tooMuch(path);
  };

  /** @param depth the number of variables that led to the node; the file itself has none */
  const resolve = (node: unknown, path: Path, depth: number): unknown => {
    if (depth > 0) grow(typeof node === 'string' ? node.length : 0, path);
    if (typeof node === 'string') {
      return node.includes('${') ? resolveProperty(node, path, depth) : node;
    }
    if (typeof node !== 'object' || node === null || isLeft(path)) return node;
    if (Array.isArray(node)) {
      return node.map((item, index) => resolve(item, [...path, index], depth));
    }
    return Object.fromEntries(
      Object.entries(node).map(([key, item]) => [key, resolve(item, [...path, key], depth)]),
    );
  };

  const resolveProperty = (text: string, path: Path, depth: number): unknown => {
    try {
      return propertyOf(text, path, depth);
    } catch (error) {
      // A map that contains itself overflows the stack before it exceeds the limit.
      throw depth === 0 && error instanceof RangeError ? tooMuch(path) : error;
    }
  };

  const propertyOf = (text: string, path: Path, depth: number): unknown => {
    const key = pathKey(path);
    if (running.has(key)) {
      note(text, CIRCLE);
      return text;
    }
    running.add(key);
    const found = resolveText(text, path, depth);
    running.delete(key);
    if (found.origin) origins.set(key, found.origin);
    return found.value;
  };

  const note = (text: string, reason: Unknown): void => {
    if (!unknown.has(text)) unknown.set(text, reason);
  };

  const resolveText = (text: string, path: Path, depth: number): Value =>
    resolveWhole(partsOf(text), path, depth);

  /** Replaces a text that is a single variable by its value, of any type. */
  const resolveWhole = (parts: readonly Part[], path: Path, depth: number): Value => {
    const [first] = parts;
    return parts.length === 1 && first !== undefined && isVariable(first)
      ? resolveVariable(first, path, depth)
      : resolveParts(parts, path, depth);
  };

  const partsOf = (text: string): readonly Part[] => {
    try {
      return parseText(text);
    } catch (error) {
      if (!(error instanceof VariableSyntaxError)) throw error;
      note(text, new Unknown(notAVariable()));
      return [{ unknown: text }];
    }
  };

  /**
   * Resolves a text with variables in it. As in osls, each value is scanned for variables by
   * itself first; if it has any, the surrounding text is scanned again.
   */
  const resolveParts = (parts: readonly Part[], path: Path, depth: number): Value => {
    const next = parts
      .map((part) => (isVariable(part) ? textOf(part, path, depth) : part))
      .flatMap((part): readonly Part[] => {
        if (typeof part === 'object' && 'unknown' in part) return [part];
        return partsOf(typeof part === 'string' ? part : part.escaped);
      });
    const text = next.map(writtenAs).join('');
    if (depth > 0 || parts.length > 1) grow(text.length, path);
    if (next.every((part) => typeof part === 'string' || 'unknown' in part)) {
      return { value: text, isKnown: next.every((part) => typeof part === 'string') };
    }
    return resolveParts(joined(next), path, depth + 1);
  };

  /** Returns what a variable adds to a text. */
  const textOf = (variable: Variable, path: Path, depth: number): string | UnknownPart => {
    const found = known(variable, path, depth);
    if (found instanceof Unknown) return { unknown: variable.text };
    const text = coerced(found instanceof FromFile ? found.value : found);
    if (text !== undefined) return text;
    note(variable.text, new Unknown(notAString()));
    return { unknown: variable.text };
  };

  const resolveVariable = (variable: Variable, path: Path, depth: number): Value => {
    const found = known(variable, path, depth);
    if (found instanceof Unknown) return { value: variable.text, isKnown: false };
    const origin = found instanceof FromFile ? { origin: found.origin } : {};
    const inner = found instanceof FromFile ? found.value : found;
    if (typeof inner !== 'string' || !inner.includes('${')) {
      return { value: resolve(inner, path, depth + 1), isKnown: true, ...origin };
    }
    grow(inner.length, path);
    return { ...origin, ...resolveText(inner, path, depth + 1) };
  };

  /**
   * Returns the value of a variable from its source, and records the variable if it cannot be
   * resolved.
   */
  const known = (variable: Variable, path: Path, depth: number): unknown => {
    const found = depth < MAX_DEPTH ? evaluate(variable, path, depth) : new Unknown();
    if (!(found instanceof Unknown)) return found;
    if (depth > 0) grow(0, path);
    if (found !== WITHIN) note(variable.text, found);
    return found;
  };

  /** Returns the value of the first alternative that has one. */
  const evaluate = ({ alternatives }: Variable, path: Path, depth: number): unknown => {
    let missing = new Unknown();
    for (const alternative of alternatives) {
      if ('literal' in alternative) return alternative.literal;
      const { source: name, parameters, address } = alternative;
      const source = Object.hasOwn(sources, name) ? sources[name] : undefined;
      if (source === undefined) return new Unknown();
      const operands = [...parameters, address].map((operand) =>
        operandValue(operand, path, depth),
      );
      if (operands.includes(WITHIN)) return WITHIN;
      const given = operands.pop();
      const found = source({ parameters: operands, address: given });
      if (found instanceof Missing) missing = found;
      else if (found !== undefined && found !== null) return found;
    }
    return missing;
  };

  const operandValue = (operand: Operand | undefined, path: Path, depth: number): unknown => {
    if (operand === undefined) return undefined;
    if ('literal' in operand) return operand.literal;
    const { value: found, isKnown } = resolveWhole(operand.text, path, depth);
    return isKnown ? found : WITHIN;
  };

  /** @param start the path of the value itself, which identifies the text */
  const follow = (value: unknown, keys: Path, start: Path): unknown => {
    let node = value;
    for (const [index, key] of keys.entries()) {
      if (typeof node === 'string' && node.includes('${')) {
        const path = [...start, ...keys.slice(0, index)];
        if (running.has(pathKey(path))) return CIRCLE;
        running.add(pathKey(path));
        const found = resolveText(node, path, 1);
        running.delete(pathKey(path));
        if (!found.isKnown) return WITHIN;
        node = found.value;
      }
      if (node === undefined || node === null || !Object.hasOwn(Object(node), key))
        return undefined;
      node = (node as Record<string | number, unknown>)[key];
    }
    return node;
  };

  const lookup: Lookup = {
    at: (path) => {
      if (running.has(pathKey(path))) return CIRCLE;
      const found = follow(value, path, []);
      return found instanceof Unknown ? found : resolve(found, path, 1);
    },
    follow: (content, { file, path }) => follow(content, path, ['', file]),
  };
  const sources = sourcesOf(lookup);
  const isLeft = isLeftBy(lookup);
  return { value: resolve(value, [], 0), unknown, origins };
}
