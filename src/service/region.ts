import { InvalidValueError } from '../errors.ts';
import { inQuotes } from '../util/text.ts';
import { notARegion } from './messages.ts';

/**
 * Returns whether the text has the form of a region: `eu-west-1`, `us-gov-west-1`, `mx-central-1`.
 */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/**
 * Checks the name of a region and returns it.
 *
 * @throws InvalidValueError
 */
export function regionNamed(text: string): string {
  if (isRegion(text)) return text;
  throw new InvalidValueError(notARegion({ value: inQuotes(text) }), 'eu-central-1');
}
