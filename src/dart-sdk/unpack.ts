import { createWriteStream } from 'node:fs';
import { mkdir, realpath, symlink } from 'node:fs/promises';
import { join, posix, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { type Entry, openPromise, type ZipFile } from 'yauzl';
import { CancelledError, errorCode, UserError } from '../errors.ts';
import { quoted } from '../message.ts';
import { cancelled } from '../util/messages.ts';
import { inQuotes } from '../util/text.ts';
import { writing } from './disk.ts';
import type { Progress } from './download.ts';
import { leadsOutside } from './messages.ts';
import { isInTop, planZip, TOP, unsafe } from './zip-plan.ts';

export interface UnpackOptions {
  readonly signal: AbortSignal;
  /** Called with the space that it needs, in bytes, before anything is written. */
  readonly onBytes: (bytes: number) => Promise<void>;
  readonly onProgress: (progress: Progress) => void;
}

/**
 * Unpacks a zip file into a new folder, with the modes of its files.
 *
 * @throws UserError when it is not a zip file, or has an entry outside of the folder;
 *   CancelledError. Unpacked files are kept then.
 */
export async function unpack(file: string, folder: string, options: UnpackOptions): Promise<void> {
  const zip = await open(file);
  try {
    await unpackAll(zip, folder, options);
  } catch (error) {
    if (options.signal.aborted) throw new CancelledError(cancelled());
    // The errors of yauzl and zlib describe the fault in the zip file.
    if (error instanceof UserError || isOfSystem(error)) throw error;
    throw unsafe(quoted((error as Error).message));
  } finally {
    zip.close();
  }
}

const open = (file: string): Promise<ZipFile> =>
  openPromise(file, { autoClose: false, strictFileNames: true }).catch((error: Error) => {
    throw isOfSystem(error) ? error : unsafe(quoted(error.message));
  });

const isOfSystem = (error: unknown): boolean => /^E[A-Z0-9]+$/.test(errorCode(error) ?? '');

async function unpackAll(zip: ZipFile, folder: string, options: UnpackOptions): Promise<void> {
  const { signal, onBytes, onProgress } = options;
  onProgress({ done: 0, total: zip.entryCount });
  const entries: Entry[] = [];
  for await (const entry of zip.eachEntry()) entries.push(entry);
  const plan = planZip(entries);
  await onBytes(plan.bytes);
  await writing(folder, async () => {
    await mkdir(folder);
    for (const path of plan.folders) await mkdir(join(folder, path), { recursive: true });
    // One after the other, as yauzl cannot end one of several streams that wait for each other.
    for (const [index, { path, mode, entry }] of plan.files.entries()) {
      const content = await zip.openReadStreamPromise(entry);
      const target = createWriteStream(join(folder, path), { flags: 'wx', mode });
      await pipeline(content, target, { signal });
      onProgress({ done: index + 1, total: plan.files.length });
    }
    for (const { path, entry } of plan.links) {
      signal.throwIfAborted();
      await link(folder, path, await textOf(zip, entry));
    }
  });
}

/** Creates a link to a target inside the SDK. */
async function link(folder: string, path: string, target: string): Promise<void> {
  const outside = unsafe(leadsOutside({ path, target: inQuotes(target) }));
  const words = posix.join(posix.dirname(path), target);
  if (posix.isAbsolute(target) || target.includes('\\') || !isInTop(words)) throw outside;
  await symlink(target, join(folder, path));
  // Through another link, the target may be elsewhere than its path says.
  const top = await realpath(join(folder, TOP));
  const real = await realpath(join(folder, path)).catch(() => undefined);
  if (real === undefined || !`${real}${sep}`.startsWith(`${top}${sep}`)) throw outside;
}

async function textOf(zip: ZipFile, entry: Entry): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of await zip.openReadStreamPromise(entry)) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}
