// A Serverless plugin that compiles this service's Dart to the executable
// `bootstrap`, which is what AWS Lambda starts. It adds `serverless build`, and
// compiles before every packaging. It needs nothing but Node.js and a Dart SDK.

import { spawn } from 'node:child_process';
import { access, chmod, constants } from 'node:fs/promises';
import { delimiter, join } from 'node:path';

/** How Dart calls the processors of AWS Lambda (`dart compile exe --target-arch`). */
const TARGET_ARCH = { arm64: 'arm64', x86_64: 'x64' };

/** The Dart file that a handler is in: `lib/main.dart` for `main.hello`. */
export function entryPointOf(/** @type {string} */ handler) {
  return `lib/${handler.slice(0, handler.lastIndexOf('.'))}.dart`;
}

/**
 * The `dart` program: of the SDK that DART_SDK names, else the first on PATH.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {string} platform as `process.platform`
 * @returns the program's path when there is one, and the folders that were looked at
 */
export async function findDart(env = process.env, platform = process.platform) {
  const path = env.PATH ?? env.Path ?? '';
  const searched = [
    ...(env.DART_SDK ? [join(env.DART_SDK, 'bin')] : []),
    ...path.split(delimiter).filter((folder) => folder !== ''),
  ];
  for (const folder of searched) {
    const dart = join(folder, platform === 'win32' ? 'dart.exe' : 'dart');
    if (await isExecutable(dart)) return { dart, searched };
  }
  return { dart: undefined, searched };
}

async function isExecutable(/** @type {string} */ path) {
  try {
    await access(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The arguments of `dart` that compile a file for AWS Lambda.
 *
 * @param {string} entryPoint
 * @param {string} architecture as in serverless.yml
 * @param {string} output
 */
export function compileArguments(entryPoint, architecture, output) {
  const arch = TARGET_ARCH[/** @type {keyof typeof TARGET_ARCH} */ (architecture)];
  if (arch === undefined) {
    throw new Error(`architecture: ${architecture} is not arm64 or x86_64 (serverless.yml)`);
  }
  return ['compile', 'exe', '--target-os=linux', `--target-arch=${arch}`, entryPoint, '-o', output];
}

/** Runs a program with its output shown; throws when it fails. */
async function run(
  /** @type {string} */ program,
  /** @type {string[]} */ args,
  /** @type {string} */ cwd,
) {
  const child = spawn(program, args, { cwd, stdio: ['ignore', 'inherit', 'inherit'] });
  const code = await new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('exit', (exitCode, signal) => resolve(exitCode ?? signal));
  });
  if (code !== 0) throw new Error(`${[program, ...args].join(' ')} ended with ${code}`);
}

export default class ServerlessDart {
  /**
   * @param {any} serverless
   * @param {unknown} _options
   * @param {any} utils what Serverless gives a plugin to print with
   */
  constructor(serverless, _options, utils) {
    this.serverless = serverless;
    this.log = utils.log;
    this.commands = {
      build: {
        usage: 'Compile the Dart code for AWS Lambda',
        lifecycleEvents: ['build'],
      },
    };
    this.hooks = {
      'build:build': () => this.build(),
      'before:package:createDeploymentArtifacts': () => this.build(),
      'before:deploy:function:packageFunction': () => this.build(),
    };
  }

  async build() {
    const { service, serviceDir } = this.serverless;
    const handlers = service
      .getAllFunctions()
      .map((/** @type {string} */ key) => service.getFunction(key).handler);
    const entryPoints = new Set(handlers.map(entryPointOf));
    if (entryPoints.size !== 1) {
      throw new Error(
        `the handlers name ${entryPoints.size} Dart files (${[...entryPoints].join(', ')}); ` +
          'one executable is built, from one file: let all handlers start with `main.`',
      );
    }
    const [entryPoint] = entryPoints;
    const { dart, searched } = await findDart();
    if (dart === undefined) {
      throw new Error(
        `no Dart SDK found (looked in ${searched.join(', ')}). ` +
          'Install it from https://dart.dev/get-dart, or set DART_SDK to its folder',
      );
    }
    const architecture = service.provider.architecture ?? 'x86_64';
    this.log.notice(`Compiling ${entryPoint} for Linux ${architecture} with ${dart}`);
    await run(dart, ['pub', 'get'], serviceDir);
    await run(dart, compileArguments(entryPoint, architecture, 'bootstrap'), serviceDir);
    await chmod(join(serviceDir, 'bootstrap'), 0o755);
  }
}
