import type { Node } from './parser.ts';

/** Lists the nodes around the name of a member: in `..name` and in `.name`. */
export const SELECTORS = ['cascade_selector', 'unconditional_assignable_selector'];

/** Returns the arguments of the method that the selector names. */
export const calledBy = (selector: Node): Node | null =>
  selector.type === 'cascade_selector'
    ? selector.nextNamedSibling
    : (selector.parent?.nextNamedSibling?.firstNamedChild ?? null);

/** Returns the type argument of a call, as it is written. */
export function typeArgument(part: Node): string | undefined {
  const types = part.namedChildren.find((child) => child?.type === 'type_arguments');
  return types?.text.slice(1, -1).trim();
}

/** Lists the positional arguments of an `argument_part`, as of `<int>(a, b)`; none of another node. */
export function argumentsOf(part: Node | null | undefined): readonly Node[] {
  if (part?.type !== 'argument_part') return [];
  const list = part.namedChildren.find((child) => child?.type === 'arguments');
  return list?.namedChildren.filter((child): child is Node => child?.type === 'argument') ?? [];
}

/** Returns the value of a named argument, as it is written. */
export function namedArgument(part: Node, name: string): string | undefined {
  const list = part.namedChildren.find((child) => child?.type === 'arguments');
  const [named] = (list?.namedChildren ?? []).flatMap((child) => {
    const label = child?.type === 'named_argument' ? child.firstNamedChild : null;
    return label?.firstNamedChild?.text === name ? [{ text: child?.text ?? '', label }] : [];
  });
  return named?.text.slice(named.label.text.length).replace(/^\s*:/, '').trim();
}
