/**
 * Chooses the layout of what constructs.ts builds. As in dart_style
 * (https://github.com/dart-lang/dart_style), a construct can split in several ways, each with a
 * cost; the best exceeds the page least, then costs least. Code on lines of its own is solved
 * on its own.
 */

/** Represents Dart code: text that never splits, parts in a row, or a construct that may split. */
export type Code = string | readonly Code[] | Construct;

export interface Construct {
  /** The code on one line; undefined if it must split. */
  readonly flat: string | undefined;
  /** Lists the ways to split it, the preferred ones first. */
  readonly splits: (indent: number) => readonly Layout[];
  /** The code inside it. */
  readonly parts: readonly Code[];
  /** Whether it is a list or map literal, which splits more readily. */
  readonly literal?: boolean;
}

/**
 * Says how split code looks from outside: a block splits between brackets, and in a headline all
 * lines but the first are indented.
 */
export type Shape = 'inline' | 'block' | 'headline' | 'other';

export interface Layout {
  /** The first continues a line; the others include their indentation. */
  readonly lines: readonly string[];
  readonly cost: number;
  /** The columns beyond the page width, without the first and the last line, which may go on. */
  readonly excess: number;
  readonly shape: Shape;
}

const PAGE_WIDTH = 80;

/** Finds the best layout of code on lines of its own. */
export function best(code: Code, indent: number): Layout {
  const text = flat(code);
  // No split costs less, and most code fits.
  if (text !== undefined && tooLong(pad(indent) + text) === 0) return line(text);
  const excessOf = ({ lines, excess }: Layout) =>
    excess +
    tooLong(pad(indent) + lines[0]) +
    (lines.length > 1 ? tooLong(lines.at(-1) as string) : 0);
  return ways(code, indent).reduce((found, way) => {
    const difference = excessOf(way) - excessOf(found) || way.cost - found.cost;
    return difference < 0 ? way : found;
  });
}

/** Lists the layouts of code that may be part of the best one, in the order of preference. */
export function ways(code: Code, indent: number): readonly Layout[] {
  const text = flat(code);
  return text === undefined ? split(code, indent) : [line(text), ...split(code, indent)];
}

const known = new WeakMap<Construct, Map<number, readonly Layout[]>>();

/** Lists the layouts with more than one line. */
function split(code: Code, indent: number): readonly Layout[] {
  if (typeof code === 'string') return [];
  if (!isConstruct(code)) {
    return code
      .reduce<readonly Layout[]>(
        (row, part) => row.flatMap((first) => ways(part, indent).map((way) => join(first, way))),
        [line('')],
      )
      .filter(({ lines }) => lines.length > 1);
  }
  // Without this cache, deep nesting would take exponential time.
  const byIndent = known.get(code) ?? new Map<number, readonly Layout[]>();
  known.set(code, byIndent);
  const layouts = byIndent.get(indent) ?? code.splits(indent);
  byIndent.set(indent, layouts);
  return layouts;
}

/** Lists the layouts of parts in a row in which only the part at the index splits. */
export function splitOne(parts: readonly Code[], index: number, indent: number): readonly Layout[] {
  const before = combine(parts.slice(0, index).map(flat));
  const after = combine(parts.slice(index + 1).map(flat));
  if (before === undefined || after === undefined) return [];
  return split(parts[index] as Code, indent).map((way) =>
    join(join(line(before), way), line(after)),
  );
}

/** Prints code on one line; undefined if it must split. */
export function flat(code: Code): string | undefined {
  if (typeof code === 'string') return code;
  return isConstruct(code) ? code.flat : combine(code.map(flat));
}

/** Joins texts; undefined if one of them is. */
export function combine(
  texts: readonly (string | undefined)[],
  separator = '',
): string | undefined {
  return texts.includes(undefined) ? undefined : texts.join(separator);
}

export const isLiteral = (code: Code): boolean => isConstruct(code) && code.literal === true;

/** Returns whether the code contains a literal. */
export function hasLiteral(code: Code): boolean {
  if (typeof code === 'string') return false;
  if (!isConstruct(code)) return code.some(hasLiteral);
  return isLiteral(code) || code.parts.some(hasLiteral);
}

const isConstruct = (code: Code): code is Construct =>
  typeof code !== 'string' && !Array.isArray(code);

export const line = (text: string): Layout => ({
  lines: [text],
  cost: 0,
  excess: 0,
  shape: 'inline',
});

/** Moves a layout to a new line, on which it starts when it is joined to another. */
export function newLine(indent: number, { lines, cost, excess }: Layout): Layout {
  const first = pad(indent) + lines[0];
  return {
    lines: ['', first, ...lines.slice(1)],
    cost,
    excess: lines.length > 1 ? excess + tooLong(first) : excess,
    shape: 'other',
  };
}

/** Puts two layouts in a row. */
export function join(first: Layout, second: Layout, cost = 0): Layout {
  const middle = (first.lines.at(-1) as string) + second.lines[0];
  const isInside = first.lines.length > 1 && second.lines.length > 1;
  return {
    lines: [...first.lines.slice(0, -1), middle, ...second.lines.slice(1)],
    cost: first.cost + second.cost + cost,
    excess: first.excess + second.excess + (isInside ? tooLong(middle) : 0),
    shape: shapeOf(first.shape, second.shape),
  };
}

function shapeOf(first: Shape, second: Shape): Shape {
  if (first === 'inline') return second;
  return second === 'inline' ? first : 'other';
}

export const pad = (indent: number): string => ' '.repeat(indent);
const tooLong = (text: string): number => Math.max(0, text.length - PAGE_WIDTH);
