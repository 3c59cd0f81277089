import type { DateFormat } from './shape.ts';

const MIN_INT = -(2n ** 63n);
const MAX_INT = 2n ** 63n - 1n;
/** Beyond, a double has gaps between the integers. */
const MAX_EXACT = 2n ** 53n;

/** Whether a JSON number is an `int` in Dart. `-0` is not: only a double has its sign. */
export function isInt(raw: string): boolean {
  if (!/^-?\d+$/.test(raw) || raw === '-0') return false;
  // Digits that many are too large, and would take long.
  return raw.length <= 20 && BigInt(raw) >= MIN_INT && BigInt(raw) <= MAX_INT;
}

/** The type that holds all the JSON numbers exactly, as far as Dart can. */
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

/** The one way in which all the texts write dates, if there is one and the calendar has them all. */
export function dateFormat(texts: readonly string[]): DateFormat | undefined {
  const found = DATE_FORMATS.find(([, pattern]) => texts.every((text) => pattern.test(text)));
  return found && texts.every(exists) ? found[0] : undefined;
}

/** JavaScript and Dart take February 30 for March 1. */
function exists(date: string): boolean {
  const time = new Date(date);
  return !Number.isNaN(time.getTime()) && time.toISOString().startsWith(date.replace(/\.?Z$/, ''));
}
