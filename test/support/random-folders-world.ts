import { chmodSync, lstatSync, mkdirSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { errorCode } from '../../src/errors.ts';
import { permanentFolder } from './folders.ts';

/** Something in a folder, as far as a user would miss it: what it is, its permissions, its bytes. */
interface Entry {
  readonly kind: 'file' | 'folder' | 'link' | 'other';
  /** Permission bits; of a link they mean nothing. */
  readonly mode: number;
  /** The bytes of a file as Latin-1, what a link says, else nothing. */
  readonly content: string;
}

/** Everything below a folder by its path. */
export type Snapshot = ReadonlyMap<string, Entry>;

/** Looks at everything below the folder, and follows no link. */
export function snapshot(folder: string): Snapshot {
  const found = new Map<string, Entry>();
  const visit = (name: string): void => {
    for (const child of unlessForbidden(() => readdirSync(join(folder, name))) ?? []) {
      const path = name === '' ? child : `${name}/${child}`;
      const entry = look(join(folder, path));
      found.set(path, entry);
      if (entry.kind === 'folder') visit(path);
    }
  };
  visit('');
  return found;
}

function look(path: string): Entry {
  const stats = lstatSync(path);
  const mode = stats.mode & 0o7777;
  if (stats.isSymbolicLink()) return { kind: 'link', mode: 0, content: readlinkSync(path) };
  if (stats.isDirectory()) return { kind: 'folder', mode, content: '' };
  if (!stats.isFile()) return { kind: 'other', mode, content: '' };
  const content = unlessForbidden(() => readFileSync(path, 'latin1'));
  return { kind: 'file', mode, content: content ?? '(may not be read)' };
}

function unlessForbidden<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (errorCode(error) === 'EACCES') return undefined;
    throw error;
  }
}

/** What differs between two looks at a folder, by path. */
export interface Difference {
  readonly added: readonly string[];
  readonly changed: readonly string[];
  readonly removed: readonly string[];
}

export const NO_DIFFERENCE: Difference = { added: [], changed: [], removed: [] };

export function difference(before: Snapshot, after: Snapshot): Difference {
  const isSame = (a: Entry, b: Entry | undefined): boolean =>
    a.kind === b?.kind && a.mode === b.mode && a.content === b.content;
  return {
    added: [...after.keys()].filter((path) => !before.has(path)),
    changed: [...before]
      .filter(([path, entry]) => after.has(path) && !isSame(entry, after.get(path)))
      .map(([path]) => path),
    removed: [...before.keys()].filter((path) => !after.has(path)),
  };
}

/** What a test plays with: a folder to work in, and one that nothing may reach. */
export interface World {
  readonly folder: string;
  /** Where commands are started. */
  readonly work: string;
  /** Where links lead that leave the service. */
  readonly outside: string;
}

/** Runs `use` in a new world, which is gone afterwards. */
export async function inNewWorld<T>(use: (world: World) => Promise<T>): Promise<T> {
  const { folder, remove } = permanentFolder();
  const world = { folder, work: join(folder, 'work'), outside: join(folder, 'outside') };
  mkdirSync(world.work);
  mkdirSync(world.outside);
  try {
    return await use(world);
  } finally {
    openFolders(folder);
    remove();
  }
}

/** From a folder that may not be written, nothing can be removed. */
function openFolders(folder: string): void {
  chmodSync(folder, 0o755);
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    if (entry.isDirectory()) openFolders(join(folder, entry.name));
  }
}

const TEMPLATES = fileURLToPath(new URL('../../templates', import.meta.url));

/** The number that Linux and macOS give to nobody. */
const NOBODY = 65_534;

/**
 * Runs `use` as a user whom read-only files and folders bind. Root is none: it
 * becomes nobody meanwhile, unless nobody may not read this package.
 */
export async function asOrdinaryUser<T>(use: () => Promise<T>): Promise<T> {
  const { geteuid, seteuid } = process;
  if (geteuid?.() !== 0 || seteuid === undefined) return use();
  seteuid.call(process, NOBODY);
  try {
    const isReadable = unlessForbidden(() => readdirSync(TEMPLATES)) !== undefined;
    if (!isReadable) seteuid.call(process, 0);
    return await use();
  } finally {
    seteuid.call(process, 0);
  }
}

/** Whether the modes of files mean something to {@link asOrdinaryUser}: not where it had to stay root. */
export function bindsReadOnly(): Promise<boolean> {
  return asOrdinaryUser(async () => process.geteuid?.() !== 0);
}
