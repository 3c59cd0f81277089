/** Puts entries into maps and lists of serverless.yml, wherever their parents end. */

import {
  isMap,
  isNode,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type YAMLMap,
  type YAMLSeq,
} from 'yaml';
import type { Written } from '../../../service/new-function.ts';
import type { Path } from '../../variables/lookup.ts';
import { pairAt, parseYaml } from '../../yaml-file.ts';
import {
  afterComments,
  columnOf,
  endOf,
  lineBreakOf,
  lineBreaksIn,
  lineStart,
  refuserOf,
  startOf,
} from '../locate.ts';
import * as messages from '../messages.ts';
import type { ServiceText } from '../places.ts';
import type { Splice } from '../splice.ts';
import { DEFAULT_VALUES, flowText, listLines, mapLines, type ValueStyle } from './written.ts';

type Parts = readonly Written[] | { readonly [key: string]: Written };

export interface PutParts {
  readonly splice: Splice;
  /** The text that stood in place of an empty parent, by its path. */
  readonly emptied: Readonly<Record<string, string>>;
}

/**
 * Adds entries to the map or the list at a path. Parents that are missing or empty are written.
 *
 * @throws NotUnderstoodError when a parent has a structure that cannot be edited
 */
export function putParts({ file, text }: ServiceText, path: Path, parts: Parts): PutParts {
  const place = { file, text, path };
  const refuse = refuserOf(place);
  const isJson = file.endsWith('.json');
  let node: Node = parseYaml(text, file).document.contents as Node;
  for (const [index, step] of path.entries()) {
    const name = path.slice(0, index + 1).join('.');
    if (!isMap(node) || pairAt(node, '<<')) throw refuse(node, messages.partIsNotAMap({ name }));
    const inner = nested(parts, path.slice(index + 1));
    const pair = pairAt(node, step);
    if (pair === undefined) {
      return { splice: inserted(text, node, { [step]: inner }, isJson), emptied: {} };
    }
    const { value } = pair;
    const isEmpty =
      value === null ||
      (isScalar(value) && value.value === null) ||
      ((isMap(value) || isSeq(value)) && value.items.length === 0);
    if (isEmpty) {
      const colon = text.indexOf(':', (pair.key as Node).range?.[1]) + 1;
      const to = Math.max(colon, isNode(value) ? (value.range?.[1] ?? colon) : colon);
      const unit = isJson || node.flow ? undefined : unitOf(text, node);
      return {
        splice: { from: colon, to, text: filled(text, pair, inner, unit, isJson) },
        emptied: { [name]: text.slice(colon, to) },
      };
    }
    const isLast = index === path.length - 1;
    const isRight = isLast && Array.isArray(parts) ? isSeq(value) : isMap(value);
    if (!isNode(value) || !isRight || ('anchor' in value && value.anchor !== undefined)) {
      throw refuse(value ?? pair.key, messages.partIsNotAMap({ name }));
    }
    node = value as Node;
  }
  return { splice: inserted(text, node as YAMLMap | YAMLSeq, parts, isJson), emptied: {} };
}

/** Returns the parts below the keys. */
const nested = (parts: Parts, path: Path): Parts =>
  path.reduceRight<Parts>((value, key) => ({ [key]: value }), parts);

/** Adds entries at the end of a map or a list that has some. */
function inserted(text: string, node: YAMLMap | YAMLSeq, parts: Parts, isJson: boolean): Splice {
  const last = node.items.at(-1);
  const contentEnd = endOf(last);
  if (isJson || node.flow) {
    const written = isJson ? jsonOf(text, node, parts) : flowText(parts, undefined).slice(1, -1);
    const comma = separatorInFlow(text, node, isJson);
    return { from: contentEnd, to: contentEnd, text: comma + written.trim() };
  }
  const column = isSeq(node) ? columnOf(text, startOf(node)) : columnOf(text, startOf(last));
  const at = afterComments(text, contentEnd, column);
  const style = styleIn(text, node);
  const eol = lineBreakOf(text, startOf(node.items[0]));
  const groups = Array.isArray(parts)
    ? parts.map((part) => listLines([part], style))
    : Object.entries(parts).map(([key, value]) => mapLines({ [key]: value }, style));
  const between = blankLines(text, node, eol);
  const lines = groups.map((group) => group.map((line) => ' '.repeat(column) + line).join(eol));
  return { from: at, to: at, text: lines.map((group) => between + group).join('') };
}

