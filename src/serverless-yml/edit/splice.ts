/**
 * Splices a text: inserts a function and cuts it out, together with the separator between functions.
 */

import {
  blankLinesAt,
  columnOf,
  type FunctionsMap,
  lineBreakOf,
  lineBreaksIn,
  lineStart,
} from './locate.ts';

/** Replaces a part of a text. */
export interface Splice {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Makes splices that do not overlap. Those in the same place keep their order. */
export function spliced(text: string, splices: readonly Splice[]): string {
  let edited = '';
  let offset = 0;
  for (const splice of [...splices].sort((a, b) => a.from - b.from)) {
    edited += text.slice(offset, splice.from) + splice.text;
    offset = splice.to;
  }
  return edited + text.slice(offset);
}

/**
 * Inserts a function after the others.
 *
 * @param fn the rendered function, without leading and trailing separators
 */
export function withFunction(map: FunctionsMap, fn: string): string {
  return spliced(map.text, [functionSplice(map, fn)]);
}

/** Returns what {@link withFunction} inserts, and where. */
export function functionSplice(map: FunctionsMap, fn: string): Splice {
  const { text, functions, isJson } = map;
  const [first] = functions;
  const last = functions.at(-1) ?? first;
  const [offset, separator] = isJson
    ? [last.contentEnd, commaOf(map)]
    : [last.end, separatorOf(map) + ' '.repeat(columnOf(text, first.start))];
  return { from: offset, to: offset, text: separator + fn };
}

/** Cuts out the function with that index. It must not be the only one. */
export function withoutFunction(map: FunctionsMap, index: number): string {
  const { text, isJson } = map;
  const [from, to] = isJson ? memberRange(map, index) : rangeOf(map, index);
  return spliced(text, [{ from, to, text: '' }]);
}

/**
 * Returns the separator between two members of JSON, copied from the last two, or with the space
 * before the only one.
 */
function commaOf({ text, functions }: FunctionsMap): string {
  const [first] = functions;
  const [previous, last] = functions.slice(-2);
  if (previous !== undefined && last !== undefined) {
    return text.slice(previous.contentEnd, last.start);
  }
  return `,${text.slice(text.lastIndexOf('{', first.start) + 1, first.start)}`;
}

function memberRange({ functions }: FunctionsMap, index: number): readonly [number, number] {
  const { start, contentEnd } = functions[index] ?? functions[0];
  const previous = functions[index - 1];
  if (previous !== undefined) return [previous.contentEnd, contentEnd];
  return [start, functions[1]?.start ?? contentEnd];
}

/** Returns the separator between the last function and a new one, copied from the last two. */
function separatorOf({ text, functions }: FunctionsMap): string {
  const [first] = functions;
  const [previous, last] = functions.slice(-2);
  const eol = lineBreakOf(text, first.start);
  if (previous === undefined || last === undefined) {
    const oneLine = !text.slice(first.start, first.contentEnd).includes('\n');
    return oneLine ? eol : eol + eol;
  }
  return eol.repeat(lineBreaksIn(text.slice(previous.contentEnd, last.start)));
}

/**
 * Returns the range to cut out: the function with the line breaks before it, or after it if it is
 * the first one.
 */
function rangeOf({ functions, text }: FunctionsMap, index: number): readonly [number, number] {
  const { start, ownEnd } = functions[index] ?? functions[0];
  const previous = functions[index - 1];
  if (previous !== undefined) return [previous.end, ownEnd];
  const blank = blankLinesAt(text, ownEnd);
  const line = lineStart(text, start);
  if (text.slice(line, start).trim() === '') return [line, ownEnd + blank];
  // After the dash of a list, the next line moves up.
  const indent = /^[ \t]*/.exec(text.slice(ownEnd + blank))?.[0].length ?? 0;
  return [start, ownEnd + blank + indent];
}
