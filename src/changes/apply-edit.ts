import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import { isInside } from '../util/paths.ts';
import type { Change, ChangeSet } from './change-set.ts';
import { withLock } from './lock.ts';
import * as messages from './messages.ts';
import { findOnPath } from './path.ts';
import { quickFs } from './quick-fs.ts';
import { type Fs, placeFile, removeEmptyFolders, withStaging } from './staging.ts';
import { allOrNothing, placeNewFile, type Undo } from './steps.ts';
import { explained } from './target.ts';
import { decode } from './text-file.ts';

/**
 * Applies changes to an existing service, in their order. Every step is atomic, and a file that has
 * changed since the plan is not overwritten. An error rolls back all steps. A killed process leaves
 * its finished steps, and a staging folder that the next run removes.
 *
 * @param root the service's folder, which no change may leave
 * @throws UserError when a file has changed meanwhile, another process is at work,
 *   or the folder cannot be written
 */
export async function applyEdit(root: string, changes: ChangeSet, fs: Fs = quickFs): Promise<void> {
  if (changes.length === 0) return;
  await explained(root, () =>
    withStaging(root, fs, (staging) =>
      withLock(root, staging, fs, async () => {
        const steps = await check(root, changes, fs);
        await stage(steps, staging, fs);
        await allOrNothing(root, staging, fs, async (undo) => {
          for (const [index, step] of steps.entries()) {
            await runStep(step, index, root, staging, fs, undo);
          }
        });
      }),
    ),
  );
}

/** A change that has to be made. */
interface Step {
  readonly change: Change;
  /** An absolute path. */
  readonly path: string;
  /** The permission bits of the existing file. */
  readonly mode: number | undefined;
}

async function check(root: string, changes: ChangeSet, fs: Fs): Promise<Step[]> {
  const steps: Step[] = [];
  for (const change of changes) {
    const found = await checkPath(root, change.path, fs);
    const path = join(root, change.path);
    const content = found && decode(await fs.readFile(path));
    const wanted = change.kind === 'create' ? undefined : change.before;
    if (change.kind === 'create' && content === change.content) continue;
    if ((found === undefined) !== (wanted === undefined) || content !== wanted) {
      throw changedMeanwhile(change.path);
    }
    steps.push({ change, path, mode: found && found.mode & 0o7777 });
  }
  return steps;
}

/** Returns what is at the path, if anything. Throws unless it is a file that no link leads to. */
async function checkPath(root: string, path: string, fs: Fs): Promise<Stats | undefined> {
  if (!isInside(path)) {
    throw new Error(`a change is outside of the service: ${path}`);
  }
  const found = await findOnPath(root, path, fs);
  if (found === undefined) return undefined;
  const { part, stats } = found;
  if (stats.isSymbolicLink()) {
    throw new UserError(messages.isALink({ path: part }), 'put the real file or folder there');
  }
  if (part === path && stats.isFile()) return stats;
  throw new UserError(
    part === path ? messages.notAFile({ path }) : messages.notAFolder({ path: part }),
    'move it away',
  );
}

const staged = (staging: string, index: number): string => join(staging, `new-${index}`);
const saved = (staging: string, index: number): string => join(staging, `old-${index}`);

async function stage(steps: readonly Step[], staging: string, fs: Fs): Promise<void> {
  for (const [index, { change, mode }] of steps.entries()) {
    if (change.kind === 'delete') continue;
    const content = change.kind === 'create' ? change.content : change.after;
    await fs.writeFile(staged(staging, index), content, { flag: 'wx' });
    if (mode !== undefined) await fs.chmod(staged(staging, index), mode);
  }
}

/** Makes one change and adds its inverse to `undo`. */
async function runStep(
  { change, path }: Step,
  index: number,
  root: string,
  staging: string,
  fs: Fs,
  undo: Undo[],
): Promise<void> {
  const folder = dirname(path);
  const old = saved(staging, index);
  switch (change.kind) {
    case 'create': {
      const place = placeNewFile(staged(staging, index), path, change.content, fs, undo);
      await place.catch((error: unknown) => {
        throw errorCode(error) === 'EEXIST' ? changedMeanwhile(change.path) : error;
      });
      return;
    }
    case 'update':
      await placeFile(path, old, change.before, fs);
      await fs.rename(staged(staging, index), path);
      undo.push(() => fs.rename(old, path));
      return;
    case 'delete':
      await fs.rename(path, old);
      undo.push(async () => {
        await fs.mkdir(folder, { recursive: true });
        await fs.rename(old, path);
      });
      await removeEmptyFolders(join(root, change.path.split('/')[0] as string), folder, fs);
  }
}

function changedMeanwhile(path: string): UserError {
  return new UserError(messages.fileChanged({ path }), 'run the same command again');
}
