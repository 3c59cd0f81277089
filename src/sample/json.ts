import { printParseErrorCode, visit } from 'jsonc-parser/lib/esm/main.js';
import type { Member, Value } from './value.ts';

export interface JsonProblem {
  /** A whole sentence. */
  readonly problem: string;
  readonly offset: number;
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
    if (error instanceof Problem) return { problem: error.message, offset: error.offset };
    if (error instanceof SyntaxError) return { problem: `${error.message}.`, offset: 0 };
    throw error;
  }
}

/** Stops the visitor at the first problem. */
class Problem extends Error {
  readonly offset: number;

  constructor(message: string, offset: number) {
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
      throw new Problem(`it is nested deeper than ${MAX_DEPTH} levels.`, offset);
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
          throw new Problem(`the name ${short(raw)} appears twice.`, offset);
        }
        open.name = [name, raw];
      },
      onLiteralValue: (value, offset, length) => {
        const raw = text.slice(offset, offset + length);
        if (stack.length === 0) {
          throw new Problem('an object or an array is expected, such as {"id": 7}.', offset);
        }
        if (value === Number.POSITIVE_INFINITY || value === Number.NEGATIVE_INFINITY) {
          throw new Problem(`the number ${short(raw)} is too large for a double.`, offset);
        }
        add(scalar(value, raw));
      },
      onError: (error, offset, length) => {
        const code = printParseErrorCode(error);
        const found = short(text.slice(offset, offset + length));
        const isOver = stack.length === 0 && root !== undefined;
        throw new Problem(`${describe(code, found, isOver, stack.at(-1)?.close)}.`, offset);
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
const PROBLEMS: Readonly<Record<string, string>> = {
  PropertyNameExpected: 'a name in double quotes is expected',
  ColonExpected: 'a colon is expected',
  CloseBraceExpected: 'a comma or } is expected',
  CloseBracketExpected: 'a comma or ] is expected',
  UnexpectedEndOfString: 'the string has no closing quote on its line',
  UnexpectedEndOfNumber: 'the number is not complete',
  InvalidCommentToken: 'JSON has no comments',
  InvalidUnicode: '\\u needs four hexadecimal digits',
  InvalidEscapeCharacter: 'after a backslash comes one of "\\/bfnrtu',
  InvalidCharacter: 'a control character in a string must be escaped, such as a tab by \\t',
};

function describe(code: string, found: string, isOver: boolean, close = ''): string {
  if (isOver && /^(InvalidSymbol|EndOfFileExpected)$/.test(code)) {
    return 'nothing may come after the end of the JSON';
  }
  if (code === 'InvalidSymbol') return `${found} is not JSON: strings need double quotes`;
  if (code === 'CommaExpected') return `a comma or ${close} is expected`;
  return PROBLEMS[code] ?? 'a value is expected';
}

const short = (text: string): string => (text.length > 40 ? `${text.slice(0, 40)}...` : text);
