// Finds a Dart SDK on this machine. The first that compiles for other systems is taken, of
//
// 1. DART_SDK, which is the only place when it is set;
// 2. `dart` on PATH;
// 3. a Flutter SDK: FLUTTER_ROOT, `flutter` on PATH, `.fvm/flutter_sdk` of the service;
// 4. what `create-lambda-hello install-dart` has fetched, the newest first;
// 5. where there is none, an older `dart` on PATH.

import { realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fetchedSdks, sdkCache, sdkTarget } from './dart-cache.mjs';
import { dartName, lookInBin, lookInFlutter } from './dart-place.mjs';
import { comparePrecedence } from './dart-version.mjs';
import { lookAt, pathFolders } from './programs.mjs';

/** @typedef {import('./programs.mjs').Env} Env */
/** @typedef {import('./dart-place.mjs').Place} Place */
/** @typedef {import('./dart-place.mjs').Source} Source */

/** How it is said where an SDK comes from. @type {Record<Source, string>} */
const SOURCES = {
  DART_SDK: 'named by DART_SDK',
  PATH: 'on PATH',
  FLUTTER_ROOT: 'of the Flutter SDK in FLUTTER_ROOT',
  flutter: 'of the Flutter SDK on PATH',
  fvm: 'of .fvm/flutter_sdk',
  fetched: 'fetched by install-dart',
};

/**
 * An SDK to use; `why` says where it comes from.
 *
 * @typedef {{ dart: string, version: string, source: Source, crossCompiles: boolean, why: string }} DartSdk
 */

/**
 * `architecture` is as `process.arch`; `serviceDir` is the folder of the service, if there is one.
 *
 * @typedef {{ env?: Env, platform?: string, architecture?: string, serviceDir?: string | undefined }} SearchOptions
 */

/**
 * Finds the SDK to use. It starts no program where a file tells the version.
 *
 * @param {SearchOptions} options
 * @returns {Promise<{ sdk: DartSdk | undefined, searched: Place[], wrong: string | undefined }>}
 *   also all places that were looked at, and what is wrong with DART_SDK
 */
export async function findDartSdk(options = {}) {
  /** @type {Place[]} */
  const searched = [];
  for await (const place of searchDartSdks(options)) {
    searched.push(place);
    if (place.found === 'sdk') return { sdk: choose(place), searched, wrong: undefined };
    if (place.source !== 'DART_SDK') continue;
    // Something else than what was asked for must not be used in silence.
    if (place.found === 'too old') return { sdk: choose(place), searched, wrong: undefined };
    const { DART_SDK } = options.env ?? process.env;
    return { sdk: undefined, searched, wrong: `DART_SDK is ${DART_SDK}, but ${place.problem}` };
  }
  const older = searched.find((place) => place.source === 'PATH' && place.found === 'too old');
  const sdk = older?.found === 'too old' ? choose(older) : undefined;
  return { sdk, searched, wrong: undefined };
}

/** @param {import('./dart-place.mjs').Usable | import('./dart-place.mjs').TooOld} place @returns {DartSdk} */
function choose({ dart, version, source, found }) {
  return { dart, version, source, crossCompiles: found === 'sdk', why: SOURCES[source] };
}

/** Says for each place why no SDK, or an old one, was taken. */
export function problemsOf(/** @type {readonly Place[]} */ searched) {
  return [...new Set(searched.flatMap((place) => ('problem' in place ? [place.problem] : [])))];
}

/**
 * Looks at one place after another, in their order, as far as it is asked to.
 *
 * @param {SearchOptions} options
 * @returns {AsyncGenerator<Place, void, void>}
 */
export async function* searchDartSdks({
  env = process.env,
  platform = process.platform,
  architecture = process.arch,
  serviceDir,
} = {}) {
  if (env.DART_SDK) yield named(resolve(env.DART_SDK), platform);
  yield* onPath(pathFolders(env), platform);
  yield* inFlutters(env, platform, serviceDir);
  yield* fetched(env, platform, architecture);
}

/** @param {string} sdk @param {string} platform @returns {Promise<Place>} */
async function named(sdk, platform) {
  const bin = join(sdk, 'bin');
  return (await lookInBin('DART_SDK', bin, platform)) ?? missingIn('DART_SDK', bin, platform);
}

/** @param {readonly string[]} folders @param {string} platform @returns {AsyncGenerator<Place>} */
async function* onPath(folders, platform) {
  let none = true;
  for (const folder of folders) {
    const place = await lookInBin('PATH', folder, platform);
    if (place === undefined) continue;
    none = false;
    yield place;
  }
  if (none) yield missing('PATH', 'PATH', 'no dart on PATH');
}

/**
 * @param {Env} env
 * @param {string} platform
 * @param {string | undefined} serviceDir
 * @returns {AsyncGenerator<Place>}
 */
async function* inFlutters(env, platform, serviceDir) {
  if (env.FLUTTER_ROOT) {
    const root = resolve(env.FLUTTER_ROOT);
    const problem = `FLUTTER_ROOT is ${env.FLUTTER_ROOT}, which is no Flutter SDK`;
    const place = await lookInFlutter('FLUTTER_ROOT', root, platform);
    yield place ?? missing('FLUTTER_ROOT', root, problem);
  }
  let none = true;
  for (const folder of pathFolders(env)) {
    const flutter = join(folder, platform === 'win32' ? 'flutter.bat' : 'flutter');
    if (lookAt(flutter) !== 'program') continue;
    none = false;
    const root = dirname(dirname(realpathSync(flutter)));
    const problem = `${flutter} does not tell where its SDK is; FLUTTER_ROOT can`;
    const place = await lookInFlutter('flutter', root, platform);
    yield place ?? missing('flutter', flutter, problem);
  }
  if (none) yield missing('flutter', 'PATH', 'no flutter on PATH');
  if (serviceDir === undefined) return;
  const fvm = await lookInFlutter('fvm', join(serviceDir, '.fvm', 'flutter_sdk'), platform);
  if (fvm) yield fvm;
}

/** @param {Env} env @param {string} platform @param {string} architecture @returns {AsyncGenerator<Place>} */
async function* fetched(env, platform, architecture) {
  const home = (platform === 'win32' ? env.USERPROFILE : env.HOME) || homedir();
  const cache = sdkCache(env, platform, home);
  const sdks = await fetchedSdks(cache, sdkTarget(platform, architecture)).catch(
    (/** @type {NodeJS.ErrnoException} */ error) => error,
  );
  if (sdks instanceof Error) {
    yield missing('fetched', cache, `${cache} cannot be read (${sdks.code})`);
    return;
  }
  if (sdks.length === 0) yield missing('fetched', cache, `none fetched into ${cache}`);
  for (const { folder } of sdks.sort((a, b) => comparePrecedence(b.version, a.version))) {
    const bin = join(folder, 'bin');
    yield (await lookInBin('fetched', bin, platform)) ?? missingIn('fetched', bin, platform);
  }
}

/** @param {Source} source @param {string} bin @param {string} platform */
function missingIn(source, bin, platform) {
  const dart = join(bin, dartName(platform));
  return missing(source, dart, `there is no ${dart}`);
}

/** @param {Source} source @param {string} place @param {string} problem @returns {Place} */
function missing(source, place, problem) {
  return { source, place, found: 'missing', problem };
}
