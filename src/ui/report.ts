interface Branch extends Map<string, Branch | undefined> {}

const UNICODE = { entry: '├── ', last: '└── ', past: '│   ' };
const ASCII: typeof UNICODE = { entry: '|-- ', last: '`-- ', past: '|   ' };

/** Formats paths (with `/`) as a tree, folders first, like `tree --dirsfirst`. */
export function formatTree(root: string, paths: readonly string[], unicode: boolean): string {
  const top: Branch = new Map();
  for (const path of paths) {
    const parts = path.split('/');
    const file = parts.pop() as string;
    let folder = top;
    for (const part of parts) {
      const next = folder.get(part) ?? new Map();
      folder.set(part, next);
      folder = next;
    }
    folder.set(file, undefined);
  }
  return [`${root}/`, ...formatBranch(top, '', unicode ? UNICODE : ASCII)].join('\n');
}

function formatBranch(branch: Branch, indent: string, lines: typeof UNICODE): string[] {
  const entries = [...branch].sort(
    ([a, inA], [b, inB]) => Number(inB !== undefined) - Number(inA !== undefined) || compare(a, b),
  );
  return entries.flatMap(([name, inside], index) => {
    const last = index === entries.length - 1;
    const line = `${indent}${last ? lines.last : lines.entry}${name}`;
    if (inside === undefined) return [line];
    return [`${line}/`, ...formatBranch(inside, `${indent}${last ? '    ' : lines.past}`, lines)];
  });
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Formats rows in aligned columns, two spaces apart. */
export function formatTable(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [column, { length }] of row.entries()) {
      widths[column] = Math.max(widths[column] ?? 0, length);
    }
  }
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Formats what a command has done to files, one line each: `update  serverless.yml`. */
export function formatChanges(
  changes: readonly { readonly kind: string; readonly path: string }[],
): string {
  return formatTable(changes.map(({ kind, path }) => [kind, path]));
}

/** Escapes control characters in an untrusted text, such as the path of a request. */
export function printable(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  return text.replace(/[\x00-\x1f\x7f-\x9f]/g, '?');
}
