// A Serverless plugin that compiles this service's Dart to the executable
// `bootstrap`, which is what AWS Lambda starts. It adds `serverless build`, and
// compiles before every packaging. It needs nothing but Node.js and, to compile,
// a Dart SDK or a container engine.
//
// Every handler prefix gets an artifact: `main.hello` is lib/main.dart, compiled
// to build/lambda/main-arm64/bootstrap and zipped to build/lambda/main-arm64.zip.

import { spawn } from 'node:child_process';
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { bootstrapProblem, zipBootstrap } from './bootstrap-file.mjs';
import { buildHook, sha256, sourcesHash } from './dart-sources.mjs';
import { BuildError, findToolchain } from './dart-toolchain.mjs';
import { run } from './programs.mjs';

export * from './dart-toolchain.mjs';

/** How Dart calls the processors of AWS Lambda (`dart compile exe --target-arch`). */
const TARGET_ARCH = /** @type {Record<string, string>} */ ({ arm64: 'arm64', x86_64: 'x64' });

const DEFAULT_IMAGE = 'dart:stable';

/** The Dart file that a handler is in: `lib/main.dart` for `main.hello`. */
export function entryPointOf(/** @type {string} */ handler) {
  return `lib/${prefixOf(handler)}.dart`;
}

const prefixOf = (/** @type {string} */ handler) => handler.slice(0, handler.lastIndexOf('.'));

/**
 * One executable that is to be built.
 *
 * @typedef {{ prefix: string, entryPoint: string, architecture: string, folder: string, zip: string }} Artifact
 */

/**
 * The artifact of a handler; its paths are relative to the service.
 *
 * @param {string} handler
 * @param {string} architecture
 * @returns {Artifact}
 */
export function artifactOf(handler, architecture) {
  const prefix = prefixOf(handler);
  const folder = `build/lambda/${prefix.replaceAll('/', '-')}-${architecture}`;
  return { prefix, entryPoint: entryPointOf(handler), architecture, folder, zip: `${folder}.zip` };
}

/**
 * The commands that compile an artifact, in this order.
 *
 * @param {import('./dart-toolchain.mjs').Toolchain} toolchain
 * @param {Artifact} artifact
 * @param {string} output the executable, relative to the service
 * @param {{ serviceDir: string, image?: string, uid?: number, gid?: number }} options
 * @returns {{ program: string, args: string[] }[]}
 */
export function compileCommands(toolchain, artifact, output, options) {
  const crossCompiles = toolchain.kind === 'container' || toolchain.crossCompiles;
  const target = crossCompiles
    ? ['--target-os=linux', `--target-arch=${TARGET_ARCH[artifact.architecture]}`]
    : [];
  const steps = [
    ['pub', 'get'],
    ['compile', 'exe', ...target, '-o', output, artifact.entryPoint],
  ];
  if (toolchain.kind === 'sdk') return steps.map((args) => ({ program: toolchain.dart, args }));
  const start = containerArguments(toolchain.engine.name, options);
  return steps.map((args) => ({
    program: toolchain.engine.path,
    args: [...start, 'dart', ...args],
  }));
}

/**
 * `run` with the service mounted under its own path, so that what `pub get` writes
 * holds outside of the container too, and as the calling user, so that the files
 * are the user's. The home folder is kept: it caches packages and the pieces that
 * cross-compiling downloads.
 *
 * @param {string} engine
 * @param {{ serviceDir: string, image?: string, uid?: number, gid?: number }} options
 */
function containerArguments(engine, { serviceDir, image = DEFAULT_IMAGE, uid, gid }) {
  const inside = /^[A-Za-z]:/.test(serviceDir) ? '/service' : serviceDir;
  const home = `${inside}/.dart_tool/container`;
  return [
    'run',
    '--rm',
    ...(uid === undefined ? [] : ['--user', `${uid}:${gid}`]),
    // Rootless Podman maps users, and SELinux would keep the container from the folder.
    ...(basename(engine) === 'podman' ? ['--userns=keep-id', '--security-opt=label=disable'] : []),
    '--mount',
    ['type=bind', `source=${serviceDir}`, `target=${inside}`].map(csv).join(','),
    '--workdir',
    inside,
    '--env',
    `HOME=${home}`,
    '--env',
    `PUB_CACHE=${home}/pub-cache`,
    image,
  ];
}

