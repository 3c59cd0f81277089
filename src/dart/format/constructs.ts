/**
 * Lays out Dart code as `dart format` does (the tall style, language 3.8): each
 * construct stays on one line if it fits, else splits in the way that costs the
 * least. Build code with the functions below, then `print` it; what never
 * splits is plain text, and an array is parts in a row.
 */
import {
  best,
  type Code,
  combine,
  flat,
  hasLiteral,
  isLiteral,
  join,
  type Layout,
  line,
  newLine,
  pad,
  type Shape,
  splitOne,
  ways,
} from './solver.ts';

export type { Code };

/** The code, with each of its lines indented by that many spaces or more. No line break at the end. */
export function print(code: Code, indent = 0): string {
  return pad(indent) + best(code, indent).lines.join('\n');
}

/** The code on one line, however long; undefined where a literal in it must split. */
export const oneLine: (code: Code) => string | undefined = flat;

/** `name(argument, argument)`: a call of a function or a constructor. See `chain` for methods. */
export function call(name: string, args: readonly Code[]): Code {
  return delimited(`${name}(`, args, ')', { block: onlyLiteral(args) });
}

/** `(parameter, parameter)`, or with `({` and `})` as brackets. */
export function parameters(items: readonly Code[], open = '(', close = ')'): Code {
  return delimited(open, items, close, { shape: 'other' });
}

/** `{entry, entry}` or `[item, item]`. One that has another one in it always splits. */
export function literal(open: '[' | '{', items: readonly Code[]): Code {
  const mustSplit = items.some(hasLiteral);
  return delimited(open, items, open === '[' ? ']' : '}', { literal: true, mustSplit });
}

/** `List<int>`: a type with its arguments. */
export function generic(name: string, args: readonly Code[]): Code {
  return delimited(`${name}<`, args, '>', { cost: 3, comma: '', shape: 'other' });
}

/** `name: value`, `'key': value` or `name = value`: the left side comes with its `:` or ` =`. */
export function entry(left: string, value: Code): Code {
  return assign(left, value, 1);
}

/** ` => body`, what comes after the parameters. */
export function arrow(body: Code): Code {
  return assign(' =>', body, isLiteral(body) ? 1 : 0);
}

/** `type name`: what may split after the type of a variable or a function. */
export function declaration(type: Code, rest: Code): Code {
  return {
    flat: combine([flat(type), ' ', flat(rest)]),
    splits: (indent) => [
      ...splitOne([type, ' ', rest], 2, indent),
      ...ways(type, indent).flatMap((first) =>
        ways(rest, indent).map((way) => join(first, newLine(indent, way), 2)),
      ),
    ],
    parts: [type, rest],
  };
}

/** `if (condition) element`, inside of a literal. */
export function ifElement(condition: string, element: Code): Code {
  const header = `if (${condition})`;
  return {
    flat: combine([header, ' ', flat(element)]),
    splits: (indent) =>
      ways(element, indent + 2).map((way) => join(line(header), newLine(indent + 2, way), 1)),
    parts: [element],
  };
}

/** A part of a chain: `.name`, or `.name(argument)` if there are arguments. `?.name` is as good. */
export type Link = readonly [name: string, args?: readonly Code[]];

/** `target.name.name(argument).name()`. With a class as target, such a call is a `call` instead. */
export function chain(target: string, links: readonly Link[]): Code {
  const parts = links.map(([name, args]) => (args === undefined ? name : call(name, args)));
  const properties = links.findIndex(([, args]) => args !== undefined);
  const block = blockLink(links);
  return {
    flat: combine([target, ...parts.map(flat)]),
    splits: (indent) => [
      ...(block === -1 ? [] : splitOne([target, ...parts], block + 1, indent)),
      ...(properties > 0 ? splitLinks(target, parts, properties, indent, 1) : []),
      ...splitLinks(target, parts, 0, indent, properties === -1 ? 2 : 1),
    ],
    parts,
  };
}

/** The link whose arguments may split while the chain does not: -1 if there is none. */
function blockLink(links: readonly Link[]): number {
  const splittable = links.map(([, args]) => args !== undefined && args.length > 0);
  const isBlock = ([, args = []]: Link) => onlyLiteral(args) !== -1;
  let last = links.length - 1;
  if (!splittable[last] && last > 0 && isBlock(links[last - 1] as Link)) last--;
  return splittable.indexOf(true) === last || isBlock(links[last] as Link) ? last : -1;
}

/** A line for each link, except for the first ones, which stay with the target. */
function splitLinks(
  target: string,
  parts: readonly Code[],
  kept: number,
  indent: number,
  cost: number,
): readonly Layout[] {
  const inner = indent + 4;
  const head = parts
    .slice(kept, -1)
    .reduce<Layout>(
      (layout, part) => join(layout, newLine(inner, best(part, inner))),
      line([target, ...parts.slice(0, kept)].join('')),
    );
  return ways(parts.at(-1) as Code, inner).map((way) => ({
    ...join(head, newLine(inner, way), cost),
    shape: 'headline',
  }));
}

interface Style {
  /** Of a split. */
  readonly cost?: number;
  /** What the last item of a split has after it. */
  readonly comma?: '' | ',';
  readonly shape?: Shape;
  readonly literal?: boolean;
  readonly mustSplit?: boolean;
  /** The item that may split while the rest does not, as in `encode({ ... })`. */
  readonly block?: number;
}

/** Items between brackets: all on one line, or each on its own. */
function delimited(open: string, items: readonly Code[], close: string, style: Style): Code {
  if (items.length === 0) return `${open}${close}`;
  const { cost = 1, comma = ',', shape = 'block', literal = false, mustSplit, block = -1 } = style;
  const row = [open, ...items.flatMap((item, i) => (i === 0 ? [item] : [', ', item])), close];
  return {
    flat: mustSplit ? undefined : combine(row.map(flat)),
    splits: (indent) => {
      const all = items.reduce<Layout>((layout, item, index) => {
        const end = index < items.length - 1 ? ',' : comma;
        return join(layout, newLine(indent + 2, best([item, end], indent + 2)));
      }, line(open));
      return [
        ...(block === -1 ? [] : splitOne(row, 1 + 2 * block, indent)),
        join(all, newLine(indent, line(close)), cost),
      ].map((layout) => ({ ...layout, shape }));
    },
    parts: items,
    literal,
  };
}

function assign(left: string, right: Code, splitCost: number): Code {
  return {
    flat: combine([left, ' ', flat(right)]),
    splits: (indent) => [
      ...splitOne([left, ' ', right], 2, indent).filter(({ shape }) => shape !== 'other'),
      ...ways(right, indent + 4).map(
        (way): Layout => ({
          ...join(line(left), newLine(indent + 4, way), splitCost),
          shape: 'headline',
        }),
      ),
    ],
    parts: [right],
  };
}

/** The only literal among the arguments, if at most one argument comes after it; else -1. */
function onlyLiteral(args: readonly Code[]): number {
  const index = args.findIndex(isLiteral);
  return index === args.findLastIndex(isLiteral) && index >= args.length - 2 ? index : -1;
}
