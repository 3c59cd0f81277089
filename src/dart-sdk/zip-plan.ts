import { posix } from 'node:path';
import { UserError } from '../errors.ts';

/** What the list at the end of a zip file says of one of its entries. */
export interface ZipEntry {
  /** With slashes; a folder ends with one. */
  readonly fileName: string;
  readonly versionMadeBy: number;
  readonly externalFileAttributes: number;
  readonly uncompressedSize: number;
}

/** What unpacking a zip file makes, in this order. Paths are relative, with slashes. */
export interface ZipPlan<E> {
  readonly folders: readonly string[];
  readonly files: readonly { readonly path: string; readonly mode: number; readonly entry: E }[];
  /** Made last: no file is written through one. */
  readonly links: readonly { readonly path: string; readonly entry: E }[];
  /** How much all of it takes, about. */
  readonly bytes: number;
}

/** The one folder that the zip file of an SDK has, of which all else is a part. */
export const TOP = 'dart-sdk';

/** Whether a path, without any `..`, is the top folder or in it. */
export const isInTop = (path: string): boolean => `${path}/`.startsWith(`${TOP}/`);

/** The system whose modes a zip file can have (APPNOTE 4.4.2.2). */
const UNIX = 3;
const TYPE = 0o170000;
const FILE = 0o100000;
const FOLDER = 0o040000;
const LINK = 0o120000;
/** What a file takes on a disk besides its bytes, at most. */
const BLOCK = 4096;

/**
 * Plans what a zip file becomes.
 *
 * @throws UserError when an entry would be outside of the folder, or is something else
 *   than a file, a folder or a link
 */
export function planZip<E extends ZipEntry>(entries: readonly E[]): ZipPlan<E> {
  const folders = new Set<string>();
  const files: { path: string; mode: number; entry: E }[] = [];
  const links: { path: string; entry: E }[] = [];
  const names = new Set<string>();
  let bytes = 0;
  for (const entry of entries) {
    const path = safePath(entry.fileName);
    // macOS and Windows take names that differ in case for the same.
    const name = path.toLowerCase();
    if (names.has(name)) throw unsafe(`it has ${path} twice`);
    names.add(name);
    const mode = entry.versionMadeBy >>> 8 === UNIX ? entry.externalFileAttributes >>> 16 : 0;
    const type = mode & TYPE;
    bytes += entry.uncompressedSize + BLOCK;
    addFolders(folders, posix.dirname(path));
    if (entry.fileName.endsWith('/') || type === FOLDER) addFolders(folders, path);
    else if (type === LINK) links.push({ path, entry });
    else if (type === FILE || type === 0) files.push({ path, mode: fileMode(mode), entry });
    else throw unsafe(`${path} is not a file, folder or link`);
  }
  const both = [...files, ...links].find(({ path }) => folders.has(path));
  if (both !== undefined) throw unsafe(`it has ${both.path} twice`);
  return { folders: [...folders], files, links, bytes };
}

/** A zip file that is not unpacked, and why. */
export const unsafe = (reason: string): UserError =>
  new UserError(
    `the file of the Dart SDK cannot be unpacked: ${reason}. Nothing was kept.`,
    'another --version, or another archive by FLUTTER_STORAGE_BASE_URL',
  );

/** A path that stays in its folder, on every system. */
function safePath(name: string): string {
  const path = name.replace(/\/$/, '');
  const parts = path.split('/');
  // A colon is a drive, or a second content of a file, on Windows.
  const outside = parts.some((part) => part === '' || part === '.' || part === '..');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
  if (outside || !isInTop(path) || /[\\:\u0000-\u001f]/.test(path))
    throw unsafe(`${JSON.stringify(name)} is outside of its folder`);
  return path;
}

function addFolders(folders: Set<string>, path: string): void {
  if (path === '.') return;
  addFolders(folders, posix.dirname(path));
  folders.add(path);
}

/** Without set-user-ID and the like, and never one that its owner cannot read or delete. */
const fileMode = (mode: number): number => (mode === 0 ? 0o644 : (mode & 0o777) | 0o600);
