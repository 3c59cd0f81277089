// Versions of Dart: which one a `dart` is, and which of two is newer.

import { readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { run } from './programs.mjs';

/** The first Dart that compiles for another system (`dart compile exe --target-os`). */
export const CROSS_COMPILES_SINCE = '3.8.0';

/** Tells whether a version of Dart compiles for another system. */
export function crossCompiles(/** @type {string} */ version) {
  return compareVersions(version, CROSS_COMPILES_SINCE) >= 0;
}

/**
 * Reads the version of a `dart`, `3.8.1` for example; undefined when it does not tell. The program
 * must be that of a Dart SDK: two levels above Flutter's `bin/dart` is the version of Flutter.
 *
 * @param {string} dart
 */
export async function readDartVersion(dart) {
  // Every SDK has a file with its version; reading it is faster than starting dart.
  const version = /^\d+\.\d+\.\d+\S*(?=\s*$)/.exec(versionFileOf(dart))?.[0];
  if (version !== undefined) return version;
  const { stdout, stderr } = await run(dart, ['--version']);
  return /Dart SDK version: (\S+)/.exec(stdout + stderr)?.[1];
}

function versionFileOf(/** @type {string} */ dart) {
  try {
    return readFileSync(join(dirname(dirname(realpathSync(dart))), 'version'), 'utf8');
  } catch {
    return ''; // a dart of another layout
  }
}

/**
 * Below 0 when `a` is the older version, 0 when both are the same. Pre-releases
 * (`3.9.0-1.0.dev`) count as their release.
 *
 * @param {string} a
 * @param {string} b
 */
export function compareVersions(a, b) {
  const [left, right] = [numbersOf(a), numbersOf(b)];
  for (const index of [0, 1, 2]) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * Below 0 when `a` comes before `b`: as {@link compareVersions}, but pre-releases come before their
 * release, in the order of https://semver.org/#spec-item-11.
 *
 * @param {string} a
 * @param {string} b
 */
export function comparePrecedence(a, b) {
  const releases = compareVersions(a, b);
  if (releases !== 0) return releases;
  const [left, right] = [preReleaseOf(a), preReleaseOf(b)];
  if (left.length === 0 || right.length === 0) return right.length - left.length;
  for (const [index, part] of left.entries()) {
    const other = right[index];
    if (other === undefined) return 1;
    if (part === other) continue;
    const [number, otherNumber] = [Number(part), Number(other)];
    if (Number.isNaN(number) && Number.isNaN(otherNumber)) return part < other ? -1 : 1;
    if (Number.isNaN(number) || Number.isNaN(otherNumber)) return Number.isNaN(number) ? 1 : -1;
    return number - otherNumber;
  }
  return left.length - right.length;
}

const numbersOf = (/** @type {string} */ version) =>
  version.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? [];

const preReleaseOf = (/** @type {string} */ version) =>
  /^[^-+]*-([^+]*)/.exec(version)?.[1]?.split('.') ?? [];
