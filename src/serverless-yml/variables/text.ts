/**
 * Parses variables in the strings of a serverless.yml as osls does
 * (https://github.com/oss-serverless/osls/blob/main/lib/configuration/variables/parse.js).
 */

/** Lists the parts of a text: plain strings, escapes and variables. */
export type Text = readonly (string | Escape | Variable)[];

/** Holds the text that remains of backslashes before a `${`. */
export interface Escape {
  readonly escaped: string;
}

/** A variable with its alternatives in order: `${opt:stage, self:custom.stage, 'dev'}`. */
export interface Variable {
  /** The source text, from `$` to the closing brace. */
  readonly text: string;
  readonly alternatives: readonly Alternative[];
}

export type Alternative = Literal | Source;

interface Literal {
  readonly literal: unknown;
}

/** For example `file(config.yml):table`. */
export interface Source {
  readonly source: string;
  readonly parameters: readonly Operand[];
  readonly address: Operand | undefined;
}

/** A parameter or an address: a literal, or a text that may contain variables. */
export type Operand = Literal | { readonly text: Text };

/** Reports a variable that osls refuses for its syntax. */
export class VariableSyntaxError extends Error {}

/** Matches what may follow the first letter of a source, and the characters of a literal. */
const WORD = /[a-zA-Z0-9.-]/;

/**
 * Parses a text into parts. What only looks like a variable, such as `${AWS::Region}` of
 * CloudFormation, is plain text; so is an escaped variable, without its backslash.
 *
 * @throws VariableSyntaxError
 */
export function parseText(text: string): Text {
  if (!text.includes('${')) return text === '' ? [] : [text];
  const parts: (string | Escape | Variable)[] = [];
  let done = 0;
  /**
   * Counts open `${` that do not start a variable; inside them a backslash is an ordinary
   * character.
   */
  let foreign = 0;
  const take = (end: number, next: number, part?: Escape | Variable): void => {
    if (end > done) parts.push(text.slice(done, end));
    if (part !== undefined) parts.push(part);
    done = next;
  };
  const token = /(\\*)(\$+)(\{?)|\}/g;
  for (let match = token.exec(text); match !== null; match = token.exec(text)) {
    const { 1: slashes = '', 2: dollars = '', 3: brace = '', index } = match;
    if (dollars === '') {
      foreign = Math.max(0, foreign - 1);
      continue;
    }
    const start = index + slashes.length;
    if (foreign === 0 && slashes.length % 2 === 1) {
      // Without a brace after it, only the first dollar is text.
      token.lastIndex = start + 1;
      if (text[start + 1] === '{') take(index, start + 1, half(slashes, '$'));
      continue;
    }
    if (brace === '') {
      // osls skips the character that follows.
      token.lastIndex = start + dollars.length + 1;
      continue;
    }
    if (foreign === 0 && slashes !== '' && dollars.length === 1) take(index, start, half(slashes));
    const parser = new VariableParser(text, token.lastIndex);
    const alternatives = parser.variable(false);
    token.lastIndex = parser.offset;
    if (alternatives === undefined) {
      foreign++;
      continue;
    }
    take(start, parser.offset, { text: text.slice(start, parser.offset), alternatives });
  }
  take(text.length, text.length);
  return parts;
}

/** Halves the backslashes before a `${`: each pair stands for one. */
const half = (slashes: string, then = ''): Escape => ({
  escaped: '\\'.repeat(Math.ceil((slashes.length - 1) / 2)) + then,
});

/** Parses one variable and the variables nested in it. */
class VariableParser {
  readonly #text: string;
  offset: number;

  constructor(text: string, offset: number) {
    this.#text = text;
    this.offset = offset;
  }

