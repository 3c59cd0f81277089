/**
 * A JSON value that keeps its source, so that numbers and strings are printed as they were
 * written.
 */
export type Value =
  | { readonly kind: 'null' | 'boolean' | 'number'; readonly raw: string }
  | { readonly kind: 'string'; readonly raw: string; readonly text: string }
  | { readonly kind: 'array'; readonly items: readonly Value[] }
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Member> };

export interface Member {
  /** The name as it was written, with its quotes. */
  readonly raw: string;
  readonly value: Value;
}

/** Formats a value as JSON, indented by two spaces. */
export function printValue(value: Value, indent = ''): string {
  const inner = `${indent}  `;
  const lines = (open: string, parts: readonly string[], close: string) =>
    parts.length === 0
      ? `${open}${close}`
      : `${open}\n${inner}${parts.join(`,\n${inner}`)}\n${indent}${close}`;
  if (value.kind === 'array') {
    const items = value.items.map((item) => printValue(item, inner));
    return lines('[', items, ']');
  }
  if (value.kind === 'object') {
    const members = [...value.members.values()].map(
      (member) => `${member.raw}: ${printValue(member.value, inner)}`,
    );
    return lines('{', members, '}');
  }
  return value.raw;
}
