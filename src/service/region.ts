/** Where the default AWS region comes from. */

/** The region used when nothing names one. */
export const FALLBACK_REGION = 'us-east-1';

/** Whether the text has the form of a region: `eu-west-1`, `us-gov-west-1`, `mx-central-1`. */
export function isRegion(text: string): boolean {
  return /^[a-z]{2,3}(-[a-z]+)+-\d{1,2}$/.test(text);
}

/**
 * The region of a profile in the text of an AWS config file
 * (https://docs.aws.amazon.com/sdkref/latest/guide/file-format.html), or
 * undefined. Only `region` is read, so nested settings and the parts of the
 * format that other keys use do not matter.
 */
export function regionOfProfile(config: string, profile: string): string | undefined {
  let inProfile = false;
  let region: string | undefined;
  for (const line of config.split(/\r?\n/)) {
    const section = /^\s*\[\s*(?:profile\s+)?(.+?)\s*\]/.exec(line);
    if (section) inProfile = section[1] === profile;
    // A nested setting is indented; `region` of the profile itself never is.
    const setting = /^region\s*=\s*([^\s#;]+)/.exec(line);
    if (inProfile && setting) region = setting[1];
  }
  return region;
}
