/** Reads expressions of Dart code, as far as generated code has them. */

import type { Node } from '../main/parser.ts';
import { textOfLiteral } from './strings.ts';

/** A literal, or a name with the arguments of its last call: `json.list('a', asInt)`. */
export interface Expression {
  /** The names before the call, with dots: `json.list`; the digits of an integer; or else empty. */
  readonly name: string;
  /** The text of a string literal. */
  readonly text?: string;
  /** The items of a list literal. */
  readonly items?: readonly Expression[];
  /** What a function expression returns. */
  readonly returns?: Expression;
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
  if (rest.length === 0 && !/identifier$/.test(first.type)) return single(first);
  if (!/^(type_)?identifier$/.test(first.type)) return undefined;
  let read: Expression = { name: first.text };
  for (const node of rest) {
    const part = node.type === 'selector' ? node.firstNamedChild : node;
    if (part === null) return undefined;
    if (part.type === 'argument_part') read = { name: read.name, ...argumentsOf(part) };
    else if (SELECTORS.has(part.type) && read.args === undefined) {
      const name = part.firstNamedChild;
      if (name?.type !== 'identifier') return undefined;
      read = { name: `${read.name}.${name.text}` };
    } else return undefined;
  }
  return read;
}

function single(node: Node): Expression | undefined {
  switch (node.type) {
    case 'unary_expression':
    case 'await_expression':
    case 'parenthesized_expression':
      return expressionOf(node.namedChildren);
    case 'decimal_integer_literal':
      return { name: node.text };
    case 'string_literal': {
      const text = textOfLiteral(node.text);
      return text === undefined ? undefined : { name: '', text };
    }
    case 'list_literal': {
      const items = node.namedChildren.filter((child) => child?.type !== 'const_builtin');
      return { name: '', items: items.map((item) => expressionOf([item]) ?? UNKNOWN) };
    }
    case 'function_expression': {
      const body = node.namedChildren.find((child) => child?.type === 'function_expression_body');
      const returns = expressionOf(body?.namedChildren ?? []);
      return returns && { name: '', returns };
    }
    default:
      return undefined;
  }
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
