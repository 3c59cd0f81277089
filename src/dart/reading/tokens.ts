/**
 * Splits Dart code into tokens and groups in brackets. A contract needs no more of it, and the
 * grammar takes a second for the thousand models of a large service.
 */

/** A word, a literal, a sign, or all between two brackets. */
export interface Token {
  readonly kind: 'word' | 'number' | 'text' | 'sign' | 'group';
  /** As written; the first bracket of a group. */
  readonly text: string;
  readonly start: number;
  /** Behind its last character. */
  readonly end: number;
  /** What is in a group. */
  readonly inner: readonly Token[];
  /** The doc comment in front of it, without its slashes. */
  readonly docs: string;
}

const SPACE = /\s+/y;
const WORD = /[A-Za-z_$\u0080-\uffff][\w$\u0080-\uffff]*/y;
const NUMBER = /\d\w*(?:\.\d\w*)?/y;
const SIGN = /=>|==|!=|\?\?|\?\.|\.\.|[\s\S]/y;
const LINE_COMMENT = /\/\/.*/y;
const QUOTE = /r?('''|"""|'|")/y;

const matchAt = (pattern: RegExp, source: string, at: number): string | undefined => {
  pattern.lastIndex = at;
  return pattern.exec(source)?.[0];
};

/** What is in all tokens but groups. */
const NONE: readonly Token[] = [];

interface Open {
  readonly text: string;
  readonly start: number;
  readonly docs: string;
  readonly inner: Token[];
}

/** Reads the tokens of a library, also of one that is broken. */
export function tokensOf(source: string): readonly Token[] {
  let inner: Token[] = [];
  const root = inner;
  const open: Open[] = [];
  let docs: string[] = [];
  const takeDocs = (): string => {
    if (docs.length === 0) return '';
    const text = docs.join('\n').trim();
    docs = [];
    return text;
  };
  const close = (end: number): void => {
    const group = open.pop();
    if (group === undefined) return;
    inner = open.at(-1)?.inner ?? root;
    inner.push({ kind: 'group', ...group, end });
  };
  for (let at = 0; at < source.length; ) {
    const space = matchAt(SPACE, source, at);
    if (space !== undefined) {
      at += space.length;
      continue;
    }
    const character = source.charAt(at);
    const comment = character === '/' ? commentAt(source, at) : undefined;
    if (comment !== undefined) {
      if (comment.startsWith('///')) docs.push(comment.replace(/^\/\/\/ ?/, ''));
      at += comment.length;
    } else if ('([{'.includes(character)) {
      const group: Open = { text: character, start: at, docs: takeDocs(), inner: [] };
      open.push(group);
      inner = group.inner;
      at++;
    } else if (')]}'.includes(character)) {
      close(++at);
    } else {
      const [kind, text] = tokenAt(source, at);
      inner.push({ kind, text, start: at, end: at + text.length, docs: takeDocs(), inner: NONE });
      at += text.length;
    }
  }
  while (open.length > 0) close(source.length);
  return root;
}

function tokenAt(source: string, at: number): [Token['kind'], string] {
  const code = source.charCodeAt(at);
  // A raw string begins as a word does.
  const end =
    code === R || code === APOSTROPHE || code === QUOTES ? stringEnd(source, at) : undefined;
  if (end !== undefined) return ['text', source.slice(at, end)];
  const word = matchAt(WORD, source, at);
  if (word !== undefined) return ['word', word];
  const number = matchAt(NUMBER, source, at);
  if (number !== undefined) return ['number', number];
  return ['sign', matchAt(SIGN, source, at) ?? source.charAt(at)];
}

const [R, APOSTROPHE, QUOTES] = [...`r'"`].map((one) => one.charCodeAt(0));

function commentAt(source: string, at: number): string | undefined {
  if (source.startsWith('//', at)) return matchAt(LINE_COMMENT, source, at);
  if (!source.startsWith('/*', at)) return undefined;
  let depth = 0;
  for (let end = at; end < source.length; end++) {
    if (source.startsWith('/*', end)) depth++;
    else if (source.startsWith('*/', end) && --depth === 0) return source.slice(at, end + 2);
    else continue;
    end++;
  }
  return source.slice(at);
}

/** Returns where a string ends that begins there; undefined if none does. */
function stringEnd(source: string, at: number): number | undefined {
  const start = matchAt(QUOTE, source, at);
  if (start === undefined) return undefined;
  const isRaw = start.startsWith('r');
  const quote = isRaw ? start.slice(1) : start;
  let end = at + start.length;
  while (end < source.length && !source.startsWith(quote, end)) {
    if (!isRaw && source.startsWith('${', end)) end = interpolationEnd(source, end + 2);
    else end += !isRaw && source.charAt(end) === '\\' ? 2 : 1;
  }
  return Math.min(end + quote.length, source.length);
}

function interpolationEnd(source: string, start: number): number {
  let depth = 1;
  let at = start;
  while (at < source.length && depth > 0) {
    const end = stringEnd(source, at);
    const character = source.charAt(at);
    if (character === '{') depth++;
    if (character === '}') depth--;
    at = end ?? at + 1;
  }
  return at;
}

export const isSign = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'sign' && token.text === text;

export const isGroup = (token: Token | undefined, text: string): boolean =>
  token?.kind === 'group' && token.text === text;

/** Splits a library, or the members of a class, into declarations, without their last `;`. */
export function declarationsIn(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const found: Token[][] = [];
  let current: Token[] = [];
  let hasValue = false;
  const end = (): void => {
    if (current.length > 0) found.push(current);
    current = [];
    hasValue = false;
  };
  for (const token of tokens) {
    if (isSign(token, ';')) {
      end();
      continue;
    }
    current.push(token);
    if (isSign(token, '=') || isSign(token, '=>')) hasValue = true;
    if (isGroup(token, '{') && !hasValue) end();
  }
  end();
  return found;
}

/** Returns the index behind the type arguments that begin there; undefined if none do. */
export function typeArgumentsEnd(tokens: readonly Token[], start: number): number | undefined {
  if (!isSign(tokens[start], '<')) return undefined;
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const token = tokens[at] as Token;
    if (isSign(token, '<')) depth++;
    else if (isSign(token, '>') && --depth === 0) return at + 1;
    else if (token.kind !== 'word' && !(token.kind === 'sign' && '.,?>'.includes(token.text))) {
      return undefined;
    }
  }
  return undefined;
}

/** Splits the tokens in brackets at their commas. */
export function splitAtCommas(tokens: readonly Token[]): readonly (readonly Token[])[] {
  const parts: Token[][] = [];
  let part: Token[] = [];
  for (let at = 0; at < tokens.length; ) {
    const token = tokens[at] as Token;
    const end = typeArgumentsEnd(tokens, at) ?? at + 1;
    if (isSign(token, ',')) {
      parts.push(part);
      part = [];
    } else part.push(...tokens.slice(at, end));
    at = end;
  }
  return part.length > 0 ? [...parts, part] : parts;
}

/** Lists tokens with those in groups, in their order. */
export function* allTokens(tokens: readonly Token[]): Generator<Token> {
  for (const token of tokens) {
    yield token;
    yield* allTokens(token.inner);
  }
}
