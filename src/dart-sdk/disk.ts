import { explainFsError } from '../changes/target.ts';
import { errorCode, UserError } from '../errors.ts';
import { formatBytes } from '../util/shell-words.ts';
import { noRoom } from './messages.ts';

/** Returns how many bytes may be written to the disk of a path. */
export type FreeBytes = (path: string) => Promise<number>;

/** @throws UserError when the disk of the folder has too little space */
export async function requireRoom(
  needed: number,
  folder: string,
  freeBytes: FreeBytes,
): Promise<void> {
  const free = await freeBytes(folder);
  if (free >= needed) return;
  throw new UserError(
    noRoom({ size: formatBytes(needed), folder, left: formatBytes(free) }),
    MAKE_ROOM,
  );
}

const MAKE_ROOM =
  'make room, for example with  create-lambda-hello install-dart --remove <version> ; or keep SDKs on another disk: XDG_CACHE_HOME on Linux, LOCALAPPDATA on Windows';
const ELSEWHERE =
  'make it a folder that you may write to, or choose another: XDG_CACHE_HOME on Linux, LOCALAPPDATA on Windows';

/**
 * Runs an action that writes to the folder.
 *
 * @throws UserError when the system refuses
 */
export async function writing<T>(folder: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    const explained = explainFsError(error, folder);
    if (explained === error || !(explained instanceof UserError)) throw error;
    const full = ['ENOSPC', 'EDQUOT'].includes(errorCode(error) ?? '');
    throw new UserError(explained.message, full ? MAKE_ROOM : ELSEWHERE);
  }
}
