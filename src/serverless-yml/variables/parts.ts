/** Defines the parts of a text with variables, and joins them. */

import type { Text, Variable } from './text.ts';

/** A variable that could not be resolved, as it is written. It is not resolved again. */
export interface UnknownPart {
  readonly unknown: string;
}

/** One part of a text whose variables are being resolved. */
export type Part = Text[number] | UnknownPart;

/** Returns whether the part is a variable still to be resolved. */
export const isVariable = (part: Part): part is Variable =>
  typeof part === 'object' && 'alternatives' in part;

/** Returns the part as it is written in a text. */
export function writtenAs(part: Part): string {
  if (typeof part === 'string') return part;
  if ('escaped' in part) return part.escaped;
  return 'unknown' in part ? part.unknown : part.text;
}

/** Joins adjacent strings. */
export function joined(parts: readonly Part[]): Part[] {
  const all: Part[] = [];
  for (const part of parts) {
    const last = all.at(-1);
    if (typeof part === 'string' && typeof last === 'string') all[all.length - 1] = last + part;
    else all.push(part);
  }
  return all;
}

/**
 * Converts a value to a string that can be part of a text, or returns undefined if osls cannot.
 */
export function coerced(value: unknown): string | undefined {
  if (value === null || value === undefined) return undefined;
  return typeof value === 'object' && !Array.isArray(value) ? undefined : String(value);
}
