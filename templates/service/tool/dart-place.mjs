// Looks whether there is a usable Dart SDK in one place.

import { existsSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { CROSS_COMPILES_SINCE, crossCompiles, readDartVersion } from './dart-version.mjs';
import { lookAt } from './programs.mjs';

/**
 * A place that was looked at. `problem` says why what is there is not taken, as a part of a
 * sentence; the program and its version are known of an SDK, also of one that is too old.
 *
 * @typedef {'DART_SDK' | 'PATH' | 'FLUTTER_ROOT' | 'flutter' | 'fvm' | 'fetched'} Source
 * @typedef {{ source: Source, place: string, found: 'sdk', dart: string, version: string }} Usable
 * @typedef {{ source: Source, place: string, found: 'too old', dart: string, version: string,
 *   problem: string }} TooOld
 * @typedef {{ source: Source, place: string, problem: string,
 *   found: 'missing' | 'not executable' | 'no version' | 'not started' }} Unusable
 * @typedef {Usable | TooOld | Unusable} Place
 */

/** What the program is called on a system, as `process.platform` names that. */
export function dartName(/** @type {string} */ platform) {
  return platform === 'win32' ? 'dart.exe' : 'dart';
}

/**
 * Looks at the `dart` of a folder of programs.
 *
 * @param {Source} source
 * @param {string} bin
 * @param {string} platform
 * @returns {Promise<Place | undefined>} undefined when there is none
 */
export async function lookInBin(source, bin, platform) {
  const dart = join(bin, dartName(platform));
  const kind = lookAt(dart);
  if (kind === 'program') return examine(source, dart, platform);
  if (kind === 'not executable') {
    return { source, place: dart, found: kind, problem: `${dart} cannot be executed` };
  }
  // Flutter's own on Windows is dart.bat, which cannot be started without a shell.
  return platform === 'win32' ? lookInCache(source, bin, platform) : undefined;
}

/**
 * Looks at the Dart SDK that a Flutter SDK brings.
 *
 * @param {Source} source
 * @param {string} root
 * @param {string} platform
 * @returns {Promise<Place | undefined>} undefined when that is no Flutter SDK
 */
export async function lookInFlutter(source, root, platform) {
  const place = await lookInCache(source, join(root, 'bin'), platform);
  if (place) return place;
  return isFlutter(root) ? neverStarted(source, root) : undefined;
}

/** @param {Source} source @param {string} bin of Flutter @param {string} platform */
async function lookInCache(source, bin, platform) {
  const dart = cachedDart(bin, platform);
  return lookAt(dart) === 'program' ? placeOf(source, dart) : undefined;
}

/**
 * Looks at a program. Flutter's `bin/dart` is a script, which waits for a lock and may download:
 * what it would start stands for it.
 *
 * @param {Source} source
 * @param {string} program
 * @param {string} platform
 * @returns {Promise<Place>}
 */
async function examine(source, program, platform) {
  const bin = dirname(realpathSync(program));
  const cached = await lookInCache(source, bin, platform);
  if (cached) return cached;
  const root = dirname(bin);
  return isFlutter(root) ? neverStarted(source, root) : placeOf(source, program);
}

/** @param {Source} source @param {string} dart @returns {Promise<Place>} */
async function placeOf(source, dart) {
  const version = await readDartVersion(dart);
  if (version === undefined) {
    const problem = `${dart} does not tell its version`;
    return { source, place: dart, found: 'no version', problem };
  }
  if (crossCompiles(version)) return { source, place: dart, found: 'sdk', dart, version };
  const problem = `Dart ${version} at ${dart} is older than ${CROSS_COMPILES_SINCE}`;
  return { source, place: dart, found: 'too old', dart, version, problem };
}

/** @param {string} bin of Flutter @param {string} platform */
function cachedDart(bin, platform) {
  return join(bin, 'cache', 'dart-sdk', 'bin', dartName(platform));
}

function isFlutter(/** @type {string} */ root) {
  return existsSync(join(root, 'packages', 'flutter_tools'));
}

/** @param {Source} source @param {string} root @returns {Unusable} */
function neverStarted(source, root) {
  const problem = `the Flutter SDK in ${root} has no Dart yet: run  flutter --version  once`;
  return { source, place: root, found: 'not started', problem };
}
