import type { Stats } from 'node:fs';
import { join } from 'node:path';
import { errorCode } from '../errors.ts';
import type { Fs } from './staging.ts';

/** What stands at a path, or in the way to it. */
export interface Found {
  /** The path, or the beginning of it that is no folder. */
  readonly part: string;
  readonly stats: Stats;
}

/**
 * Follows a path from the root to what stands there, or in the way to it; undefined where nothing
 * does. A link is in the way: it could lead out of the root.
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

/** What is at the path itself, be it a link; undefined where nothing is. */
export async function lstatOrUndefined(path: string, fs: Fs): Promise<Stats | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    // ENOTDIR: a part of the path before the last is a file.
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return undefined;
    throw error;
  }
}
