import {
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { NotUnderstoodError } from '../errors.ts';
import { parseYaml } from './yaml-file.ts';

/** A serverless.yml that is to be edited: its source, and where its functions are. */
export interface FunctionsMap {
  readonly text: string;
  /** How messages name it. */
  readonly file: string;
  /** What the whole file says. */
  readonly root: unknown;
  /** Of `functions:`, in the order of the file. */
  readonly functions: readonly FunctionEntry[];
  /** Line and column of an offset, after the file's name. */
  readonly at: (offset: number) => string;
}

/** A function, as it is written. Offsets count from the start of the text. */
export interface FunctionEntry {
  readonly key: string;
  readonly keyNode: Scalar;
  readonly value: YAMLMap;
  readonly start: number;
  /** After its last character that is no comment. */
  readonly contentEnd: number;
  /** At the end of its last line, with the comments below that are indented more than it. */
  readonly ownEnd: number;
  /** As that, with the comments that are indented as much: they may be about anything. */
  readonly end: number;
}

/**
 * Finds the functions of a serverless.yml.
 *
 * @throws UserError when the file is broken
 * @throws NotUnderstoodError naming the place of what no edit is known for
 */
export function readFunctions(text: string, file: string): FunctionsMap {
  const { document, value: root, at } = parseYaml(text, file);
  const refuse = (node: unknown, message: string): NotUnderstoodError => {
    const offset = (node as Node | undefined)?.range?.[0];
    const place = offset === undefined ? file : at(offset);
    return new NotUnderstoodError(
      `${place}: ${message}, which only you can edit.`,
      'make the change by hand',
    );
  };
  const { contents } = document;
  if (!isMap(contents) || contents.flow) throw refuse(contents, 'the file is no block map');
  const pair = contents.items.find(({ key }) => isScalar(key) && key.value === 'functions');
  if (pair === undefined) throw refuse(undefined, 'there is no `functions`');
  const map = pair.value;
  if (isScalar(map) && typeof map.value === 'string') {
    throw refuse(map, `\`functions\` is ${map.value}`);
  }
  if (isAlias(map)) throw refuse(map, '`functions` is a YAML alias');
  if (isSeq(map)) throw refuse(map, '`functions` is a list');
  if (!isMap(map) || map.items.length === 0) throw refuse(map ?? pair.key, '`functions` is empty');
  if (map.flow) throw refuse(map, '`functions` is a flow map');
  if (map.anchor !== undefined) throw refuse(map, '`functions` has a YAML anchor');
  const column = columnOf(text, startOf(map.items[0] as Pair));
  const functions = map.items.map((item) => toEntry(text, item, column, refuse));
  return { text, file, root, functions, at };
}

type Refuse = (node: unknown, message: string) => NotUnderstoodError;

function toEntry(text: string, item: Pair, column: number, refuse: Refuse): FunctionEntry {
  const { key, value } = item;
  if (!isScalar(key)) throw refuse(key, 'a function has a name that is no text');
  // Not its value: that of `<<` is a symbol.
  const name = key.source ?? String(key.value);
  if (name === '<<') throw refuse(key, '`functions` is merged with an alias');
  if (key.anchor !== undefined) throw refuse(key, `the name ${name} has a YAML anchor`);
  if (isAlias(value)) throw refuse(value, `the function ${name} is a YAML alias`);
  if (isScalar(value) && typeof value.value === 'string') {
    throw refuse(value, `the function ${name} is ${value.value}`);
  }
  if (!isMap(value)) throw refuse(value ?? key, `the function ${name} is not a map`);
  const events = value.get('events', true);
  if (isScalar(events) && typeof events.value === 'string') {
    throw refuse(events, `the events of the function ${name} are ${events.value}`);
  }
  const contentEnd = endOf(item);
  return {
    key: name,
    keyNode: key,
    value,
    start: startOf(item),
    contentEnd,
    ownEnd: afterComments(text, contentEnd, column + 1),
    end: afterComments(text, contentEnd, column),
  };
}

/** The number of characters before the offset in its line. */
export function columnOf(text: string, offset: number): number {
  return offset - (text.lastIndexOf('\n', offset - 1) + 1);
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
    if (!line.trimStart().startsWith('#') || indent < column || column === 0) break;
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
