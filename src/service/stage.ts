import { InvalidValueError } from '../errors.ts';

/** Whether osls takes the text for the name of a stage (its lib/utils/stage-pattern.js). */
export function isStage(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]+$/.test(value);
}

/** The stage of that name. Throws {@link InvalidValueError}. */
export function stageNamed(text: string): string {
  if (isStage(text)) return text;
  throw new InvalidValueError(
    `"${text}" is not the name of a stage: letters, digits and hyphens.`,
    'dev',
  );
}