  /**
   * Parses the alternatives of the variable whose `${` precedes the offset. Returns undefined if
   * it is not a variable.
   *
   * @param isWithin whether it is nested in another variable, where osls accepts nothing else
   */
  variable(isWithin: boolean): readonly Alternative[] | undefined {
    const start = this.offset;
    if (/[a-z]/.test(this.#next())) this.#skip(WORD);
    const source = this.#text.slice(start, this.offset);
    const isVariable =
      source !== '' && (this.#next() === '(' || (this.#next() === ':' && !this.#isDoubleColon()));
    if (!isVariable) {
      if (isWithin) throw new VariableSyntaxError();
      return undefined;
    }
    const alternatives: Alternative[] = [this.#source(source)];
    while (this.#next() === ',') {
      this.offset++;
      alternatives.push(this.#alternative());
    }
    this.#expect('}');
    return alternatives;
  }

  /** Returns the character at the offset, or an empty string at the end. */
  #next(): string {
    return this.#text.charAt(this.offset);
  }

  #skip(characters: RegExp): void {
    while (this.#next() !== '' && characters.test(this.#next())) this.offset++;
  }

  #isDoubleColon(): boolean {
    return /^: *:/.test(this.#text.slice(this.offset));
  }

  #expect(character: string): void {
    if (this.#next() !== character) throw new VariableSyntaxError();
    this.offset++;
  }

  /** Parses an alternative after a comma: a source, or the literal that ends the list. */
  #alternative(): Alternative {
    this.#skip(/ /);
    if (/['"]/.test(this.#next())) return this.#last({ literal: this.#quoted() });
    const start = this.offset;
    this.#skip(/[a-zA-Z0-9.\- ]/);
    const word = this.#text.slice(start, this.offset);
    if (this.#next() === '}') return this.#last({ literal: literalOf(word.trim()) });
    if (/^[a-z][a-zA-Z0-9]*$/.test(word) && /[:(]/.test(this.#next())) return this.#source(word);
    throw new VariableSyntaxError();
  }

  #last(literal: Literal): Literal {
    this.#skip(/ /);
    if (this.#next() !== '}' || literal.literal === undefined) throw new VariableSyntaxError();
    return literal;
  }

  #source(source: string): Source {
    const parameters = this.#next() === '(' ? this.#parameters() : [];
    if (this.#next() !== ':') return { source, parameters, address: undefined };
    if (this.#isDoubleColon()) throw new VariableSyntaxError();
    this.offset++;
    this.#skip(/ /);
    return { source, parameters, address: this.#operand(/[},]/) };
  }

  #parameters(): Operand[] {
    const parameters: Operand[] = [];
    do {
      this.offset++;
      this.#skip(/ /);
      const operand = this.#operand(/[),}]/);
      if (operand !== undefined) parameters.push(asParameter(operand));
      else if (this.#next() === ',') parameters.push({ literal: null });
    } while (this.#next() === ',');
    this.#expect(')');
    this.#skip(/ /);
    return parameters;
  }

  /** Parses the text up to one of the end characters. Returns undefined if it is empty. */
  #operand(end: RegExp): Operand | undefined {
    if (/['"]/.test(this.#next())) {
      const literal = this.#quoted();
      this.#skip(/ /);
      if (!end.test(this.#next())) throw new VariableSyntaxError();
      return { literal };
    }
    const parts: (string | Variable)[] = [];
    let start = this.offset;
    while (this.#next() !== '' && !end.test(this.#next())) {
      if (this.#next() !== '$') {
        this.offset++;
        continue;
      }
      const dollars = this.offset;
      this.#skip(/\$/);
      const isOpen = this.#next() === '{';
      // osls skips the character after a dollar.
      this.offset++;
      if (!isOpen) continue;
      const alternatives = this.variable(true) ?? [];
      if (dollars > start) parts.push(this.#text.slice(start, dollars));
      parts.push({ text: this.#text.slice(dollars, this.offset), alternatives });
      start = this.offset;
    }
    if (this.#next() === '') throw new VariableSyntaxError();
    const rest = this.#text.slice(start, this.offset).trimEnd();
    if (rest !== '') parts.push(rest);
    return parts.length === 0 ? undefined : { text: parts };
  }

  #quoted(): unknown {
    const pattern = this.#next() === "'" ? /'[^']*'/y : /"(?:\\.|[^"\\])*"/sy;
    pattern.lastIndex = this.offset;
    const quoted = pattern.exec(this.#text)?.[0];
    if (quoted === undefined) throw new VariableSyntaxError();
    this.offset += quoted.length;
    if (quoted.startsWith("'")) return quoted.slice(1, -1);
    try {
      return JSON.parse(quoted);
    } catch {
      throw new VariableSyntaxError();
    }
  }
}

/** Converts a word to the literal that it spells, or returns undefined if it is just a word. */
function literalOf(word: string): unknown {
  if (word === 'null') return null;
  if (word === 'true' || word === 'false') return word === 'true';
  return word === '' || Number.isNaN(Number(word)) ? undefined : Number(word);
}

/** Converts an unquoted parameter to the literal that it spells; osls ignores 0 and false. */
function asParameter(operand: Operand): Operand {
  const [word, ...more] = 'text' in operand ? operand.text : [];
  if (typeof word !== 'string' || more.length > 0) return operand;
  const literal = literalOf(word);
  return { literal: literal === undefined ? word : literal || null };
}
