import { printParseErrorCode, visit } from 'jsonc-parser/lib/esm/main.js';
import { type Message, quoted } from '../message.ts';
import * as messages from './messages.ts';
import type { Member, Value } from './value.ts';

export interface JsonProblem {
  readonly problem: Message;
  /** Both count from 1. */
  readonly line: number;
  readonly column: number;
}

const MAX_DEPTH = 32;

/**
 * Parses JSON as RFC 8259 defines it (https://www.rfc-editor.org/rfc/rfc8259), with an object or
 * an array at the top.
 */
export function parseJson(text: string): { readonly value: Value } | JsonProblem {
  try {
    const value = build(text);
    // JSON.parse decides, as it and Dart both accept nothing but the standard.
    JSON.parse(text);
    return { value };
  } catch (error) {
    if (error instanceof Problem) return { problem: error.message, ...placeOf(text, error.offset) };
    if (error instanceof SyntaxError) {
      return { problem: quoted(`${error.message}.`), ...placeOf(text, 0) };
    }
    throw error;
  }
}

function placeOf(text: string, offset: number): Pick<JsonProblem, 'line' | 'column'> {
  const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
  return { line: lines.length, column: (lines.at(-1) as string).length + 1 };
}

/** Stops the visitor at the first problem. */
class Problem extends Error {
  declare readonly message: Message;
  readonly offset: number;

  constructor(message: Message, offset: number) {
    super(message);
    this.offset = offset;
  }
}

/** An object or an array that is being parsed. */
interface Open {
  readonly items: Value[];
  readonly members: Map<string, Member>;
  readonly close: '}' | ']';
  /** The name of the next member, decoded and as it was written. */
  name: readonly [name: string, raw: string];
}

function build(text: string): Value {
  const stack: Open[] = [];
  let root: Value | undefined;
  const add = (value: Value) => {
    const open = stack.at(-1);
    if (open === undefined) root = value;
    else if (open.close === ']') open.items.push(value);
    else open.members.set(open.name[0], { raw: open.name[1], value });
  };
  const begin = (close: '}' | ']', offset: number) => {
    if (stack.length === MAX_DEPTH) {
      throw new Problem(messages.tooDeep({ number: MAX_DEPTH }), offset);
    }
    stack.push({ items: [], members: new Map(), close, name: ['', '""'] });
  };
  visit(
    text,
    {
      onObjectBegin: (offset) => begin('}', offset),
      onArrayBegin: (offset) => begin(']', offset),
      onObjectEnd: () => {
        const { members } = stack.pop() as Open;
        add({ kind: 'object', members });
      },
      onArrayEnd: () => {
        const { items } = stack.pop() as Open;
        add({ kind: 'array', items });
      },
      onObjectProperty: (name, offset, length) => {
        const open = stack.at(-1) as Open;
        const raw = text.slice(offset, offset + length);
        if (open.members.has(name)) {
          throw new Problem(messages.nameTwice({ name: short(raw) }), offset);
        }
        open.name = [name, raw];
      },
      onLiteralValue: (value, offset, length) => {
        const raw = text.slice(offset, offset + length);
        if (stack.length === 0) {
          throw new Problem(messages.scalarOnly(), offset);
        }
        if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
          throw new Problem(messages.tooLargeNumber({ number: short(raw) }), offset);
        }
        add(scalar(value, raw));
      },
      onError: (error, offset, length) => {
        const code = printParseErrorCode(error);
        const found = short(text.slice(offset, offset + length));
        const isOver = stack.length === 0 && root !== undefined;
        throw new Problem(describe(code, found, isOver, stack.at(-1)?.close), offset);
      },
    },
    { disallowComments: true, allowTrailingComma: false },
  );
  return root as Value;
}

function scalar(value: unknown, raw: string): Value {
  if (typeof value === 'string') return { kind: 'string', raw, text: value };
  if (typeof value === 'number') return { kind: 'number', raw };
  return { kind: value === null ? 'null' : 'boolean', raw };
}

/** Explains the error codes of jsonc-parser. */
const PROBLEMS: Readonly<Record<string, () => Message>> = {
  PropertyNameExpected: messages.nameExpected,
  ColonExpected: messages.colonExpected,
  CloseBraceExpected: messages.commaOrBraceExpected,
  CloseBracketExpected: messages.commaOrBracketExpected,
  UnexpectedEndOfString: messages.openString,
  UnexpectedEndOfNumber: messages.openNumber,
  InvalidCommentToken: messages.comment,
  InvalidUnicode: messages.unicodeEscape,
  InvalidEscapeCharacter: messages.unknownEscape,
  InvalidCharacter: messages.controlCharacter,
};

function describe(code: string, found: string, isOver: boolean, close?: Open['close']): Message {
  if (isOver && /^(InvalidSymbol|EndOfFileExpected)$/.test(code)) {
    return messages.moreThanOne();
  }
  if (code === 'InvalidSymbol') return messages.notJson({ text: found });
  if (code === 'CommaExpected') {
    return close === '}' ? messages.commaOrBraceExpected() : messages.commaOrBracketExpected();
  }
  return (PROBLEMS[code] ?? messages.valueExpected)();
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
