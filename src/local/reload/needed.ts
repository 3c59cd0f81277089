/** What has to be done after files have changed; several at once are possible. */
export interface Needed {
  /** serverless.yml or variables have changed: read the service again. */
  readonly service: boolean;
  /** The packages have changed: run `dart pub get`. */
  readonly packages: boolean;
  /** Restart the processes, as `main` does not run again after a reload. */
  readonly restart: boolean;
  /** Reload the code in the running processes. */
  readonly reload: boolean;
  /** The changed files that matter; editors write others too. */
  readonly files: readonly string[];
}

/** The files and folders of a Dart package that `dev` depends on; a build writes to none of them. */
export const SOURCES = ['lib', 'pubspec.yaml', 'pubspec.lock'];

/** The files that decide what runs, as paths from the service's root with `/`. */
export interface Inputs {
  /** The files with a `main` of the functions, such as `lib/main.dart`. */
  readonly entryPoints: readonly string[];
  /** serverless.yml, and the files that its variables are read from. */
  readonly service: readonly string[];
  /** The files with environment variables. */
  readonly env: readonly string[];
}

/**
 * Decides what has to be done after files have changed.
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
