/** What the files that have changed ask for; several at once are possible. */
export interface Needed {
  /** Another serverless.yml or other variables: the service is read again. */
  readonly service: boolean;
  /** Other packages: `dart pub get` is due. */
  readonly packages: boolean;
  /** Other processes: `main` does not run again in those that are there. */
  readonly restart: boolean;
  /** Other code in the same processes. */
  readonly reload: boolean;
  /** The changed files that ask for it; editors write others too. */
  readonly files: readonly string[];
}

/** The files of a service that `dev` runs on: inputs all, nothing that a build writes. */
export const INPUTS = ['lib', 'serverless.yml', 'pubspec.yaml', 'pubspec.lock'];

/**
 * Tells what changed files ask for.
 *
 * @param changed paths from the service's root, with `/`
 * @param entryPoints the files with the `main` of the functions: `lib/main.dart`
 * @param envFiles the files with environment variables
 */
export function neededFor(
  changed: readonly string[],
  entryPoints: readonly string[],
  envFiles: readonly string[],
): Needed {
  const isDart = (path: string) => path.startsWith('lib/') && path.endsWith('.dart');
  const isOther = (path: string) =>
    path === 'serverless.yml' || path.startsWith('pubspec.') || envFiles.includes(path);
  const files = changed.filter((path) => isDart(path) || isOther(path)).sort();
  const some = (test: (path: string) => boolean) => files.some(test);
  return {
    files,
    service: some((path) => path === 'serverless.yml' || envFiles.includes(path)),
    packages: some((path) => path === 'pubspec.yaml'),
    restart: some(
      (path) =>
        path.startsWith('pubspec.') || envFiles.includes(path) || entryPoints.includes(path),
    ),
    reload: some(isDart),
  };
}
