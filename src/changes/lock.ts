import { join } from 'node:path';
import { errorCode, UserError } from '../errors.ts';
import { isRunning } from '../util/is-running.ts';
import * as messages from './messages.ts';
import { type Fs, placeFile, removeOwn } from './staging.ts';

const LOCK = '.create-lambda-hello.lock';

/**
 * Runs `use` while no other process may change the folder. The lock is a file with the process id
 * of its owner; that of a dead owner is taken over.
 *
 * @param staging a folder of this process in `root`
 * @throws UserError when another process has the lock
 */
export async function withLock<T>(
  root: string,
  staging: string,
  fs: Fs,
  use: () => Promise<T>,
): Promise<T> {
  const path = join(root, LOCK);
  await acquire(path, staging, fs);
  try {
    await removeDeadTakeovers(root, fs);
    return await use();
  } finally {
    await removeOwn(path, fs);
  }
}

/** Acquires a lock. Two processes that find the same dead owner compete for a lock named after it. */
async function acquire(path: string, staging: string, fs: Fs): Promise<void> {
  const mine = join(staging, 'lock');
  // Unlike a process id alone, it is unique.
  const id = `${process.pid} ${staging.slice(staging.lastIndexOf('-') + 1)}`;
  await fs.writeFile(mine, id);
  try {
    await placeFile(mine, path, id, fs);
    return;
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error;
  }
  const owner = await readOwner(path, fs);
  if (owner === undefined || isAlive(owner)) throw lockedError(owner);
  const takeover = `${path}-${owner.replace(' ', '-')}`;
  await acquire(takeover, staging, fs);
  try {
    if ((await readOwner(path, fs)) !== owner) throw lockedError(undefined);
    await fs.rename(mine, path);
  } finally {
    await removeOwn(takeover, fs);
  }
}

/** Reads the owner of a lock; undefined where it is gone, half written, or not one of ours. */
async function readOwner(path: string, fs: Fs): Promise<string | undefined> {
  try {
    const text = await fs.readFile(path, 'utf8');
    return /^\d+ \d+$/.test(text) ? text : undefined;
  } catch (error) {
    if (NO_LOCK.has(errorCode(error))) return undefined;
    throw error;
  }
}

/** The errors for a path where no lock can be read. */
const NO_LOCK = new Set<string | undefined>(['ENOENT', 'EISDIR', 'EACCES', 'ELOOP']);

const processOf = (owner: string): number => Number.parseInt(owner, 10);

const isAlive = (owner: string): boolean => isRunning(processOf(owner));

/** Removes the locks of processes that were killed while they took over a lock. */
async function removeDeadTakeovers(root: string, fs: Fs): Promise<void> {
  for (const name of await fs.readdir(root)) {
    if (!name.startsWith(`${LOCK}-`)) continue;
    const owner = await readOwner(join(root, name), fs);
    if (owner !== undefined && !isAlive(owner)) await removeOwn(join(root, name), fs);
  }
}

function lockedError(owner: string | undefined): UserError {
  return new UserError(
    owner === undefined ? messages.locked() : messages.lockedBy({ id: processOf(owner) }),
    `wait until it is done; if there is none, delete ${LOCK}`,
  );
}
