import type * as nodeFs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import { isRunning } from '../util/is-running.ts';

/** What applying changes needs of a file system; tests pass one that fails. */
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

/** The name of a staging folder: the process that writes into it, and the time. */
const STAGING = /^\.create-lambda-hello-(\d+)-\d+$/;

/** Taking changes back failed: what could not be restored is in a folder that must stay. */
export class NotRestoredError extends UserError {}

/** Runs `use` with a new folder inside `parent` and removes what is left of it afterwards. */
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

/** Of two that this process makes in the same millisecond, one takes the next. */
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
 * Removes what only this process needed. Should that fail, it neither undoes what
 * is done nor hides why it is not: the next run removes what a dead process left.
 */
export async function removeOwn(path: string, fs: Fs): Promise<void> {
  await fs.rm(path, { recursive: true, force: true }).catch(() => undefined);
}

/** Removes the staging folders of runs that were killed: their process is gone. */
async function removeAbandoned(parent: string, fs: Fs): Promise<void> {
  for (const name of await fs.readdir(parent)) {
    const pid = STAGING.exec(name)?.[1];
    if (pid !== undefined && !isRunning(Number(pid))) {
      await fs.rm(join(parent, name), { recursive: true, force: true });
    }
  }
}

/**
 * Puts a staged file at its path; fails with EEXIST where that is taken. A hard
 * link is atomic; not every file system has them.
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

/** Removes the folders from `last` up to `first`, as far as they are empty. */
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
