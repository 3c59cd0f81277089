import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { unreadable } from '../changes/messages.ts';
import { errorCode, UserError } from '../errors.ts';
import * as messages from './messages.ts';
import { findServiceFile, isCode } from './service-file.ts';

/** Holds a service's folder and the text of its serverless.yml. */
export interface ServiceFolder {
  readonly root: string;
  /** The name of the file: `serverless.yml`, or another one that osls accepts. */
  readonly file: string;
  readonly serverlessYml: string;
}

/**
 * Finds the service that contains a folder, and the name of its file.
 *
 * @throws UserError when there is none
 */
export function findService(cwd: string): Omit<ServiceFolder, 'serverlessYml'> {
  const path = findServiceFile(cwd);
  if (path !== undefined) return { root: dirname(path), file: basename(path) };
  throw new UserError(
    messages.noService({ folder: cwd }),
    'create one with  create-lambda-hello hello  and go there with  cd hello',
  );
}

/**
 * Reads the serverless.yml of the service that contains the folder.
 *
 * @throws UserError when there is none, or when its file cannot be read
 */
export async function readServiceFolder(cwd: string): Promise<ServiceFolder> {
  const { root, file } = findService(cwd);
  const path = join(root, file);
  if (isCode(file)) {
    throw new UserError(
      messages.isCode({ file: path }),
      `npx serverless print > serverless.yml  writes what it says; then move ${file} away`,
    );
  }
  try {
    return { root, file, serverlessYml: await readFile(path, 'utf8') };
  } catch (error) {
    throw new UserError(
      unreadable({ path, code: String(errorCode(error)) }),
      'check its permissions',
    );
  }
}

/** Returns whether `dart pub get` must run: its result is missing, or older than pubspec.yaml. */
export async function needsPubGet(root: string): Promise<boolean> {
  const modified = (path: string) =>
    stat(join(root, path)).then(
      ({ mtimeMs }) => mtimeMs,
      () => undefined, // missing files are handled below, and pub reports other errors
    );
  const pubspec = await modified('pubspec.yaml');
  const result = await modified('.dart_tool/package_config.json');
  return pubspec !== undefined && (result === undefined || result < pubspec);
}
