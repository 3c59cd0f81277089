import { posix } from 'node:path';
import { UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import { isInside } from '../util/paths.ts';
import { inQuotes } from '../util/text.ts';
import * as messages from './messages.ts';

/** An entry in the central directory of a zip file. */
export interface ZipEntry {
  /** The path with slashes; that of a folder ends with one. */
  readonly fileName: string;
  readonly versionMadeBy: number;
  readonly externalFileAttributes: number;
  readonly uncompressedSize: number;
}

/** The results of unpacking a zip file, in this order. Paths are relative, with slashes. */
export interface ZipPlan<E> {
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly mode: number; readonly entry: E }[];
  /** Created last, so that no file is written through one. */
  readonly links: readonly { readonly path: string; readonly entry: E }[];
  /** The approximate space that it needs, in bytes. */
  readonly bytes: number;
}

/** The top folder in the zip file of an SDK. */
export const TOP = 'dart-sdk';

/** Tells whether a path without `..` is the top folder or inside of it. */
export const isInTop = (path: string): boolean => `${path}/`.startsWith(`${TOP}/`);

/**
 * The system id of Unix, whose modes a zip file can have
 * (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.4.2.2).
 */
const UNIX = 3;
const TYPE = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;
/** The maximum overhead of a file on a disk, in bytes. */
const BLOCK = 4096;

/**
 * Plans how to unpack a zip file.
 *
 * @throws UserError when an entry is outside of the folder, or is not a file, a folder or a link
 */
export function planZip<E extends ZipEntry>(entries: readonly E[]): ZipPlan<E> {
  const folders = new Set<string>();
  const files: { path: string; mode: number; entry: E }[] = [];
  const links: { path: string; entry: E }[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    const path = safePath(entry.fileName);
    // macOS and Windows ignore the case of names.
    const name = path.toLowerCase();
    if (names.has(name)) throw unsafe(messages.hasTwice({ path }));
    names.add(name);
    const mode = entry.versionMadeBy >>> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0;
    const type = mode & TYPE;
    bytes += entry.uncompressedSize + BLOCK;
    addFolders(folders, posix.dirname(path));
    if (entry.fileName.endsWith('/') || type === FOLDER) addFolders(folders, path);
    else if (type === LINK) links.push({ path, entry });
    else if (type === FILE || type === 0) files.push({ path, mode: fileMode(mode), entry });
    else throw unsafe(messages.ofUnknownType({ path }));
  }
  const both = [...files, ...links].find(({ path }) => folders.has(path));
  if (both !== undefined) throw unsafe(messages.hasTwice({ path: both.path }));
  return { folders: [...folders], files, links, bytes };
}

/** Makes the error for a zip file that is not unpacked. */
export const unsafe = (reason: Message): UserError =>
  new UserError(
    messages.cannotBeUnpacked({ reason }),
    'another --version, or another archive by FLUTTER_STORAGE_BASE_URL',
  );

/** Returns the path of an entry, if it stays in its folder on every system, or else throws. */
function safePath(name: string): string {
  const path = name.replace(/\/$/, '');
  // On Windows, a colon names a drive or an alternate data stream.
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (!isInside(path) || !isInTop(path) || /[\\:\u0000-\u001f]/.test(path))
    throw unsafe(messages.isOutside({ name: inQuotes(name) }));
  return path;
}

function addFolders(folders: Set<string>, path: string): void {
  if (path === '.') return;
  addFolders(folders, posix.dirname(path));
  folders.add(path);
}

/** Removes set-user-ID and the like from a mode, and lets the owner read and write. */
const fileMode = (mode: number): number => (mode === 0 ? 0o644 : (mode & 0o777) | 0o600);
