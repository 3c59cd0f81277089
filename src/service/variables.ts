/**
 * The variables of a serverless.yml, `${source:address, fallback}`, as far as
 * they can be known on this machine
 * (https://github.com/oss-serverless/osls/tree/main/docs/guides/variables).
 */

/** Where a variable's value comes from: `opt` for `${opt:stage}`. Undefined: no value, try the fallback. */
export type VariableSources = Readonly<Record<string, (address: string) => unknown>>;

/** The deepest chain of variables that lead to variables; a longer one leads in a circle. */
const MAX_DEPTH = 20;

/**
 * Replaces every variable in the strings of a value. One that cannot be known
 * here, `${ssm:/key}` for example, stays as it is and gives a warning.
 */
export function resolveVariables(
  value: unknown,
  sources: VariableSources,
): { readonly value: unknown; readonly warnings: readonly string[] } {
  const unknown = new Set<string>();

  const resolve = (node: unknown, depth: number): unknown => {
    if (typeof node === 'string') return resolveText(node, depth);
    if (Array.isArray(node)) return node.map((item) => resolve(item, depth));
    if (typeof node !== 'object' || node === null) return node;
    return Object.fromEntries(
      Object.entries(node).map(([key, item]) => [key, resolve(item, depth)]),
    );
  };

  const resolveText = (text: string, depth: number): unknown => {
    const variable = findInnermost(text);
    if (variable === undefined) return text;
    const found = depth < MAX_DEPTH ? evaluate(variable.content, sources) : undefined;
    const before = text.slice(0, variable.start);
    const after = text.slice(variable.end);
    if (found === undefined) {
      unknown.add(text.slice(variable.start, variable.end));
      // What follows may still be known; what encloses this variable is not.
      return before.includes('${') ? text : text.slice(0, variable.end) + resolveText(after, depth);
    }
    if (before === '' && after === '') return resolve(found, depth + 1);
    return resolveText(`${before}${String(resolve(found, depth + 1))}${after}`, depth + 1);
  };

  const resolved = resolve(value, 0);
  return {
    value: resolved,
    warnings: [...unknown].map((variable) => `${variable} is not known on this machine`),
  };
}

/** The first variable without another one in it. */
function findInnermost(text: string) {
  const found = /\$\{([^${}]*)\}/.exec(text);
  return found === null
    ? undefined
    : {
        start: found.index,
        end: found.index + found[0].length,
        content: found[1] as string,
      };
}

/** The value of the first alternative that has one: `opt:stage, self:custom.stage, 'dev'`. */
function evaluate(content: string, sources: VariableSources): unknown {
  for (const alternative of content.match(/(?:'[^']*'|"[^"]*"|[^,])+/g) ?? []) {
    const text = alternative.trim();
    const literal = /^'(.*)'$|^"(.*)"$/s.exec(text);
    if (literal) return literal[1] ?? literal[2];
    if (/^(true|false|null|-?\d+(\.\d+)?)$/.test(text)) return JSON.parse(text);
    const colon = text.indexOf(':');
    const source = colon === -1 ? undefined : sources[text.slice(0, colon)];
    const value = source?.(text.slice(colon + 1));
    if (value !== undefined) return value;
  }
  return undefined;
}
