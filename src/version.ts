import packageJson from '../package.json' with { type: 'json' };

/** The version of this program. */
export const VERSION: string = packageJson.version;

/**
 * A version as the commands of a generated service name it, `0.1` of `0.1.3`: they get its
 * corrections, and nothing that is new. A version before a release has to be named as a whole.
 */
export function versionRange(version: string): string {
  return version.includes('-') ? version : version.split('.').slice(0, 2).join('.');
}
