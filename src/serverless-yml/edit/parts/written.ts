/** Renders values as YAML, and compares them with what was read. */

import { Scalar } from 'yaml';
import type { Written, WrittenMap } from '../../../service/new-function.ts';
import { isRecord } from '../../../util/json.ts';
import { quoted } from '../style.ts';

/** Describes how values are laid out. Each indentation is relative to the parent. */
export interface ValueStyle {
  readonly body: number;
  /** From the key of a list to its `-`. */
  readonly dash: number;
  /** From the `-` to the item. */
  readonly item: number;
  readonly quotes: Scalar['type'];
}

export const DEFAULT_VALUES: ValueStyle = { body: 2, dash: 2, item: 2, quotes: Scalar.PLAIN };

/** Renders a key with its value as lines of a block. */
function pairLines(key: string, value: Written, style: ValueStyle): string[] {
  const name = `${quoted(key, Scalar.PLAIN, false)}:`;
  const one = inOneLine(value, style.quotes);
  if (one !== undefined) return [`${name} ${one}`];
  if (isList(value)) return [name, ...padded(listLines(value, style), style.dash)];
  return [name, ...padded(mapLines(value as WrittenMap, style), style.body)];
}

export const mapLines = (map: WrittenMap, style: ValueStyle): string[] =>
  Object.entries(map).flatMap(([key, value]) => pairLines(key, value, style));

export function listLines(list: readonly Written[], style: ValueStyle): string[] {
  return list.flatMap((item) => {
    const one = inOneLine(item, style.quotes);
    const inner = isList(item) ? listLines(item, style) : mapLines(item as WrittenMap, style);
    const [first = '', ...rest] = one === undefined ? inner : [one];
    return [`-${' '.repeat(style.item - 1)}${first}`, ...padded(rest, style.item)];
  });
}

/** Renders a value as a flow collection or a scalar. */
export function flowText(value: Written, quotes: Scalar['type']): string {
  const short = intrinsic(value, true);
  if (short !== undefined) return short;
  if (isList(value)) return `[${value.map((item) => flowText(item, quotes)).join(', ')}]`;
  if (typeof value !== 'object') return scalar(value, quotes, true);
  const pairs = Object.entries(value).map(
    ([key, item]) => `${quoted(key, Scalar.PLAIN, true)}: ${flowText(item, quotes)}`,
  );
  return pairs.length === 0 ? '{}' : `{ ${pairs.join(', ')} }`;
}

const isList = (value: Written): value is readonly Written[] => Array.isArray(value);
const padded = (lines: readonly string[], by: number) => lines.map((line) => ' '.repeat(by) + line);

function inOneLine(value: Written, quotes: Scalar['type']): string | undefined {
  if (typeof value !== 'object') return scalar(value, quotes, false);
  if (Object.keys(value).length === 0) return isList(value) ? '[]' : '{}';
  return intrinsic(value, false);
}

/** Returns the short form of one of CloudFormation's functions: `!GetAtt Queue.Arn`. */
function intrinsic(value: Written, inFlow: boolean): string | undefined {
  const [pair, more] = isRecord(value) ? Object.entries(value) : [];
  if (pair === undefined || more !== undefined) return undefined;
  const [name, given] = pair;
  const short = /^(?:Fn::(GetAtt|Sub|ImportValue)|(Ref))$/.exec(name);
  const text = name === 'Fn::GetAtt' && Array.isArray(given) ? given.join('.') : given;
  if (short === null || typeof text !== 'string') return undefined;
  return `!${short[1] ?? short[2]} ${quoted(text, Scalar.PLAIN, inFlow)}`;
}

function scalar(value: string | number | boolean, type: Scalar['type'], inFlow: boolean): string {
  return typeof value === 'string' ? quoted(value, type, inFlow) : String(value);
}

/**
 * Returns a value in the one form that equal values have: `!GetAtt Queue.Arn` is read as a text,
 * and its long form has a list.
 */
export function normal(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(normal);
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [
      key,
      key === 'Fn::GetAtt' && Array.isArray(item) ? item.join('.') : normal(item),
    ]),
  );
}
