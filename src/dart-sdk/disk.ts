import { errorCode, UserError } from '../errors.ts';
import { formatBytes } from '../words.ts';

/** Asks a disk how much may still be written to it, by a path on it. */
export type FreeBytes = (path: string) => Promise<number>;

/** @throws UserError when the disk of the folder has less room than is needed */
export async function requireRoom(
  needed: number,
  folder: string,
  freeBytes: FreeBytes,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= needed) return;
  throw new UserError(
    `the Dart SDK needs ${formatBytes(needed)} in ${folder}, where ${formatBytes(free)} are free. Nothing was kept.`,
    MAKE_ROOM,
  );
}

const MAKE_ROOM =
  'make room, take away older ones with  create-lambda-hello install-dart --remove <version> , or set XDG_CACHE_HOME (LOCALAPPDATA on Windows) to a folder on another disk';

const REASONS: Record<string, string> = {
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'that disk is read-only',
  EDQUOT: 'the quota of this user is used up',
  ENOTDIR: 'a part of that path is a file',
  EEXIST: 'a part of that path is a file',
};

/**
 * Does what writes to the folder.
 *
 * @throws UserError when the system does not let it
 */
export async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const code = errorCode(error);
    if (code === 'ENOSPC') {
      throw new UserError(`the disk of ${folder} is full. Nothing was kept.`, MAKE_ROOM);
    }
    const reason = code === undefined ? undefined : REASONS[code];
    if (reason === undefined) throw error;
    throw new UserError(
      `${folder} cannot be written: ${reason}.`,
      'make it a folder of yours, or set XDG_CACHE_HOME (LOCALAPPDATA on Windows) to one',
    );
  }
}
