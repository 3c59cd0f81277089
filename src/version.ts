import packageJson from '../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;

/**
 * Returns a version as the commands of a generated service name it: `0.1` for `0.1.3`, so that
 * they get bug fixes but no new features. A prerelease has to be named in full.
 */
export function versionRange(version: string): string {
  return version.includes('-') ? version : version.split('.').slice(0, 2).join('.');
}
