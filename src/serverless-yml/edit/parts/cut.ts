/** Takes entries out of maps and lists of serverless.yml, with parents that become empty. */

import { isMap, isSeq, type Pair, type YAMLMap, type YAMLSeq } from 'yaml';
import type { Path } from '../../variables/lookup.ts';
import { pairAt, parseYaml } from '../../yaml-file.ts';
import { afterComments, blankLinesAt, columnOf, endOf, lineStart, startOf } from '../locate.ts';
import { type Splice, spliced } from '../splice.ts';
import { hasComment } from '../text.ts';

type Collection = YAMLMap | YAMLSeq;

/**
 * Returns the text without the entries of a map or list.
 *
 * @param isGone whether an entry goes, by its key or its index
 * @param emptied what to write in place of a parent that becomes empty, by its path; others go, too,
 * unless they have comments
 */
export function withoutParts(
  text: string,
  file: string,
  path: Path,
  isGone: (key: string | number) => boolean,
  emptied: Readonly<Record<string, string>>,
): string {
  const nodes: Collection[] = [];
  const pairs: Pair[] = [];
  let node: unknown = parseYaml(text, file).document.contents;
  for (const step of path) {
    if (!isMap(node)) return text;
    nodes.push(node);
    const pair = pairAt(node, step);
    if (pair === undefined) return text;
    pairs.push(pair);
    node = pair.value;
  }
  if (!isMap(node) && !isSeq(node)) return text;
  let from: Collection = node;
  let gone = from.items.flatMap((item, index) =>
    isGone(isSeq(from) ? index : String((item as Pair).key)) ? [index] : [],
  );
  for (let depth = path.length - 1; depth >= 0; depth--) {
    const pair = pairs[depth];
    const outer = nodes[depth];
    if (gone.length < from.items.length || pair === undefined || outer === undefined) break;
    const before = emptied[path.slice(0, depth + 1).join('.')];
    const colon = text.indexOf(':', (pair.key as { range?: number[] }).range?.[1]) + 1;
    const contentEnd = endOf(pair);
    if (before !== undefined) return spliced(text, [{ from: colon, to: contentEnd, text: before }]);
    if (!file.endsWith('.json') && hasComment(text.slice(startOf(pair), contentEnd))) break;
    gone = [outer.items.indexOf(pair as never)];
    from = outer;
  }
  const isFlow = file.endsWith('.json') || from.flow === true;
  return spliced(text, isFlow ? flowCuts(from, gone) : blockCuts(text, from, gone));
}

function flowCuts({ items }: Collection, gone: readonly number[]): Splice[] {
  return gone.map((index) => {
    const isFirst = items.slice(0, index).every((_, other) => gone.includes(other));
    const [item, next] = [items[index], items[index + 1]];
    return isFirst
      ? { from: startOf(item), to: next === undefined ? endOf(item) : startOf(next), text: '' }
      : { from: endOf(items[index - 1]), to: endOf(item), text: '' };
  });
}

function blockCuts(text: string, from: Collection, gone: readonly number[]): Splice[] {
  const { items } = from;
  const column = columnOf(text, startOf(isSeq(from) ? from : items[0]));
  return gone.map((index) => {
    const item = items[index];
    const ownEnd = afterComments(text, endOf(item), column + 1);
    const isFirst = items.slice(0, index).every((_, other) => gone.includes(other));
    if (!isFirst) {
      return { from: afterComments(text, endOf(items[index - 1]), column), to: ownEnd, text: '' };
    }
    const to = ownEnd + blankLinesAt(text, ownEnd);
    return { from: lineStart(text, startOf(item)), to, text: '' };
  });
}
