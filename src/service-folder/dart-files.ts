import { readdir } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { errorCode } from '../errors.ts';
import { withSlashes } from '../util/paths.ts';
import { readTexts } from './editable.ts';

/**
 * Lists the Dart files below a folder of a service, relative to its root with `/`. Does not follow
 * links, which may form a circle or lead out of the service.
 */
export async function listDartFiles(root: string, folder: string): Promise<string[]> {
  try {
    const entries = await readdir(join(root, folder), { recursive: true, withFileTypes: true });
    return entries
      .filter((entry) => entry.isFile() && entry.name.endsWith('.dart'))
      .map((entry) => withSlashes(relative(root, join(entry.parentPath, entry.name))));
  } catch (error) {
    if (errorCode(error) === 'ENOENT' || errorCode(error) === 'ENOTDIR') return [];
    throw error;
  }
}

/**
 * The folders of a package that contain Dart files (https://dart.dev/tools/pub/package-layout).
 */
const DART_FOLDERS = [
  'benchmark',
  'bin',
  'example',
  'hook',
  'integration_test',
  'lib',
  'test',
  'tool',
  'web',
];

/** Reads every Dart file that may import another one of the package. */
export async function readDartFiles(root: string): Promise<ReadonlyMap<string, string>> {
  const found = await Promise.all(DART_FOLDERS.map((folder) => listDartFiles(root, folder)));
  return readTexts(root, found.flat());
}
