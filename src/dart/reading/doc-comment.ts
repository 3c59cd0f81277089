import type { Node } from '../main/parser.ts';

/** Returns the text of the doc comment above a declaration, without its slashes. */
export function docComment(nodes: readonly Node[], index: number): string {
  const lines: string[] = [];
  for (let at = index - 1; nodes[at]?.type === 'documentation_comment'; at--) {
    lines.unshift(...(nodes[at]?.text ?? '').split(/\r?\n/));
  }
  return lines
    .map((line) => line.replace(/^\s*\/\/\/ ?/, ''))
    .join('\n')
    .trim();
}
