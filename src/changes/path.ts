import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import type { Fs } from './staging.ts';

/** The entry at a path, or an obstacle on the way to it. */
export interface Found {
  /** The path, or the part of it that is not a folder. */
  readonly part: string;
  readonly stats: Stats;
}

/**
 * Follows a path from the root to its entry, or to an obstacle; undefined where neither exists. A
 * link is an obstacle, as it could lead out of the root.
 *
 * @param path relative to the root, with `/` on every platform
 */
export async function findOnPath(root: string, path: string, fs: Fs): Promise<Found | undefined> {
  const parts = path.split('/');
  for (let count = 1; count <= parts.length; count++) {
    const part = parts.slice(0, count).join('/');
    const stats = await lstatOrUndefined(join(root, part), fs);
    if (stats === undefined) return undefined;
    if (count === parts.length || !stats.isDirectory()) return { part, stats };
  }
  return undefined;
}

/** Returns the entry at a path, without following a link; undefined where there is none. */
export async function lstatOrUndefined(path: string, fs: Fs): Promise<Stats | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    // ENOTDIR: a parent is a file.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
