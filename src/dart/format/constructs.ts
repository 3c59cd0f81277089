/**
 * Lays out Dart code as `dart format` does (https://github.com/dart-lang/dart_style, tall style,
 * language 3.8): a construct stays on one line if it fits, else it splits in the way that costs
 * least. Build code with the functions below, then `print` it. Plain text never splits; an array
 * is parts in a row.
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

/** Prints code with each line indented by at least `indent` spaces, without a final line break. */
export function print(code: Code, indent = 0): string {
  return pad(indent) + best(code, indent).lines.join('\n');
}

/** Prints code on one line, however long; undefined if a literal in it must split. */
export const oneLine: (code: Code) => string | undefined = flat;

/** Builds a call of a function or constructor, `name(argument)`; {@link chain} calls methods. */
export function call(name: string, args: readonly Code[]): Code {
  return delimited(`${name}(`, args, ')', { block: onlyLiteral(args) });
}

/** Builds `(parameter, parameter)`, or the same between other brackets such as `({` and `})`. */
export function parameters(items: readonly Code[], open = '(', close = ')'): Code {
  return delimited(open, items, close, { shape: 'other' });
}

/** Builds the parameters of a function: `(int id, {int? limit})`. */
export function signature(positional: readonly Code[], named: readonly Code[]): Code {
  if (named.length === 0) return parameters(positional);
  if (positional.length === 0) return parameters(named, '({', '})');
  const style = { shape: 'other', named: positional.length } as const;
  return delimited('(', [...positional, ...named], '})', style);
}

/** Builds `{entry, entry}` or `[item, item]`, which always splits if another literal is in it. */
export function literal(open: '[' | 'const [' | '<double>[' | '{', items: readonly Code[]): Code {
  const mustSplit = items.some(hasLiteral);
  return delimited(open, items, open === '{' ? '}' : ']', { literal: true, mustSplit });
}

/** Builds a type with arguments, `List<int>`. */
export function generic(name: string, args: readonly Code[]): Code {
  return delimited(`${name}<`, args, '>', { cost: 3, comma: '', shape: 'other' });
}

/** Builds `name: value`, `'key': value` or `name = value`; `left` includes the `:` or ` =`. */
export function entry(left: string, value: Code): Code {
  return assign(left, value, 1);
}

/** Builds ` => body`, to follow the parameters. */
export function arrow(body: Code): Code {
  return assign(' =>', body, isLiteral(body) ? 1 : 0);
}

/** Builds `type name` of a variable or function, which may split after the type. */
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

/** Builds `type name = value` of a parameter. */
export function defaulted(type: Code, name: string, value: Code): Code {
  const onOne = combine([flat(type), ` ${name} =`]);
  return {
    flat: combine([onOne, ' ', flat(value)]),
    splits: (indent) => {
      const own = (code: Code) => newLine(indent + 4, best(code, indent + 4));
      return [
        ...(onOne === undefined ? [] : [join(line(onOne), own(value), 1)]),
        join(join(best(type, indent + 4), own(`${name} =`)), own(value), 2),
      ];
    },
    parts: [type, value],
  };
}

/** Builds `left operator right`, to follow {@link entry}. */
export function infix(left: Code, operator: string, right: Code): Code {
  return {
    flat: combine([flat(left), ` ${operator} `, flat(right)]),
    splits: (indent) => [
      {
        ...join(best([left, ` ${operator}`], indent), newLine(indent, best(right, indent)), 1),
        shape: 'other',
      },
    ],
    parts: [left, right],
  };
}

/** Builds `if (condition) element` of a literal. */
export function ifElement(condition: string, element: Code): Code {
  const header = `if (${condition})`;
  return {
    flat: combine([header, ' ', flat(element)]),
    splits: (indent) =>
      ways(element, indent + 2).map((way) => join(line(header), newLine(indent + 2, way), 1)),
    parts: [element],
  };
}

/** Names a member in a chain, `.name` or `?.name`; with `args`, even empty ones, it is called. */
export type Link = readonly [name: string, args?: readonly Code[]];

/** Builds `target.name.name(argument).name()`. Use {@link call} to call a member of a class. */
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

/** Finds the link whose arguments may split while the chain does not; -1 if there is none. */
function blockLink(links: readonly Link[]): number {
  const splittable = links.map(([, args]) => args !== undefined && args.length > 0);
  const isBlock = ([, args = []]: Link) => onlyLiteral(args) !== -1;
  let last = links.length - 1;
  if (!splittable[last] && last > 0 && isBlock(links[last - 1] as Link)) last--;
  return splittable.indexOf(true) === last || isBlock(links[last] as Link) ? last : -1;
}

/** Puts each link on its own line, except the first `kept`, which stay with the target. */
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
  /** The cost of a split. */
  readonly cost?: number;
  /** Follows the last item of a split. */
  readonly comma?: '' | ',';
  readonly shape?: Shape;
  readonly literal?: boolean;
  readonly mustSplit?: boolean;
  /** The index of the item in front of which a `{` opens. */
  readonly named?: number;
  /** The index of the item that may split while the rest does not, as in `encode({ ... })`. */
  readonly block?: number;
}

/** Puts items between brackets, all on one line or each on its own. */
function delimited(open: string, items: readonly Code[], close: string, style: Style): Code {
  if (items.length === 0) return `${open}${close}`;
  const { cost = 1, comma = ',', shape = 'block', literal = false, mustSplit, block = -1 } = style;
  const separator = (next: number): string => (next === style.named ? ', {' : ',');
  const row = items.flatMap((item, i) => (i === 0 ? [open, item] : [separator(i).padEnd(2), item]));
  return {
    flat: mustSplit ? undefined : combine([...row, close].map(flat)),
    splits: (indent) => {
      const all = items.reduce<Layout>((layout, item, index) => {
        const end = index < items.length - 1 ? separator(index + 1) : comma;
        return join(layout, newLine(indent + 2, best([item, end], indent + 2)));
      }, line(open));
      return [
        ...(block === -1 ? [] : splitOne([...row, close], 1 + 2 * block, indent)),
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

/** Returns the index of the only literal argument if at most one argument follows it; else -1. */
function onlyLiteral(args: readonly Code[]): number {
  const index = args.findIndex(isLiteral);
  return index === args.findLastIndex(isLiteral) && index >= args.length - 2 ? index : -1;
}
