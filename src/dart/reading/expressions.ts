/** Reads expressions of Dart code, as far as generated code has them. */

import { textOfLiteral } from './strings.ts';
import { isGroup, isSign, splitAtCommas, type Token, typeArgumentsEnd } from './tokens.ts';

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

/**
 * Reads the expression that consists of the tokens, or undefined if it is of another form. An `await`
 * in front of it does not count.
 */
export function expressionOf(tokens: readonly Token[]): Expression | undefined {
  const [first, second] = tokens;
  if (first === undefined) return undefined;
  if (first.kind === 'word' && /^(await|const|new)$/.test(first.text) && second !== undefined) {
    return expressionOf(tokens.slice(1));
  }
  if (isGroup(first, '(') && isSign(second, '=>')) {
    const returns = expressionOf(tokens.slice(2));
    return returns && { name: '', returns };
  }
  if (first.kind === 'word') {
    const { read, end } = chainAt(tokens, 0);
    return end === tokens.length ? read : undefined;
  }
  return second === undefined ? single(first) : undefined;
}

function single(token: Token): Expression | undefined {
  if (token.kind === 'number') return { name: token.text };
  if (token.kind === 'text') {
    const text = textOfLiteral(token.text);
    return text === undefined ? undefined : { name: '', text };
  }
  if (isGroup(token, '(')) return expressionOf(token.inner);
  if (!isGroup(token, '[')) return undefined;
  return {
    name: '',
    items: splitAtCommas(token.inner).map((item) => expressionOf(item) ?? UNKNOWN),
  };
}

/** Reads names with dots between them, and a call at their end. */
function chainAt(tokens: readonly Token[], start: number): { read: Expression; end: number } {
  let name = tokens[start]?.text ?? '';
  let end = start + 1;
  while (isDot(tokens[end]) && tokens[end + 1]?.kind === 'word') {
    name += `.${tokens[end + 1]?.text}`;
    end += 2;
  }
  const list = typeArgumentsEnd(tokens, end) ?? end;
  const group = tokens[list];
  if (group === undefined || !isGroup(group, '(')) return { read: { name }, end };
  return { read: { name, ...argumentsOf(group.inner) }, end: list + 1 };
}

const isDot = (token: Token | undefined): boolean => isSign(token, '.') || isSign(token, '?.');

function argumentsOf(tokens: readonly Token[]): Pick<Expression, 'args' | 'named'> {
  const args: Expression[] = [];
  const named = new Map<string, Expression>();
  for (const given of splitAtCommas(tokens)) {
    const [label, colon, ...value] = given;
    if (label?.kind === 'word' && isSign(colon, ':')) {
      named.set(label.text, expressionOf(value) ?? UNKNOWN);
    } else args.push(expressionOf(given) ?? UNKNOWN);
  }
  return { args, named };
}

/** Finds the calls in code, the outer ones first. */
export function* callsIn(tokens: readonly Token[]): Generator<Expression> {
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'word' && !/^\.?\??\.$/.test(tokens[index - 1]?.text ?? '')) {
      const { read } = chainAt(tokens, index);
      if (read.args !== undefined) yield read;
    }
    yield* callsIn(token.inner);
  }
}

/** Stands for an argument of another form. */
const UNKNOWN: Expression = { name: '' };
