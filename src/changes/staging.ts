import type * as nodeFs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import { isRunning } from '../util/is-running.ts';

/** The file system calls that applying changes needs; tests pass some that fail. */
export type Fs = Pick<
  typeof nodeFs,
  | 'chmod'
  | 'link'
  | 'lstat'
  | 'mkdir'
  | 'readdir'
  | 'readFile'
  | 'realpath'
  | 'rename'
  | 'rm'
  | 'rmdir'
  | 'stat'
  | 'writeFile'
>;

/** The name of a staging folder, with the process id and the time. */
const STAGING = /^\.create-lambda-hello-(\d+)-\d+$/;

/** A failed roll-back: what could not be restored is in a folder, which must be kept. */
export class NotRestoredError extends UserError {}

/** Runs `use` with a new folder inside `parent`, and removes the folder afterwards. */
export async function withStaging<T>(
  parent: string,
  fs: Fs,
  use: (staging: string) => Promise<T>,
): Promise<T> {
  await removeAbandoned(parent, fs);
  const staging = await makeStaging(parent, fs);
  try {
    const result = await use(staging);
    await removeOwn(staging, fs);
    return result;
  } catch (error) {
    if (!(error instanceof NotRestoredError)) await removeOwn(staging, fs);
    throw error;
  }
}

/** Creates a staging folder, named by the next millisecond where the name is taken. */
async function makeStaging(parent: string, fs: Fs): Promise<string> {
  for (let time = Date.now(); ; time++) {
    const staging = join(parent, `.create-lambda-hello-${process.pid}-${time}`);
    try {
      await fs.mkdir(staging);
      return staging;
    } catch (error) {
      if (errorCode(error) !== 'EEXIST') throw error;
    }
  }
}

/**
 * Removes what only this process needed. Ignores errors, so as not to hide one of the change
 * itself: the next run removes what a dead process has left.
 */
export async function removeOwn(path: string, fs: Fs): Promise<void> {
  await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Removes the staging folders of processes that were killed. */
async function removeAbandoned(parent: string, fs: Fs): Promise<void> {
  for (const name of await fs.readdir(parent)) {
    const pid = STAGING.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await fs.rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

/**
 * Moves a staged file to its path, or fails with EEXIST where the path is taken. Uses a hard link,
 * which is atomic, where the file system has them.
 */
export async function placeFile(
  staged: string,
  path: string,
  content: string,
  fs: Fs,
): Promise<void> {
  try {
    await fs.link(staged, path);
  } catch (error) {
    if (!NO_LINKS.has(errorCode(error))) throw error;
    await fs.writeFile(path, content, { flag: 'wx' });
  }
}

const NO_LINKS = new Set<string | undefined>([
  'EPERM',
  'ENOSYS',
  'ENOTSUP',
  'EOPNOTSUPP',
  'EMLINK',
]);

/** Removes the empty folders from `last` up to `first`. */
export async function removeEmptyFolders(first: string, last: string, fs: Fs): Promise<void> {
  for (let folder = last; folder.length >= first.length; folder = dirname(folder)) {
    try {
      await fs.rmdir(folder);
    } catch (error) {
      if (errorCode(error) === 'ENOTEMPTY' || errorCode(error) === 'EEXIST') return;
      throw error;
    }
  }
}
