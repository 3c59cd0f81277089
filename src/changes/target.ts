import { join, resolve, sep } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import type { CreateFile } from './change-set.ts';
import * as messages from './messages.ts';
import { type Found, findOnPath, lstatOrUndefined } from './path.ts';
import { quickFs } from './quick-fs.ts';

const { readdir, readFile, realpath, stat } = quickFs;

/** The folder of a new service, before anything is written. */
export interface Target {
  /** Absolute, with resolved links where it exists. */
  readonly path: string;
  /** The names in it; undefined where it does not exist. */
  readonly entries: readonly string[] | undefined;
  /** The permission bits, where it exists. */
  readonly mode: number | undefined;
  /** Whether it is the current folder, which must be filled, not replaced. */
  readonly inUse: boolean;
}

/** Reads the state of the folder. Throws a {@link UserError} when the path is not a folder. */
export async function readTarget(path: string, cwd: string): Promise<Target> {
  const absolute = resolve(cwd, path);
  return explained(absolute, async () => {
    const found = await stat(absolute).catch((error: unknown) => {
      if (errorCode(error) !== 'ENOENT') throw error;
    });
    if (found === undefined) {
      if ((await lstatOrUndefined(absolute, quickFs)) !== undefined) {
        throw new UserError(
          messages.targetIsABrokenLink({ folder: absolute }),
          'remove the link, or choose another folder',
        );
      }
      return { path: absolute, entries: undefined, mode: undefined, inUse: false };
    }
    if (!found.isDirectory()) {
      throw new UserError(
        messages.targetIsAFile({ folder: absolute }),
        'choose the name of a folder',
      );
    }
    const real = await realpath(absolute);
    const here = await realpath(cwd);
    const inUse = here === real || here.startsWith(real + sep);
    return { path: real, entries: await readdir(real), mode: found.mode & 0o7777, inUse };
  });
}

/** A change set compared with a folder. */
export interface Survey {
  /** The files to create. One that exists with the same content is done. */
  readonly missing: readonly CreateFile[];
  /** The paths, relative to the folder, that would have to be overwritten. */
  readonly conflicts: readonly string[];
}

/** Compares the folder with the files that it is to get. Writes nothing. */
export async function survey(target: Target, changes: readonly CreateFile[]): Promise<Survey> {
  if (target.entries === undefined || target.entries.length === 0) {
    return { missing: changes, conflicts: [] };
  }
  const missing: CreateFile[] = [];
  const conflicts = new Set<string>();
  for (const change of changes) {
    const path = join(target.path, change.path);
    await explained(path, async () => {
      const found = await findOnPath(target.path, change.path, quickFs);
      if (found === undefined) missing.push(change);
      else if (!(await isDone(path, change, found))) conflicts.add(found.part);
    });
  }
  return { missing, conflicts: [...conflicts] };
}

/** Tells whether what was found is the very file to create, and not the same behind a link. */
async function isDone(absolute: string, { path, content }: CreateFile, { part, stats }: Found) {
  if (part !== path || !stats.isFile()) return false;
  try {
    return (await readFile(absolute, 'utf8')) === content;
  } catch (error) {
    if (errorCode(error) === 'EACCES') return false;
    throw error;
  }
}

/** Runs an action, and translates the file system errors that it throws into errors for the user. */
export async function explained<T>(path: string, action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    throw explainFsError(error, path);
  }
}

/** Translates a file system error into one for the user; returns other errors unchanged. */
export function explainFsError(error: unknown, path: string): unknown {
  const code = errorCode(error);
  const known = code === undefined ? undefined : FS_ERRORS[code];
  if (known === undefined) return error;
  return new UserError(messages.notWritable({ folder: path, reason: known.reason }), known.hint);
}

const elsewhere = `choose a folder that you may write to, or change the permissions of its parent`;
const FS_ERRORS: Readonly<Record<string, { reason: Message; hint: string }>> = {
  EACCES: { reason: messages.permissionDenied(), hint: elsewhere },
  EPERM: { reason: messages.notPermitted(), hint: elsewhere },
  EROFS: { reason: messages.readOnly(), hint: 'choose a folder on another disk' },
  ENOSPC: { reason: messages.diskFull(), hint: 'free some space, then run the same command again' },
  EDQUOT: { reason: messages.quotaUsedUp(), hint: 'free some space, then run it again' },
  ENOTDIR: { reason: messages.partIsAFile(), hint: 'choose another folder' },
  EEXIST: { reason: messages.partIsAFile(), hint: 'choose another folder' },
  ERR_INVALID_ARG_VALUE: {
    reason: messages.oddCharacter(),
    hint: 'choose another folder',
  },
  ENAMETOOLONG: { reason: messages.pathTooLong(), hint: 'choose a shorter one' },
  ELOOP: { reason: messages.linkLoop(), hint: 'choose another folder' },
  ENOENT: {
    reason: messages.vanished(),
    hint: 'run the same command again, or choose another folder',
  },
};
