// Finds what can compile Dart for AWS Lambda on this machine: a Dart SDK, else a
// container engine.

import { execFile } from 'node:child_process';
import { access, constants, readFile, realpath } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

/** @typedef {Readonly<Record<string, string | undefined>>} Env */

/** The first Dart that compiles for another system (`dart compile exe --target-os`). */
export const CROSS_COMPILES_SINCE = '3.8.0';

/** The container engines that are looked for, in this order. */
const ENGINES = ['docker', 'podman', 'finch', 'nerdctl'];

/** How long a program may take to answer a simple question, in milliseconds. */
const ANSWER_LIMIT = 5000;

/** An error that tells the user what to do; it is shown without a stack. */
export class BuildError extends Error {}

/**
 * What compiles, and why it was chosen. `crossCompiles` is false for an SDK
 * before 3.8 on a Linux of the wanted processor.
 *
 * @typedef {{ kind: 'sdk', dart: string, version: string, crossCompiles: boolean, why: string }
 *   | { kind: 'container', engine: { name: string, path: string }, why: string }} Toolchain
 */

/**
 * Chooses the toolchain: DART_SDK or `dart` on PATH, else a container engine.
 *
 * @param {{ architecture: string, inContainer?: boolean, env?: Env, platform?: string,
 *   hostArchitecture?: string }} options `architecture` as in serverless.yml; `inContainer`
 *   passes over the SDK
 * @returns {Promise<Toolchain>}
 * @throws BuildError naming all that was searched when nothing can compile
 */
export async function findToolchain({
  architecture,
  inContainer = false,
  env = process.env,
  platform = process.platform,
  hostArchitecture = process.arch,
}) {
  /** @type {string[]} */
  const problems = [];
  if (!inContainer) {
    const { dart, searched } = await findDart(env, platform);
    const version = dart && (await readDartVersion(dart));
    if (!dart) problems.push(`no dart in ${searched.join(', ') || 'an empty PATH'}`);
    else if (!version) problems.push(`${dart} does not tell its version`);
    else if (compareVersions(version, CROSS_COMPILES_SINCE) >= 0) {
      const why = `Dart ${version} at ${dart} cross-compiles`;
      return { kind: 'sdk', dart, version, crossCompiles: true, why };
    } else if (platform === 'linux' && lambdaArchitecture(hostArchitecture) === architecture) {
      const why = `Dart ${version} at ${dart} compiles for this machine, which is Linux ${architecture}`;
      return { kind: 'sdk', dart, version, crossCompiles: false, why };
    } else {
      problems.push(`Dart ${version} at ${dart} is older than ${CROSS_COMPILES_SINCE}`);
    }
  }
  const { engine, tried } = await findContainerEngine(env, platform);
  if (engine) {
    const reason = inContainer
      ? 'as --build-in-container says'
      : `because of ${problems.join('; ')}`;
    return { kind: 'container', engine, why: `${engine.name} runs the compiler, ${reason}` };
  }
  const searched = [...problems, ...tried.map(({ name, problem }) => `${name}: ${problem}`)];
  throw new BuildError(
    `nothing here can compile Dart for Linux ${architecture}.\n` +
      `${searched.map((line) => `  - ${line}`).join('\n')}\n` +
      `Install a Dart SDK of ${CROSS_COMPILES_SINCE} or newer from https://dart.dev/get-dart ` +
      '(or set DART_SDK to its folder), or start a container engine such as Docker or Podman.',
  );
}

/** The name that serverless.yml has for a processor that Node.js names. */
function lambdaArchitecture(/** @type {string} */ nodeArchitecture) {
  return nodeArchitecture === 'x64' ? 'x86_64' : nodeArchitecture;
}

/**
 * The `dart` program: of the SDK that DART_SDK names, else the first on PATH.
 *
 * @param {Env} env
 * @param {string} platform as `process.platform`
 * @returns the program's path when there is one, and the folders that were looked at
 */
export async function findDart(env = process.env, platform = process.platform) {
  const searched = [...(env.DART_SDK ? [join(env.DART_SDK, 'bin')] : []), ...pathFolders(env)];
  // Flutter on Windows has a dart.bat, which cannot be started without a shell; its SDK is below it.
  const names =
    platform === 'win32' ? ['dart.exe', join('cache', 'dart-sdk', 'bin', 'dart.exe')] : ['dart'];
  return { dart: await findProgram(searched, names), searched };
}

/**
 * The version of a `dart`, `3.8.1` for example, or undefined when it does not tell.
 *
 * @param {string} dart
 */
export async function readDartVersion(dart) {
  try {
    // Every SDK has a file with its version; reading it is faster than starting dart.
    const sdk = dirname(dirname(await realpath(dart)));
    return (await readFile(join(sdk, 'version'), 'utf8')).trim() || undefined;
  } catch {
    const { stdout, stderr } = await run(dart, ['--version']);
    return /Dart SDK version: (\S+)/.exec(stdout + stderr)?.[1];
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
  const [left, right] = [a, b].map(
    (text) => text.split(/[-+]/, 1)[0]?.split('.').map(Number) ?? [],
  );
  for (const index of [0, 1, 2]) {
    const difference = (left?.[index] ?? 0) - (right?.[index] ?? 0);
    if (difference !== 0) return difference;
  }
  return 0;
}

/**
 * The first container engine of which the daemon answers; CONTAINER_ENGINE names
 * the only one to try.
 *
 * @param {Env} env
 * @param {string} platform
 * @returns {Promise<{ engine: { name: string, path: string } | undefined,
 *   tried: { name: string, problem: string }[] }>}
 */
export async function findContainerEngine(env = process.env, platform = process.platform) {
  /** @type {{ name: string, problem: string }[]} */
  const tried = [];
  for (const name of env.CONTAINER_ENGINE ? [env.CONTAINER_ENGINE] : ENGINES) {
    const file = platform === 'win32' && !/\.exe$/i.test(name) ? `${name}.exe` : name;
    const path = await findProgram(/[/\\]/.test(name) ? [''] : pathFolders(env), [file]);
    if (path === undefined) {
      tried.push({ name, problem: 'not installed' });
      continue;
    }
    const { failed, stderr } = await run(path, ['info']);
    if (!failed) return { engine: { name, path }, tried };
    const reason = stderr.trim().split('\n', 1)[0];
    tried.push({
      name,
      problem: `installed, but its daemon does not answer (${reason || failed})`,
    });
  }
  return { engine: undefined, tried };
}

/** @param {Env} env */
function pathFolders(env) {
  const path = env.PATH ?? env.Path ?? '';
  return path.split(delimiter).filter((folder) => folder !== '');
}

/** @param {readonly string[]} folders @param {readonly string[]} names */
async function findProgram(folders, names) {
  for (const folder of folders) {
    for (const name of names) {
      const path = join(folder, name);
      if (await isExecutable(path)) return path;
    }
  }
  return undefined;
}

async function isExecutable(/** @type {string} */ path) {
  return access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
}

/**
 * Runs a program that should answer at once; `failed` tells why it did not.
 *
 * @param {string} program
 * @param {string[]} args
 * @returns {Promise<{ failed: string | undefined, stdout: string, stderr: string }>}
 */
export function run(program, args) {
  return new Promise((resolve) => {
    execFile(
      program,
      args,
      { timeout: ANSWER_LIMIT, windowsHide: true },
      (error, stdout, stderr) => {
        resolve({ failed: error?.message.split('\n', 1)[0], stdout, stderr });
      },
    );
  });
}
