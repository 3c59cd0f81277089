// Where `create-lambda-hello install-dart` keeps Dart SDKs, and which of them are there.

import { readdir } from 'node:fs/promises';
import { homedir } from 'node:os';
import { isAbsolute, join } from 'node:path';

/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/** Node.js's names of systems and processors, and those of the archive of Dart SDKs. */
const SYSTEMS = /** @type {Record<string, string>} */ ({
  linux: 'linux',
  darwin: 'macos',
  win32: 'windows',
});
const PROCESSORS = /** @type {Record<string, string>} */ ({ x64: 'x64', arm64: 'arm64' });

/**
 * What SDKs for a machine are called in the archive, `linux-x64` for example; undefined where there
 * is none for it.
 *
 * @param {string} platform as `process.platform`
 * @param {string} architecture as `process.arch`
 */
export function sdkTarget(platform = process.platform, architecture = process.arch) {
  const [system, processor] = [SYSTEMS[platform], PROCESSORS[architecture]];
  return system && processor ? `${system}-${processor}` : undefined;
}

/**
 * The folder of all fetched SDKs, in the user's cache folder: of XDG on Linux
 * (https://specifications.freedesktop.org/basedir-spec/latest/), of the system elsewhere. Each SDK
 * is the folder `<version>-<target>` in it, `3.10.1-linux-x64` for example, and whole when it is there.
 *
 * @param {Env} env
 * @param {string} platform as `process.platform`
 * @param {string} home the user's folder
 */
export function sdkCache(env = process.env, platform = process.platform, home = homedir()) {
  return join(userCache(env, platform, home), 'create-lambda-hello', 'dart-sdk');
}

/** @param {Env} env @param {string} platform @param {string} home */
function userCache(env, platform, home) {
  if (platform === 'darwin') return join(home, 'Library', 'Caches');
  if (platform === 'win32') return env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  const xdg = env.XDG_CACHE_HOME;
  // The specification says that a relative path is to be ignored.
  return xdg && isAbsolute(xdg) ? xdg : join(home, '.cache');
}

/**
 * The fetched SDKs for a machine, in no order.
 *
 * @param {string} cache of {@link sdkCache}
 * @param {string | undefined} target of {@link sdkTarget}
 * @returns {Promise<{ version: string, folder: string }[]>}
 */
export async function fetchedSdks(cache, target) {
  if (target === undefined) return [];
  const names = await readdir(cache).catch((error) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  return names
    .filter((name) => /^\d/.test(name) && name.endsWith(`-${target}`))
    .map((name) => ({ version: name.slice(0, -target.length - 1), folder: join(cache, name) }));
}
