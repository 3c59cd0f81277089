/** How variables are written in the strings of a serverless.yml. */

/** A `${` that is not closed yet, or the whole text. */
interface Open {
  /** Texts, and the values of the variables between them. */
  readonly parts: unknown[];
  /** How many braces without a `$` are open in it. */
  braces: number;
  /** Whether one of its variables is not known: then it is not either. */
  unknown: boolean;
}

const open = (): Open => ({ parts: [], braces: 0, unknown: false });

/**
 * Replaces the variables of a text, those within others first. A text that is one
 * variable becomes its value, of whatever type that is.
 *
 * @param evaluate the value of what stands between the braces; undefined leaves the variable as it is
 */
export function replaceVariables(text: string, evaluate: (content: string) => unknown): unknown {
  let current = open();
  const outer: Open[] = [];
  let offset = 0;
  const take = (end: number) => {
    if (end > offset) current.parts.push(text.slice(offset, end));
    offset = end;
  };
  for (const { 0: token, index } of text.matchAll(/\$\{|[{}]/g)) {
    if (token === '${') {
      take(index);
      outer.push(current);
      current = open();
      offset = index + token.length;
    } else if (token === '{') current.braces++;
    else if (current.braces > 0) current.braces--;
    else {
      const around = outer.pop();
      if (around === undefined) continue;
      take(index);
      const content = joined(current.parts);
      const value = current.unknown ? undefined : evaluate(content);
      if (value === undefined) around.unknown = true;
      around.parts.push(value === undefined ? `\${${content}}` : value);
      current = around;
      offset = index + token.length;
    }
  }
  take(text.length);
  for (let around = outer.pop(); around !== undefined; around = outer.pop()) {
    around.parts.push(`\${${joined(current.parts)}`);
    current = around;
  }
  return current.parts.length === 1 ? current.parts[0] : joined(current.parts);
}

const joined = (parts: readonly unknown[]): string =>
  parts.map((part) => (typeof part === 'string' ? part : JSON.stringify(part))).join('');

type Alternative =
  | { readonly literal: unknown }
  | { readonly source: string; readonly address: string };

/** The alternatives of a variable in their order: `opt:stage, self:custom.stage, 'dev'`. */
export function alternativesOf(content: string): Alternative[] {
  return (content.match(/(?:'[^']*'|"[^"]*"|[^,])+/g) ?? []).flatMap((alternative) => {
    const text = alternative.trim();
    const literal = /^'(.*)'$|^"(.*)"$/s.exec(text);
    if (literal) return { literal: literal[1] ?? literal[2] };
    if (/^(true|false|null)$/.test(text)) return { literal: JSON.parse(text) };
    if (/^-?\d+(\.\d+)?$/.test(text)) return { literal: Number(text) };
    const colon = text.indexOf(':');
    if (colon === -1) return [];
    return { source: text.slice(0, colon), address: text.slice(colon + 1) };
  });
}