/** A field of --mount, which is a line of CSV. */
const csv = (/** @type {string} */ field) =>
  /[",]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;

export default class ServerlessDart {
  /** What is built, by the path of its zip. @type {Map<string, Artifact>} */
  #artifacts = new Map();

  /**
   * @param {any} serverless
   * @param {Record<string, any>} options of the command line
   * @param {any} utils what Serverless gives a plugin to print with
   */
  constructor(serverless, options, utils) {
    this.serverless = serverless;
    this.options = options;
    this.log = utils.log;
    const inContainer = {
      'build-in-container': {
        usage: 'Compile in a container, even if there is a Dart SDK',
        type: 'boolean',
      },
    };
    this.commands = {
      build: {
        usage: 'Compile the Dart code for AWS Lambda',
        lifecycleEvents: ['build'],
        options: {
          force: { usage: 'Build, even if nothing has changed', type: 'boolean' },
          ...inContainer,
        },
      },
      package: { options: inContainer },
      deploy: { options: inContainer, commands: { function: { options: inContainer } } },
    };
    this.hooks = {
      'build:build': () => this.#build(),
      'before:package:createDeploymentArtifacts': () => this.#build(),
      'before:deploy:function:packageFunction': () => this.#build(),
    };
  }

  /** Builds every artifact and tells Serverless which function has which. */
  async #build() {
    const { service } = this.serverless;
    for (const key of service.getAllFunctions()) {
      const definition = service.getFunction(key);
      const given = definition.package?.artifact;
      // A container image, or an artifact of the user's own, is not ours to build.
      if (definition.image || (given !== undefined && !this.#artifacts.has(given))) continue;
      const architecture = definition.architecture ?? service.provider.architecture ?? 'x86_64';
      const artifact = artifactOf(definition.handler, architecture);
      this.#artifacts.set(artifact.zip, artifact);
      // osls looks at a function's own artifact only when it is packaged individually.
      definition.package = { ...definition.package, individually: true, artifact: artifact.zip };
    }
    // Only of the service's artifact does osls see that it is the one deployed last.
    if (this.#artifacts.size === 1) [service.package.artifact] = this.#artifacts.keys();
    try {
      for (const artifact of this.#artifacts.values()) await this.#buildArtifact(artifact);
    } catch (error) {
      if (!(error instanceof BuildError)) throw error;
      throw new this.serverless.classes.Error(error.message, 'DART_BUILD_FAILED');
    }
  }

  /** A package with native code cannot become a single executable for another system. */
  async #refuseBuildHooks() {
    const hook = await buildHook(this.serverless.serviceDir);
    if (hook === undefined) return;
    throw new BuildError(
      `${hook.name} has a build hook (${hook.file}): it compiles native code, and ` +
        '`dart compile exe` takes none. `dart build cli` would make a folder of libraries, where ' +
        'AWS Lambda starts a single file. Use a package without native code.',
    );
  }

  async #buildArtifact(/** @type {Artifact} */ artifact) {
    const { serviceDir } = this.serverless;
    const { architecture, entryPoint } = artifact;
    const image = this.serverless.service.custom?.dart?.image;
    const toolchain = await findToolchain({
      architecture,
      serviceDir,
      inContainer: this.options['build-in-container'] === true,
    });
    const compiler =
      toolchain.kind === 'sdk'
        ? `dart ${toolchain.version}`
        : await imageId(toolchain.engine.path, image);
    const stamp = () => sourcesHash(serviceDir, [architecture, entryPoint, compiler]);
    if (!this.options.force && (await isUpToDate(serviceDir, artifact, await stamp()))) {
      this.log.notice(`Nothing has changed since ${artifact.zip} was built`);
      return;
    }
    await this.#refuseBuildHooks();
    this.log.notice(`Compiling ${entryPoint} for Linux ${architecture}: ${toolchain.why}`);
    const started = performance.now();
    // Built beside it and renamed: an interrupted build leaves the last good one.
    const building = `${artifact.folder}.${process.pid}`;
    await mkdir(join(serviceDir, building), { recursive: true });
    try {
      const commands = compileCommands(toolchain, artifact, `${building}/bootstrap`, {
        serviceDir,
        image,
        ...(process.getuid && { uid: process.getuid(), gid: process.getgid?.() ?? 0 }),
      });
      if (toolchain.kind === 'container') {
        await mkdir(join(serviceDir, '.dart_tool/container'), { recursive: true });
      }
      for (const { program, args } of commands) await runVisibly(program, args, serviceDir);
      await this.#refuseBuildHooks();
      const executable = join(serviceDir, building, 'bootstrap');
      const content = await readFile(executable);
      const problem = bootstrapProblem(content, architecture);
      if (problem) throw new BuildError(`AWS Lambda could not run what was compiled: ${problem}.`);
      await chmod(executable, 0o755);
      const zip = zipBootstrap(content);
      await writeFile(join(serviceDir, building, 'bootstrap.zip'), zip);
      const record = JSON.stringify({ stamp: await stamp(), zip: sha256(zip) });
      await rm(join(serviceDir, artifact.folder), { recursive: true, force: true });
      await rename(join(serviceDir, building, 'bootstrap.zip'), join(serviceDir, artifact.zip));
      await rename(join(serviceDir, building), join(serviceDir, artifact.folder));
      await writeFile(join(serviceDir, artifact.folder, 'build.json'), record);
      const seconds = ((performance.now() - started) / 1000).toFixed(1);
      this.log.notice(
        `Built ${artifact.zip}: ${megabytes(content)}, zipped ${megabytes(zip)}, in ${seconds} s`,
      );
    } finally {
      await rm(join(serviceDir, building), { recursive: true, force: true });
    }
  }
}

const megabytes = (/** @type {Buffer} */ content) => `${(content.length / 1e6).toFixed(1)} MB`;

/** @param {string} serviceDir @param {Artifact} artifact @param {string} stamp */
async function isUpToDate(serviceDir, artifact, stamp) {
  try {
    const record = await readFile(join(serviceDir, artifact.folder, 'build.json'), 'utf8');
    const zip = await readFile(join(serviceDir, artifact.zip));
    return record === JSON.stringify({ stamp, zip: sha256(zip) });
  } catch {
    return false; // never built, or deleted
  }
}

/** What tells one version of an image from another; its name while it is not pulled. */
async function imageId(/** @type {string} */ engine, image = DEFAULT_IMAGE) {
  const { stdout } = await run(engine, ['image', 'inspect', '--format', '{{.Id}}', image]);
  return `${image} ${stdout.trim()}`;
}

/**
 * Runs a program with its output shown, on standard error: standard output is for
 * what Serverless prints as a result.
 *
 * @param {string} program
 * @param {string[]} args
 * @param {string} cwd
 */
async function runVisibly(program, args, cwd) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 2, 2] });
  const ended = await new Promise((done, reject) => {
    child.on('error', reject);
    child.on('exit', (code, signal) => done(code ?? signal));
  });
  if (ended === 0) return;
  throw new BuildError(
    `${[basename(program), ...args].join(' ')} ended with ${ended}; what it says is above.`,
  );
}
