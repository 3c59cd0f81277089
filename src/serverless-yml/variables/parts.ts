/** What texts with variables are put together of. */

import type { Text, Variable } from './text.ts';

/** A variable that is not known, as it is written: it is not looked at again. */
export interface UnknownPart {
  readonly unknown: string;
}

/** A part of a text whose variables are being resolved. */
export type Part = Text[number] | UnknownPart;

/** Whether the part is a variable that is to be looked up. */
export const isVariable = (part: Part): part is Variable =>
  typeof part === 'object' && 'alternatives' in part;

/** A part as it stands in a text. */
export function writtenAs(part: Part): string {
  if (typeof part === 'string') return part;
  if ('escaped' in part) return part.escaped;
  return 'unknown' in part ? part.unknown : part.text;
}

/** The parts, with texts that stand side by side as one. */
export function joined(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

/** A value as a text, or as a part of one; undefined where it cannot be. */
export function coerced(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' && !Array.isArray(value) ? undefined : String(value);
}
