import { dirname, join, posix } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import type { CreateFile } from './change-set.ts';
import { folderChanged } from './messages.ts';
import { findOnPath } from './path.ts';
import { quickFs } from './quick-fs.ts';
import { type Fs, removeEmptyFolders, withStaging } from './staging.ts';
import { allOrNothing, placeNewFile } from './steps.ts';
import { explained, type Target } from './target.ts';

/**
 * Writes a new service. A missing or empty folder appears complete or not at all: the files are
 * written into a staging folder beside it, which is then renamed. Into any other folder the files
 * are linked one by one, which never overwrites; serverless.yml comes last, because it makes the
 * folder a service. An error rolls back all that was written.
 *
 * @param changes only files that the folder lacks, as `survey` finds them
 * @throws UserError when the folder cannot be written or has changed meanwhile
 */
export async function applyCreate(
  target: Target,
  changes: readonly CreateFile[],
  fs: Fs = quickFs,
): Promise<void> {
  if (changes.length === 0) return;
  await explained(target.path, async () => {
    if (target.entries === undefined || (target.entries.length === 0 && !target.inUse)) {
      if (await createWhole(target, changes, fs)) return;
    }
    await fillExisting(target, changes, fs);
  });
}

/** Returns false, with nothing done, where the system cannot replace an empty folder. */
async function createWhole(
  target: Target,
  changes: readonly CreateFile[],
  fs: Fs,
): Promise<boolean> {
  const parent = dirname(target.path);
  const made = await fs.mkdir(parent, { recursive: true });
  let staged = false;
  try {
    return await withStaging(parent, fs, (staging) => {
      staged = true;
      return stageAndRename(staging, target, changes, fs);
    });
  } catch (error) {
    if (made !== undefined) await removeEmptyFolders(made, parent, fs);
    // An empty folder may be writable although its parent is not.
    if (target.entries !== undefined && !staged && REFUSED.has(errorCode(error))) return false;
    throw error;
  }
}

async function stageAndRename(
  staging: string,
  target: Target,
  changes: readonly CreateFile[],
  fs: Fs,
): Promise<boolean> {
  await writeFiles(staging, changes, fs);
  if (target.mode !== undefined) await fs.chmod(staging, target.mode);
  try {
    await fs.rename(staging, target.path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (target.entries !== undefined && CANNOT_REPLACE.has(code)) return false;
    if (TAKEN.has(code)) throw changedMeanwhile(target.path);
    throw error;
  }
}

/** The errors for an empty folder that cannot be replaced: a mount point, or any on Windows. */
const CANNOT_REPLACE = new Set<string | undefined>(['EBUSY', 'EPERM', 'EEXIST']);

/** The errors for a folder that cannot be written. */
const REFUSED = new Set<string | undefined>(['EACCES', 'EPERM', 'EROFS']);

/** The errors for a path that is taken. */
const TAKEN = new Set<string | undefined>(['EEXIST', 'ENOTEMPTY', 'ENOTDIR']);

async function fillExisting(target: Target, changes: readonly CreateFile[], fs: Fs): Promise<void> {
  // The folder may have become a link since it was checked, as when the user was asked meanwhile.
  if ((await fs.realpath(target.path)) !== target.path) throw changedMeanwhile(target.path);
  await withStaging(target.path, fs, async (staging) => {
    await writeFiles(staging, changes, fs);
    const placed = allOrNothing(target.path, staging, fs, async (undo) => {
      for (const { path, content } of [...changes].sort(serverlessYmlLast)) {
        if (await findOnPath(target.path, path, fs)) throw changedMeanwhile(target.path);
        await placeNewFile(join(staging, path), join(target.path, path), content, fs, undo);
      }
    });
    await placed.catch((error: unknown) => {
      throw errorCode(error) === 'EEXIST' ? changedMeanwhile(target.path) : error;
    });
  });
}

function serverlessYmlLast(a: CreateFile, b: CreateFile): number {
  return Number(a.path === 'serverless.yml') - Number(b.path === 'serverless.yml');
}

async function writeFiles(root: string, changes: readonly CreateFile[], fs: Fs): Promise<void> {
  const folders = new Set(changes.map(({ path }) => posix.dirname(path)));
  for (const folder of folders) await fs.mkdir(join(root, folder), { recursive: true });
  const writes = changes.map(({ path, content }) =>
    fs.writeFile(join(root, path), content, { flag: 'wx' }),
  );
  // Waits for all before it throws, as the folder is removed then.
  const failed = (await Promise.allSettled(writes)).find(({ status }) => status === 'rejected');
  if (failed?.status === 'rejected') throw failed.reason;
}

function changedMeanwhile(folder: string): UserError {
  return new UserError(folderChanged({ folder }), 'run the same command again');
}
