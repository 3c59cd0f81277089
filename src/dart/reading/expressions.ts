/** Reads expressions of Dart code, as far as generated code has them. */

import { textOfString } from '../main/declarations.ts';
import type { Node } from '../main/parser.ts';

/** A literal text, or a name with the arguments of its last call: `json.list('a', asInt)`. */
export interface Expression {
  /** The names before the call, with dots: `json.list`; empty for a literal. */
  readonly name: string;
  /** The text of a string literal. */
  readonly text?: string;
  /** Undefined where it is no call. */
  readonly args?: readonly Expression[];
  /** By their labels. */
  readonly named?: ReadonlyMap<string, Expression>;
}

const SELECTORS = new Set(['unconditional_assignable_selector', 'conditional_assignable_selector']);

/**
 * Reads the expression that consists of the nodes, or undefined if it is of another form. An `await`
 * in front of it does not count.
 */
export function expressionOf(nodes: readonly (Node | null)[]): Expression | undefined {
  const [first, ...rest] = nodes.filter((node): node is Node => node !== null);
  if (first === undefined) return undefined;
  if (/^(unary|await|parenthesized)_expression$/.test(first.type)) {
    return rest.length === 0 ? expressionOf(first.namedChildren) : undefined;
  }
  if (first.type === 'string_literal') {
    const text = textOfString(first.text);
    return rest.length === 0 && text !== undefined ? { name: '', text } : undefined;
  }
  if (!/^(type_)?identifier$/.test(first.type)) return undefined;
  let read: Expression = { name: first.text };
  for (const node of rest) {
    const part = node.type === 'selector' ? node.firstNamedChild : node;
    if (part === null) return undefined;
    if (part.type === 'argument_part') read = { name: read.name, ...argumentsOf(part) };
    else if (SELECTORS.has(part.type) && read.args === undefined) {
      read = { name: `${read.name}.${part.firstNamedChild?.text ?? ''}` };
    } else return undefined;
  }
  return read;
}

function argumentsOf(part: Node): Pick<Expression, 'args' | 'named'> {
  const list = part.namedChildren.find((child) => child?.type === 'arguments');
  const given = list?.namedChildren ?? [];
  const args = given.flatMap((one) =>
    one?.type === 'argument' ? [expressionOf(one.namedChildren) ?? UNKNOWN] : [],
  );
  const named = given.flatMap((one): [string, Expression][] => {
    if (one?.type !== 'named_argument') return [];
    const [label, ...value] = one.namedChildren;
    const name = label?.firstNamedChild?.text;
    return name === undefined ? [] : [[name, expressionOf(value) ?? UNKNOWN]];
  });
  return { args, named: new Map(named) };
}

/** Stands for an argument of another form. */
const UNKNOWN: Expression = { name: '' };
