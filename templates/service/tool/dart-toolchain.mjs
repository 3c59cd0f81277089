// Finds what can compile Dart for AWS Lambda on this machine: a Dart SDK, else a
// container engine.

import { findDartSdk, problemsOf } from './dart-sdk.mjs';
import { CROSS_COMPILES_SINCE } from './dart-version.mjs';
import { findProgram, pathFolders, run } from './programs.mjs';

/** @typedef {import('./programs.mjs').Env} Env */

/** The container engines that are looked for, in this order. */
const ENGINES = ['docker', 'podman', 'finch', 'nerdctl'];

/** An error that tells the user what to do; it is shown without a stack. */
export class BuildError extends Error {}

/** Nothing on this machine compiles. Its message is the reason, and then what to do. */
export class NoCompilerError extends BuildError {
  /** @param {string} reason @param {string} whatToDo */
  constructor(reason, whatToDo) {
    super(`${reason}\n${whatToDo}`);
    this.reason = reason;
    this.whatToDo = whatToDo;
  }
}

/**
 * What compiles, and why it was chosen. `crossCompiles` is false for an SDK
 * before 3.8 on a Linux of the wanted processor.
 *
 * @typedef {{ kind: 'sdk', dart: string, version: string, crossCompiles: boolean, why: string }
 *   | { kind: 'container', engine: { name: string, path: string }, why: string }} Toolchain
 */

/**
 * Chooses the toolchain: a Dart SDK, else a container engine.
 *
 * @param {{ architecture: string, inContainer?: boolean, env?: Env, platform?: string,
 *   hostArchitecture?: string, serviceDir?: string }} options `architecture` as in serverless.yml;
 *   `inContainer` passes over the SDK
 * @returns {Promise<Toolchain>}
 * @throws NoCompilerError naming all that was searched, or what is wrong with DART_SDK
 */
export async function findToolchain({
  architecture,
  inContainer = false,
  env = process.env,
  platform = process.platform,
  hostArchitecture = process.arch,
  serviceDir,
}) {
  /** @type {string[]} */
  let problems = [];
  if (!inContainer) {
    const options = { env, platform, architecture: hostArchitecture, serviceDir };
    const { sdk, searched, wrong } = await findDartSdk(options);
    if (wrong) {
      throw new NoCompilerError(`${wrong}.`, 'Set it to the folder of a Dart SDK, or unset it.');
    }
    if (sdk) {
      const { dart, version, crossCompiles } = sdk;
      const found = { kind: /** @type {const} */ ('sdk'), dart, version, crossCompiles };
      const named = `Dart ${version} at ${dart}, ${sdk.why},`;
      if (crossCompiles) return { ...found, why: `${named} cross-compiles` };
      if (platform === 'linux' && lambdaArchitecture(hostArchitecture) === architecture) {
        const why = `${named} compiles for this machine, which is Linux ${architecture}`;
        return { ...found, why };
      }
    }
    problems = problemsOf(searched);
  }
  const { engine, tried } = await findContainerEngine(env, platform);
  if (engine) {
    const reason = inContainer
      ? 'as --build-in-container says'
      : `because of this: ${problems.join('; ')}`;
    return { kind: 'container', engine, why: `${engine.name} runs the compiler, ${reason}` };
  }
  const lines = [...problems, ...tried.map(({ name, problem }) => `${name}: ${problem}`)];
  throw new NoCompilerError(
    `nothing here can compile Dart for Linux ${architecture}.\n` +
      lines.map((line) => `  - ${line}`).join('\n'),
    inContainer ? `Start ${AN_ENGINE}.` : `${getDart(env)}, or start ${AN_ENGINE}.`,
  );
}

const AN_ENGINE = 'a container engine such as Docker or Podman';

/** What to do for an SDK that compiles for other systems. @param {Env} env */
function getDart(env) {
  if (env.DART_SDK)
    return `Set DART_SDK to an SDK of ${CROSS_COMPILES_SINCE} or newer, or unset it`;
  return (
    'Fetch a Dart SDK with  npx create-lambda-hello install-dart,  or install one of ' +
    `${CROSS_COMPILES_SINCE} or newer from https://dart.dev/get-dart`
  );
}

/** The name that serverless.yml has for a processor that Node.js names. */
function lambdaArchitecture(/** @type {string} */ nodeArchitecture) {
  return nodeArchitecture === 'x64' ? 'x86_64' : nodeArchitecture;
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
    const path = findProgram(/[/\\]/.test(name) ? [''] : pathFolders(env), file);
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