/** Writes entries in place of an empty value, after its colon. */
function filled(
  text: string,
  pair: Pair,
  parts: Parts,
  unit: number | undefined,
  isJson: boolean,
): string {
  const start = startOf(pair);
  if (isJson) {
    const indent = /^\s*/.exec(text.slice(lineStart(text, start), start))?.[0] ?? '';
    const isSpaced = text.includes('\n');
    const json = JSON.stringify(parts, undefined, isSpaced ? indent || 2 : undefined);
    return ` ${json.split('\n').join(lineBreakOf(text, start) + indent)}`;
  }
  if (unit === undefined) return ` ${flowText(parts, undefined)}`;
  const eol = lineBreakOf(text, start);
  const column = columnOf(text, start) + unit;
  const style = { ...DEFAULT_VALUES, body: unit };
  const lines = Array.isArray(parts)
    ? listLines(parts, style)
    : mapLines(parts as { readonly [key: string]: Written }, style);
  return lines.map((line) => eol + ' '.repeat(column) + line).join('');
}

/** Measures the indentation of the values in a map, or of its own. */
function unitOf(text: string, node: YAMLMap | YAMLSeq): number {
  for (const item of node.items as readonly { readonly value?: unknown }[]) {
    const { value } = item;
    if (isMap(value) && !value.flow && value.items.length > 0) {
      return columnOf(text, startOf(value.items[0])) - columnOf(text, startOf(item));
    }
  }
  return columnOf(text, startOf(isSeq(node) ? node : node.items[0])) || 2;
}

function styleIn(text: string, node: YAMLMap | YAMLSeq): ValueStyle {
  if (!isSeq(node)) return { ...DEFAULT_VALUES, body: unitOf(text, node) };
  const item = columnOf(text, startOf(node.items[0])) - columnOf(text, startOf(node));
  return { ...DEFAULT_VALUES, item };
}

/** Returns the line breaks between the last two entries of a block. */
function blankLines(text: string, node: YAMLMap | YAMLSeq, eol: string): string {
  const [previous, last] = node.items.slice(-2);
  if (previous === undefined || last === undefined) return eol;
  return eol.repeat(lineBreaksIn(text.slice(endOf(previous), startOf(last))));
}

function separatorInFlow(text: string, node: YAMLMap | YAMLSeq, isJson: boolean): string {
  const [previous, last] = node.items.slice(-2);
  if (previous !== undefined && last !== undefined) {
    return text.slice(endOf(previous), startOf(last));
  }
  const before = text.slice((node.range?.[0] ?? 0) + 1, startOf(previous ?? last));
  return isJson ? `,${before}` : ', ';
}

function jsonOf(text: string, node: YAMLMap | YAMLSeq, parts: Parts): string {
  const start = startOf(node.items[0]);
  const line = text.slice(lineStart(text, start), start);
  const isSpaced = line.trim() === '' && text.includes('\n');
  const unit =
    line.length - (/^\s*/.exec(text.slice(lineStart(text, node.range?.[0] ?? 0)))?.[0].length ?? 0);
  const json = JSON.stringify(parts, undefined, isSpaced ? line.slice(0, unit) || 2 : undefined);
  const lines = json.slice(1, -1).trim().split('\n');
  const [first = '', ...rest] = lines;
  const outdent = isSpaced ? unit : 0;
  return [first, ...rest.map((one) => line + one.slice(outdent))].join(lineBreakOf(text, start));
}
