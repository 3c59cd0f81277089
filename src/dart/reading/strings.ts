const LETTERS: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  t: '\t',
  b: '\b',
  f: '\f',
  v: '\v',
};

const ESCAPE = /\\(?:u\{([0-9a-f]{1,6})\}|u([0-9a-f]{4})|x([0-9a-f]{2})|([\s\S]))/gi;

/**
 * Returns the text that a string literal stands for; undefined if it has more than one part, or a
 * value of another expression.
 */
export function textOfLiteral(source: string): string | undefined {
  const [, raw, quote = '', text = ''] = /^(r?)('''|"""|'|")([\s\S]*)\2$/.exec(source) ?? [];
  if (raw === undefined) return undefined;
  if (raw === 'r') return text.includes(quote) ? undefined : withoutFirstLine(text, quote);
  const rest = text.replace(ESCAPE, '');
  if (rest.includes(quote) || rest.includes('$')) return undefined;
  return withoutFirstLine(text, quote).replace(
    ESCAPE,
    (_, long?: string, four?: string, two?: string, letter = '') => {
      const code = long ?? four ?? two;
      if (code === undefined) return LETTERS[letter] ?? letter;
      const point = Number.parseInt(code, 16);
      return point > 0x10ffff ? '\ufffd' : String.fromCodePoint(point);
    },
  );
}

/** Dart skips a line break right after three quotes. */
const withoutFirstLine = (text: string, quote: string): string =>
  quote.length === 3 ? text.replace(/^[ \t]*\r?\n/, '') : text;
