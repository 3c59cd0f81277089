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

/** The files and folders of a Dart package that `dev` runs on; nothing in them is written by a build. */
export const SOURCES = ['lib', 'pubspec.yaml', 'pubspec.lock'];

/** The files that tell what is run, by what they are for; paths from the service's root, with `/`. */
export interface Inputs {
  /** With the `main` of the functions: `lib/main.dart`. */
  readonly entryPoints: readonly string[];
  /** serverless.yml, and what its variables are looked for in. */
  readonly service: readonly string[];
  /** With environment variables. */
  readonly env: readonly string[];
}

/**
 * Tells what changed files ask for.
 *
 * @param changed paths from the service's root, with `/`
 */
export function neededFor(
  changed: readonly string[],
  { entryPoints, service, env }: Inputs,
): Needed {
  const isDart = (path: string) => path.startsWith('lib/') && path.endsWith('.dart');
  const isOther = (path: string) =>
    service.includes(path) || path.startsWith('pubspec.') || env.includes(path);
  const files = changed.filter((path) => isDart(path) || isOther(path)).sort();
  const some = (test: (path: string) => boolean) => files.some(test);
  return {
    files,
    service: some((path) => service.includes(path) || env.includes(path)),
    packages: some((path) => path === 'pubspec.yaml'),
    restart: some(
      (path) => path.startsWith('pubspec.') || env.includes(path) || entryPoints.includes(path),
    ),
    reload: some(isDart),
  };
}
