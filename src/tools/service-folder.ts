import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';

/** A service's folder and the text of its serverless.yml. */
export interface ServiceFolder {
  readonly root: string;
  readonly serverlessYml: string;
}

/**
 * The service that the folder belongs to: the closest serverless.yml in it or above it.
 *
 * @throws UserError when there is none, or when it cannot be read
 */
export async function readServiceFolder(cwd: string): Promise<ServiceFolder> {
  for (let root = cwd; ; root = dirname(root)) {
    const path = join(root, 'serverless.yml');
    try {
      return { root, serverlessYml: await readFile(path, 'utf8') };
    } catch (error) {
      const code = errorCode(error);
      if (code !== 'ENOENT' && code !== 'ENOTDIR') {
        throw new UserError(`${path} cannot be read (${code}).`, 'look at its permissions');
      }
    }
    if (dirname(root) === root) {
      throw new UserError(
        `there is no service here: no serverless.yml in ${cwd} or above it.`,
        'create one with  create-lambda-hello hello  and go there with  cd hello',
      );
    }
  }
}

/**
 * The extensions of the files that osls reads a service from, the first one first:
 * https://github.com/oss-serverless/osls/blob/main/lib/cli/resolve-configuration-path.js
 */
const EXTENSIONS = ['yml', 'yaml', 'json', 'js', 'mjs', 'cjs', 'ts'];

/** The file that makes the folder, or one above it, the folder of a service; undefined where there is none. */
export function findServiceFile(cwd: string): string | undefined {
  for (let folder = cwd; ; folder = dirname(folder)) {
    const paths = EXTENSIONS.map((extension) => join(folder, `serverless.${extension}`));
    const found = paths.find((path) => existsSync(path));
    if (found !== undefined || dirname(folder) === folder) return found;
  }
}

/** Whether `dart pub get` is due: its result is missing, or older than pubspec.yaml. */
export async function needsPubGet(root: string): Promise<boolean> {
  const modified = (path: string) =>
    stat(join(root, path)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined, // missing: told apart below, and pub tells of any other reason
    );
  const pubspec = await modified('pubspec.yaml');
  const result = await modified('.dart_tool/package_config.json');
  return pubspec !== undefined && (result === undefined || result < pubspec);
}
