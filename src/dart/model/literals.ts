import type { DateFormat } from './shape.ts';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
/** Beyond this, a double skips integers. */
const MAX_EXACT = 2n ** 53n;

/**
 * Returns whether a JSON number is an `int` in Dart, which has 64 bits:
 * https://dart.dev/language/built-in-types#numbers. `-0` is not: only a double keeps its sign.
 */
export function isInt(raw: string): boolean {
  if (!/^-?\d+$/.test(raw) || raw === '-0') return false;
  // A longer one is out of range, and slow to convert.
  return raw.length <= 20 && BigInt(raw) >= MIN_INT && BigInt(raw) <= MAX_INT;
}

/** Picks the type that holds all the JSON numbers as exactly as Dart can. */
export function numberKind(numbers: readonly string[]): 'int' | 'double' | 'num' {
  const ints = numbers.filter(isInt).map(BigInt);
  if (ints.length === numbers.length) return 'int';
  return ints.every((int) => int >= -MAX_EXACT && int <= MAX_EXACT) ? 'double' : 'num';
}

const DATE_FORMATS: readonly (readonly [DateFormat, RegExp])[] = [
  ['date', /^\d{4}-\d\d-\d\d$/],
  ['seconds', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/],
  ['milliseconds', /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/],
];

/** Returns the date format that all the texts share; undefined if one is not a real date. */
export function dateFormat(texts: readonly string[]): DateFormat | undefined {
  const found = DATE_FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)));
  return found && texts.every(exists) ? found[0] : undefined;
}

/** Returns whether the calendar has the date: JavaScript and Dart take February 30 for March 1. */
function exists(date: string): boolean {
  const time = new Date(date);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date.replace(/\.?Z$/, ''));
}
