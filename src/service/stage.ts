import { InvalidValueError } from '../errors.ts';
import { inQuotes } from '../util/text.ts';
import { notAStage } from './messages.ts';

/**
 * Returns whether osls accepts the text as the name of a stage
 * (https://github.com/oss-serverless/osls/blob/main/lib/utils/stage-pattern.js).
 */
export function isStage(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]+$/.test(value);
}

/**
 * Checks the name of a stage and returns it.
 *
 * @throws InvalidValueError
 */
export function stageNamed(text: string): string {
  if (isStage(text)) return text;
  throw new InvalidValueError(notAStage({ value: inQuotes(text) }), 'dev');
}
