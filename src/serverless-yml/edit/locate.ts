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
import { isUnknown } from '../../util/json.ts';
import type { Path } from '../variables/lookup.ts';
import { parseYaml } from '../yaml-file.ts';

/** Where functions of a service are written: in its own file, or in one that it names. */
export interface FunctionsPlace {
  /** From the service's folder, with `/`. Messages name it so. */
  readonly file: string;
  readonly text: string;
  /** Of the functions in what the file says. */
  readonly path: Path;
}

/** Functions that are to be edited: the source of their file, and where they are in it. */
export interface FunctionsMap extends FunctionsPlace {
  /** What the whole file says. */
  readonly root: unknown;
  /** In the order of the file. There is at least one. */
  readonly functions: readonly [FunctionEntry, ...FunctionEntry[]];
  /** Whether they are written as JSON, without comments and with commas between them. */
  readonly isJson: boolean;
  /** Line and column of an offset, after the file's name. */
  readonly at: (offset: number) => string;
}

/** A function, as it is written. Offsets count from the start of the text. */
export interface FunctionEntry {
  readonly key: string;
  readonly keyNode: Scalar;
  /** Undefined where it is a variable. */
  readonly value: YAMLMap | undefined;
  /** As which it is written, in place of a map. */
  readonly variable: string | undefined;
  readonly start: number;
  /** After its last character that is no comment. */
  readonly contentEnd: number;
  /** At the end of its last line, with the comments below that are indented more than it. */
  readonly ownEnd: number;
  /** As that, with the comments that are indented as much: they may be about anything. */
  readonly end: number;
}

/**
 * Finds the functions that are written in a place.
 *
 * @throws UserError when the file is broken
 * @throws NotUnderstoodError naming the place of what no edit is known for
 */
export function readFunctions(place: FunctionsPlace): FunctionsMap {
  const { text, file } = place;
  const { value: root, at } = parseYaml(text, file);
  const isJson = file.endsWith('.json');
  const refuse = refuserOf(place);
  const map = functionsNode(place);
  if (!isMap(map) || map.items.length === 0) throw refuse(map, '`functions` is empty');
  if (map.flow && !isJson) throw refuse(map, '`functions` is a flow map');
  if (map.anchor !== undefined) throw refuse(map, '`functions` has a YAML anchor');
  const column = columnOf(text, startOf(map.items[0] as Pair));
  const [first, ...others] = map.items.map((item) => toEntry(text, item, column, refuse));
  return { ...place, root, functions: [first as FunctionEntry, ...others], isJson, at };
}

/**
 * What is written in the place.
 *
 * @throws NotUnderstoodError where the way there leads through what no edit is known for
 */
export function functionsNode(place: FunctionsPlace): Node {
  const refuse = refuserOf(place);
  const { contents } = parseYaml(place.text, place.file).document;
  if (isMap(contents) && contents.flow && !place.file.endsWith('.json')) {
    throw refuse(contents, 'the file is no block map');
  }
  let node: unknown = contents;
  let key: unknown;
  for (const step of place.path) {
    const pair = isMap(node)
      ? node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
      : undefined;
    key = pair?.key;
    node = isSeq(node) ? node.items[Number(step)] : pair?.value;
    if (node === undefined) throw refuse(undefined, 'there is no `functions`');
    if (isAlias(node)) throw refuse(node, '`functions` is a YAML alias');
  }
  if (!isNode(node)) throw refuse(key, '`functions` is empty');
  return node;
}

type Refuse = (node: unknown, message: string) => NotUnderstoodError;

/** Makes the errors that name the place of what no edit is known for. */
export function refuserOf({ text, file }: FunctionsPlace): Refuse {
  return (node, message) => {
    const offset = isNode(node) ? node.range?.[0] : undefined;
    const where = offset === undefined ? file : parseYaml(text, file).at(offset);
    return new NotUnderstoodError(
      `${where}: ${message}, which only you can edit.`,
      'make the change by hand',
    );
  };
}

function toEntry(text: string, item: Pair, column: number, refuse: Refuse): FunctionEntry {
  const { key, value } = item;
  if (!isScalar(key)) throw refuse(key, 'a function has a name that is no text');
  // Not its value: that of `<<` is a symbol.
  const name = key.source ?? String(key.value);
  if (name === '<<') throw refuse(key, '`functions` is merged with an alias');
  if (key.anchor !== undefined) throw refuse(key, `the name ${name} has a YAML anchor`);
  if (isAlias(value)) throw refuse(value, `the function ${name} is a YAML alias`);
  const variable = isScalar(value) && isUnknown(value.value) ? value.value : undefined;
  if (!isMap(value) && variable === undefined) {
    throw refuse(value ?? key, `the function ${name} is not a map`);
  }
  const events = isMap(value) ? value.get('events', true) : undefined;
  if (isScalar(events) && typeof events.value === 'string') {
    throw refuse(events, `the events of the function ${name} are ${events.value}`);
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

/** The number of characters before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - lineStart(text, offset);
}

/** Of the line that the offset is in; a byte order mark is no part of the first one. */
export function lineStart(text: string, offset: number): number {
  const start = offset === 0 ? 0 : text.lastIndexOf('\n', offset - 1) + 1;
  return start === 0 && text.startsWith('\uFEFF') ? 1 : start;
}

/** Where a node, or the key of a pair, starts. Throws when it was not parsed from a text. */
export function startOf(node: unknown): number {
  const offset = isPair(node) ? startOf(node.key) : (node as Node).range?.[0];
  if (offset === undefined) throw new Error('the node has no place in the text');
  // An anchor or a tag stands before its node; keys have none here.
  return offset;
}

/** Where the last character of a node is that is neither space nor comment, and one more. */
function endOf(node: unknown): number {
  if (isPair(node)) {
    // `hello:` alone: the value is an empty text behind the colon.
    return node.value === null ? endOf(node.key) + 1 : endOf(node.value);
  }
  if ((isMap(node) || isSeq(node)) && !node.flow && node.items.length > 0) {
    return endOf(node.items.at(-1));
  }
  const end = (node as Node).range?.[1];
  if (end === undefined) throw new Error('the node has no place in the text');
  return end;
}

/** The end of the line, or of the last line of comments after it that are indented so far or more. */
function afterComments(text: string, contentEnd: number, column: number): number {
  // A block scalar ends with its line break, at the start of the next line.
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

/** The offset of the line break, or of the end of the text. */
function lineEnd(text: string, offset: number): number {
  const end = text.indexOf('\n', offset);
  if (end === -1) return text.length;
  return text[end - 1] === '\r' && end > offset ? end - 1 : end;
}

function nextLine(text: string, end: number): number {
  const newline = text.indexOf('\n', end);
  return newline === -1 ? text.length : newline + 1;
}
