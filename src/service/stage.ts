/** Whether osls takes the text for the name of a stage (its lib/utils/stage-pattern.js). */
export function isStage(value: unknown): value is string {
  return typeof value === 'string' && /^[A-Za-z0-9-]+$/.test(value);
}
