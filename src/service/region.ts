/** Where the default AWS region comes from. */

/** The region used when nothing names one. */
export const FALLBACK_REGION = 'us-east-1';

/** Whether the text has the form of a region: `eu-west-1`, `us-gov-west-1`, `mx-central-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/.test(text);
}
