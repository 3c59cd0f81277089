import { dirname, join } from 'node:path';
import { messageOf } from '../errors.ts';
import { notRestored } from './messages.ts';
import { type Fs, NotRestoredError, placeFile, removeEmptyFolders } from './staging.ts';

/** Takes back a step that was made. */
export type Undo = () => Promise<void>;

/**
 * Makes steps, each of which adds to `undo` what takes it back. An error takes all of them back
 * that it can; the staging folder stays, under another name, if something of it is missing.
 *
 * @param root that is changed
 * @param staging with the new files, and those that were there before
 * @throws NotRestoredError when not all could be taken back
 */
export async function allOrNothing(
  root: string,
  staging: string,
  fs: Fs,
  make: (undo: Undo[]) => Promise<void>,
): Promise<void> {
  const undo: Undo[] = [];
  try {
    await make(undo);
  } catch (error) {
    await rollBack(undo, error, root, staging, fs);
    throw error;
  }
}

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
  const reasons = [cause, ...failures].map((error) => `  ${messageOf(error)}`).join('\n');
  throw new NotRestoredError(
    notRestored({ reasons }),
    `the new files, and those that were there before, are in ${folder}; compare them with  git status`,
  );
}

/** Puts a staged file where none is yet, and makes the folders to it; fails as {@link placeFile}. */
export async function placeNewFile(
  staged: string,
  path: string,
  content: string,
  fs: Fs,
  undo: Undo[],
): Promise<void> {
  const folder = dirname(path);
  const made = await fs.mkdir(folder, { recursive: true });
  if (made !== undefined) undo.push(() => removeEmptyFolders(made, folder, fs));
  await placeFile(staged, path, content, fs);
  undo.push(() => fs.rm(path));
}
