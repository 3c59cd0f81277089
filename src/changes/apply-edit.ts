import type { Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import type { Change, ChangeSet } from './change-set.ts';
import { withLock } from './lock.ts';
import { quickFs } from './quick-fs.ts';
import {
  type Fs,
  NotRestoredError,
  placeFile,
  removeEmptyFolders,
  withStaging,
} from './staging.ts';
import { explainFsError } from './target.ts';
import { decode } from './text-file.ts';

/**
 * Changes an existing service, step by step in the order of the changes. Every
 * step is atomic, and nothing is overwritten that is not as it was planned for.
 * An error takes all steps back; a process that is killed leaves the steps that
 * it has done, and its staging folder to the next one.
 *
 * @param root the service's folder; no change goes out of it
 * @throws UserError when a file has changed meanwhile, another process is at work,
 *   or the folder cannot be written
 */
export async function applyEdit(root: string, changes: ChangeSet, fs: Fs = quickFs): Promise<void> {
  if (changes.length === 0) return;
  try {
    await withStaging(root, fs, (staging) =>
      withLock(root, staging, fs, async () => {
        const steps = await check(root, changes, fs);
        await stage(steps, staging, fs);
        await run(steps, root, staging, fs);
      }),
    );
  } catch (error) {
    throw explainFsError(error, root);
  }
}

/** A change that is still to be made. */
interface Step {
  readonly change: Change;
  /** Absolute. */
  readonly path: string;
  /** Permission bits of the file that is there. */
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

/** Looks at every part of the path: links could lead out of the root. */
async function checkPath(root: string, path: string, fs: Fs): Promise<Stats | undefined> {
  const parts = path.split('/');
  if (parts.some((part) => part === '' || part === '.' || part === '..')) {
    throw new Error(`a change is outside of the service: ${path}`);
  }
  for (let count = 1; count <= parts.length; count++) {
    const part = parts.slice(0, count).join('/');
    const found = await lstatOrUndefined(join(root, part), fs);
    if (found === undefined) return undefined;
    if (found.isSymbolicLink()) {
      throw new UserError(
        `${part} is a link, and links are not followed. Nothing was written.`,
        'put the real file or folder there',
      );
    }
    const isLast = count === parts.length;
    if (isLast ? !found.isFile() : !found.isDirectory()) {
      throw new UserError(
        `${part} is ${isLast ? 'no file' : 'no folder'}. Nothing was written.`,
        'move it away',
      );
    }
    if (isLast) return found;
  }
  return undefined;
}

async function lstatOrUndefined(path: string, fs: Fs): Promise<Stats | undefined> {
  try {
    return await fs.lstat(path);
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined;
    throw error;
  }
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

type Undo = () => Promise<void>;

async function run(steps: readonly Step[], root: string, staging: string, fs: Fs): Promise<void> {
  const undo: Undo[] = [];
  try {
    for (const [index, step] of steps.entries())
      await runStep(step, index, root, staging, fs, undo);
  } catch (error) {
    await rollBack(undo, error, root, staging, fs);
    throw error;
  }
}

/** Makes one change, and adds to `undo` what takes it back. */
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
      const made = await fs.mkdir(folder, { recursive: true });
      if (made !== undefined) undo.push(() => removeEmptyFolders(made, folder, fs));
      await placeFile(staged(staging, index), path, change.content, fs).catch((error: unknown) => {
        throw errorCode(error) === 'EEXIST' ? changedMeanwhile(change.path) : error;
      });
      undo.push(() => fs.rm(path));
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

/** Takes back what was done, all that can be; what cannot is kept in a folder of its own. */
async function rollBack(
  undo: readonly Undo[],
  cause: unknown,
  root: string,
  staging: string,
  fs: Fs,
): Promise<void> {
  const failures: unknown[] = [];
  for (const step of [...undo].reverse()) await step().catch((error) => failures.push(error));
  if (failures.length === 0) return;
  const rescue = join(root, `create-lambda-hello-rescued-${Date.now()}`);
  const folder = await fs.rename(staging, rescue).then(
    () => rescue,
    () => staging,
  );
  const reason = (error: unknown) => (error instanceof Error ? error.message : String(error));
  const reasons = [cause, ...failures].map((error) => `  ${reason(error)}`).join('\n');
  throw new NotRestoredError(
    `the change failed, and taking it back failed too:\n${reasons}`,
    `the files as they were before are in ${folder}; compare them with  git status`,
  );
}

function changedMeanwhile(path: string): UserError {
  return new UserError(
    `${path} was changed by something else meanwhile. Nothing was written.`,
    'run the same command again',
  );
}
