import { allTokens, declarationsIn, isGroup, isSign, type Token, tokensOf } from './tokens.ts';

/** A function of a library, or a method, with its body. */
export interface DartFunction {
  readonly name: string;
  /** The type that it returns, as written. */
  readonly type: string;
  readonly parameters: Token;
  readonly body: readonly Token[];
  readonly docs: string;
}

/** Returns a declaration without its annotations. */
export function withoutAnnotations(tokens: readonly Token[]): readonly Token[] {
  if (!isSign(tokens[0], '@')) return tokens;
  let end = 2;
  while (isSign(tokens[end], '.')) end += 2;
  if (isGroup(tokens[end], '(')) end++;
  return withoutAnnotations(tokens.slice(end));
}

/** Returns the index of the first `=` or `=>`, or else of the end. */
export function valueStart(tokens: readonly Token[]): number {
  const at = tokens.findIndex((token) => isSign(token, '=') || isSign(token, '=>'));
  return at < 0 ? tokens.length : at;
}

const TYPE = /^(class|mixin|enum|extension|typedef)$/;

/**
 * Maps the names that a library declares at its top level to where they stand in it. What is no name
 * of a declaration may be there too.
 */
export function declaredNames(source: string): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  for (const declaration of declarationsIn(tokensOf(source))) {
    const tokens = withoutAnnotations(declaration);
    const at = tokens.findIndex(
      (token) => token.kind === 'group' || isSign(token, '=') || isSign(token, '=>'),
    );
    const before = tokens.slice(0, at < 0 ? tokens.length : at);
    if (/^(import|export|part|library)$/.test(before[0]?.text ?? '')) continue;
    // `Future<void> hello(` has its name at the end; `class Order with Model {` has it elsewhere.
    const isLast = before.at(-1)?.kind === 'word' && !before.some(({ text }) => TYPE.test(text));
    for (const { kind, text, start } of isLast ? before.slice(-1) : before) {
      if (kind === 'word' && !found.has(text)) found.set(text, start);
    }
  }
  return found;
}

/** Reads the functions of a library by their names, the first one of a name. */
export function functionsIn(
  declarations: readonly (readonly Token[])[],
  source: string,
): ReadonlyMap<string, DartFunction> {
  return new Map(
    declarations
      .flatMap((declaration): [string, DartFunction][] => {
        const tokens = withoutAnnotations(declaration);
        const at = tokens.findIndex((token) => isGroup(token, '('));
        const [first, name, parameters] = [tokens[0], tokens[at - 1], tokens[at]];
        if (name?.kind !== 'word' || !first || !parameters || at > valueStart(tokens)) return [];
        const type = source.slice(first.start, name.start).trim();
        const docs = declaration[0]?.docs ?? '';
        const body = tokens.slice(at + 1);
        return [[name.text, { name: name.text, type, parameters, body, docs }]];
      })
      .reverse(),
  );
}

/** Returns the tokens of what a function returns, where it is an expression or its last `return`. */
export function returnedBy(body: readonly Token[]): readonly Token[] {
  const arrow = body.findIndex((token) => isSign(token, '=>'));
  if (arrow >= 0) return body.slice(arrow + 1);
  const statements = body.flatMap((token) => [...groupsIn(token)]).flatMap(declarationsIn);
  return (
    statements
      .filter(([first]) => first?.text === 'return')
      .at(-1)
      ?.slice(1) ?? []
  );
}

/** Lists what is in a block and in the blocks in it. */
function* groupsIn(token: Token): Generator<readonly Token[]> {
  if (isGroup(token, '{')) yield token.inner;
  for (const inner of token.inner) yield* groupsIn(inner);
}

/** Finds `final Order order = await find();`: what is in front of the name, and the value. */
export function variableIn(
  body: readonly Token[],
  name: string,
): { readonly declared: readonly Token[]; readonly value: readonly Token[] } | undefined {
  for (const statement of body.flatMap((token) => [...groupsIn(token)]).flatMap(declarationsIn)) {
    const at = valueStart(statement);
    if (statement[at - 1]?.text !== name || !isSign(statement[at], '=')) continue;
    return { declared: statement.slice(0, at - 1), value: statement.slice(at + 1) };
  }
  return undefined;
}

/** Finds the first string literal. */
export function literalIn(tokens: readonly Token[]): string | undefined {
  for (const { kind, text } of allTokens(tokens)) if (kind === 'text') return text;
  return undefined;
}
