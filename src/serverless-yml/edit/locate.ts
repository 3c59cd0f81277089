import {
  isAlias,
  isMap,
  isNode,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { NotUnderstoodError } from '../../errors.ts';
import { at, type Message } from '../../message.ts';
import { isUnknown } from '../../util/json.ts';
import type { Path } from '../variables/lookup.ts';
import { pairAt, parseYaml } from '../yaml-file.ts';
import * as messages from './messages.ts';

/**
 * Says where functions of a service are written: in serverless.yml, or in a file that it includes.
 */
export interface FunctionsPlace {
  /** Relative to the service's folder, with `/`; also names the file in messages. */
  readonly file: string;
  readonly text: string;
  /** Leads from the root of the file to the functions. */
  readonly path: Path;
}

/** Holds a map of functions to edit, with the source of its file and the offsets in it. */
export interface FunctionsMap extends FunctionsPlace {
  /** The contents of the whole file. */
  readonly root: unknown;
  /** In the order of the file. There is at least one. */
  readonly functions: readonly [FunctionEntry, ...FunctionEntry[]];
  /** Whether the file is JSON: commas between functions, no comments. */
  readonly isJson: boolean;
  /** Returns file, line and column of an offset. */
  readonly at: (offset: number) => string;
}

/** Locates a function in the text. Offsets count from the start of the text. */
export interface FunctionEntry {
  readonly key: string;
  readonly keyNode: Scalar;
  /** Undefined if the function is a variable. */
  readonly value: YAMLMap | undefined;
  /** The variable that stands in place of the map. */
  readonly variable: string | undefined;
  readonly start: number;
  /** Ends after the last character that is not in a comment. */
  readonly contentEnd: number;
  /**
   * Ends at the end of the last line, including following comments that are indented deeper than
   * the function.
   */
  readonly ownEnd: number;
  /**
   * Ends after following comments that are indented as deep as the function as well: these may be
   * about anything.
   */
  readonly end: number;
}

/**
 * Locates the functions in a place.
 *
 * @throws UserError when the file is broken
 * @throws NotUnderstoodError, naming the position, when the structure cannot be edited
 */
export function readFunctions(place: FunctionsPlace): FunctionsMap {
  const { text, file } = place;
  const { value: root, at } = parseYaml(text, file);
  const isJson = file.endsWith('.json');
  const refuse = refuserOf(place);
  const map = functionsNode(place);
  if (!isMap(map) || map.items.length === 0) throw refuse(map, messages.functionsEmpty());
  if (map.flow && !isJson) throw refuse(map, messages.functionsAreFlowMap());
  if (map.anchor !== undefined) throw refuse(map, messages.functionsHaveAnchor());
  const column = columnOf(text, startOf(map.items[0] as Pair));
  const [first, ...others] = map.items.map((item) => toEntry(text, item, column, refuse));
  return { ...place, root, functions: [first as FunctionEntry, ...others], isJson, at };
}

/**
 * Returns the node in a place.
 *
 * @throws NotUnderstoodError when the path leads through a structure that cannot be edited
 */
export function functionsNode(place: FunctionsPlace): Node {
  const refuse = refuserOf(place);
  const { contents } = parseYaml(place.text, place.file).document;
  if (isMap(contents) && contents.flow && !place.file.endsWith('.json')) {
    throw refuse(contents, messages.notABlockMap());
  }
  let node: unknown = contents;
  let key: unknown;
  for (const step of place.path) {
    const pair = pairAt(node, step);
    key = pair?.key;
    node = isSeq(node) ? node.items[Number(step)] : pair?.value;
    if (node === undefined) throw refuse(undefined, messages.noFunctions());
    if (isAlias(node)) throw refuse(node, messages.functionsAreAlias());
  }
  if (!isNode(node)) throw refuse(key, messages.functionsEmpty());
  return node;
}

type Refuse = (node: unknown, message: Message) => NotUnderstoodError;

/**
 * Returns a function that makes the error for a structure that cannot be edited, naming its
 * position.
 */
export function refuserOf({ text, file }: FunctionsPlace): Refuse {
  return (node, message) => {
    const offset = isNode(node) ? node.range?.[0] : undefined;
    const where = offset === undefined ? file : parseYaml(text, file).at(offset);
    return new NotUnderstoodError(at(where, message), 'make the change by hand');
  };
}

function toEntry(text: string, item: Pair, column: number, refuse: Refuse): FunctionEntry {
  const { key, value } = item;
  if (!isScalar(key)) throw refuse(key, messages.nameIsNotAString());
  // Use the source, because the value of `<<` is a symbol.
  const name = key.source ?? String(key.value);
  if (name === '<<') throw refuse(key, messages.functionsAreMerged());
  if (key.anchor !== undefined) throw refuse(key, messages.nameHasAnchor({ name }));
  if (isAlias(value)) throw refuse(value, messages.functionIsAlias({ name }));
  const variable = isScalar(value) && isUnknown(value.value) ? value.value : undefined;
  if (!isMap(value) && variable === undefined) {
    throw refuse(value ?? key, messages.functionIsNotAMap({ name }));
  }
  const events = isMap(value) ? value.get('events', true) : undefined;
  if (isScalar(events) && typeof events.value === 'string') {
    throw refuse(events, messages.eventsAreVariable({ name, variable: events.value }));
  }
  const contentEnd = endOf(item);
  return {
    key: name,
    keyNode: key,
    value: isMap(value) ? value : undefined,
    variable,
    start: startOf(item),
    contentEnd,
    ownEnd: afterComments(text, contentEnd, column + 1),
    end: afterComments(text, contentEnd, column),
  };
}

/** Returns the number of characters before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/**
 * Returns the start of the line that contains the offset. A byte order mark is not part of the
 * first line.
 */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Returns the last line break of the file before the offset, or else any of the file. */
export function lineBreakOf(text: string, offset: number): string {
  const before = text.lastIndexOf('\n', offset);
  const found = before === -1 ? text.indexOf('\n') : before;
  return text[found - 1] === '\r' ? '\r\n' : '\n';
}

/** Returns how many line breaks there are between two entries, with those of blank lines. */
export function lineBreaksIn(between: string): number {
  return /\n(?:[ \t]*\r?\n)+/.exec(between)?.[0].match(/\n/g)?.length ?? 1;
}

/** Returns the length of the blank lines at the start of a line. */
export function blankLinesAt(text: string, offset: number): number {
  return /^(?:[ \t]*\r?\n)*/.exec(text.slice(offset))?.[0].length ?? 0;
}

/**
 * Returns the offset at which a node, or the key of a pair, starts.
 *
 * @throws Error when the node was not parsed from a text
 */
export function startOf(node: unknown): number {
  const offset = isPair(node) ? startOf(node.key) : (node as Node).range?.[0];
  if (offset === undefined) throw new Error('the node has no place in the text');
  // An anchor or a tag would come before the node, but keys have been checked to have none.
  return offset;
}

/** Returns the offset after the last character of a node that is neither space nor comment. */
export function endOf(node: unknown): number {
  if (isPair(node)) {
    // In `hello:` alone, the value is an empty string after the colon.
    return node.value === null ? endOf(node.key) + 1 : endOf(node.value);
  }
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    return endOf(node.items.at(-1));
  }
  const end = (node as Node).range?.[1];
  if (end === undefined) throw new Error('the node has no place in the text');
  return end;
}

/**
 * Returns the end of the line, or of the last comment line after it that is indented to the column
 * or deeper.
 */
export function afterComments(text: string, contentEnd: number, column: number): number {
  // A block scalar ends after its line break, at the start of the next line.
  const from = text[contentEnd - 1] === '\n' ? contentEnd - 1 : contentEnd;
  let end = lineEnd(text, from);
  for (
    let start = nextLine(text, end);
    start < text.length;
    start = nextLine(text, lineEnd(text, start))
  ) {
    const line = text.slice(start, lineEnd(text, start));
    if (line.trim() === '') continue;
    const indent = line.length - line.trimStart().length;
    if (!line.trimStart().startsWith('#') || indent < column) break;
    end = lineEnd(text, start);
  }
  return end;
}

/** Returns the offset of the line break, or of the end of the text. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

function nextLine(text: string, end: number): number {
  const newline = text.indexOf('\n', end);
  return newline === -1 ? text.length : newline + 1;
}
