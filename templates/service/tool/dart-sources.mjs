// What goes into an executable: the Dart files of the service and of the packages
// that it depends on.

import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

export const sha256 = (/** @type {string | Buffer} */ content) =>
  createHash('sha256').update(content).digest('hex');

/**
 * A hash of all that goes into an executable: the sources of the package and of
 * those beside it that it depends on by path, the resolved versions of all others,
 * this tool, and what else is given.
 *
 * @param {string} serviceDir
 * @param {string[]} more
 */
export async function sourcesHash(serviceDir, more) {
  const hash = createHash('sha256').update(JSON.stringify(more));
  const files = ['pubspec.yaml', 'pubspec.lock'];
  for (const folder of ['.', ...(await packagesByPath(serviceDir))]) {
    files.push(...(await listFiles(serviceDir, join(folder, 'lib'))));
  }
  files.push(...(await listFiles(serviceDir, 'tool')));
  for (const file of files) {
    const content = await readFile(join(serviceDir, file)).catch(() => undefined);
    hash.update(JSON.stringify([file, content === undefined ? null : sha256(content)]));
  }
  return hash.digest('hex');
}

/** @param {string} root @param {string} folder @returns {Promise<string[]>} */
async function listFiles(root, folder) {
  const entries = await readdir(join(root, folder), { withFileTypes: true }).catch(() => []);
  const sorted = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  const nested = sorted.map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? listFiles(root, path) : [path];
  });
  return (await Promise.all(nested)).flat();
}

/**
 * The packages of .dart_tool/package_config.json, which `dart pub get` writes.
 *
 * @param {string} serviceDir
 * @returns {Promise<{ name: string, root: string, relative: boolean }[]>}
 */
async function readPackages(serviceDir) {
  const file = join(serviceDir, '.dart_tool', 'package_config.json');
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return []; // before the first `dart pub get`
  return JSON.parse(text).packages.map((/** @type {{ name: string, rootUri: string }} */ entry) => {
    const isUri = entry.rootUri.startsWith('file:');
    const root = isUri
      ? fileURLToPath(entry.rootUri)
      : resolve(dirname(file), decodeURI(entry.rootUri));
    return { name: entry.name, root, relative: !isUri };
  });
}

/** The folders of the packages that a path dependency names, relative to the service. */
async function packagesByPath(/** @type {string} */ serviceDir) {
  const packages = await readPackages(serviceDir);
  return packages
    .filter((entry) => entry.relative && entry.root !== resolve(serviceDir))
    .map(({ root }) => relative(serviceDir, root));
}

/**
 * A hook that compiles native code (https://dart.dev/tools/hooks), of the service
 * or of a package that it depends on, where there is one.
 *
 * @param {string} serviceDir
 */
export async function buildHook(serviceDir) {
  const own = [{ name: 'this service', root: serviceDir }];
  for (const { name, root } of [...own, ...(await readPackages(serviceDir))]) {
    const file = join(root, 'hook', 'build.dart');
    const text = await readFile(file).catch(() => undefined);
    if (text !== undefined) return { name, file };
  }
  return undefined;
}
