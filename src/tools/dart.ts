import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  artifactOf,
  BuildError,
  findDart,
  findToolchain,
} from '../../templates/service/tool/serverless-dart.mjs';
import { UserError } from '../errors.ts';
import type { Command } from './command.ts';

/** One implementation: what every service builds with finds its toolchain here too. */
export {
  CROSS_COMPILES_SINCE,
  compareVersions,
  entryPointOf,
  findContainerEngine,
  findDart,
  readDartVersion,
} from '../../templates/service/tool/serverless-dart.mjs';

/**
 * The path of the `dart` program, found as the service's own build finds it.
 *
 * @throws UserError naming the folders that were searched
 */
export async function requireDart(
  env: Readonly<Record<string, string | undefined>>,
): Promise<string> {
  const { dart, searched } = await findDart(env);
  if (dart !== undefined) return dart;
  throw new UserError(
    `no Dart SDK was found. Searched: ${searched.join(', ') || 'nothing, PATH is empty'}.`,
    'install it from https://dart.dev/get-dart, or set DART_SDK to its folder',
  );
}

/** Fetches the packages of a service and writes .dart_tool/package_config.json. */
export function dartPubGet(dart: string, folder: string): Command {
  return { tool: dart, args: ['pub', 'get'], cwd: folder };
}

/** Runs the tests of a service. */
export function dartTest(dart: string, folder: string, options: readonly string[]): Command {
  return { tool: dart, args: ['test', ...options], cwd: folder };
}

/**
 * Runs a file of a service from source (https://dart.dev/tools/dart-run).
 * `reloadable`: with the VM service, by which its code can be replaced, on a free
 * port of its own and with an authentication code.
 */
export function dartRun(
  dart: string,
  folder: string,
  entryPoint: string,
  { reloadable }: { readonly reloadable: boolean },
): Command {
  const service = ['--enable-vm-service=0', '--no-dds', '--no-serve-devtools'];
  const args = ['run', ...(reloadable ? service : []), join(...entryPoint.split('/'))];
  return { tool: dart, args, cwd: folder };
}

/**
 * Runs the executable that `build` has compiled.
 *
 * @throws UserError when there is none, or when it is for another kind of machine
 */
export function bootstrapCommand(folder: string, handler: string, architecture: string): Command {
  const path = join(folder, artifactOf(handler, architecture).folder, 'bootstrap');
  const own = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  if (process.platform !== 'linux' || architecture !== own) {
    throw new UserError(
      `${path} is for Linux on ${architecture}, and this is ${process.platform} on ${own}.`,
      'leave --bootstrap out: dev runs the sources then',
    );
  }
  if (!existsSync(path)) {
    throw new UserError(`there is no ${path}.`, 'create-lambda-hello build');
  }
  return { tool: path, args: [], cwd: folder };
}

/**
 * Checks that something here can compile for the processors, as the service's own
 * build will look for it.
 *
 * @throws UserError naming what was searched
 */
export async function requireToolchain(
  architectures: readonly string[],
  options: {
    readonly inContainer: boolean;
    readonly env: Readonly<Record<string, string | undefined>>;
  },
): Promise<void> {
  try {
    for (const architecture of architectures) await findToolchain({ architecture, ...options });
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    const lines = error.message.trimEnd().split('\n');
    // Its last line says what to do.
    const hint = lines.length > 1 ? lines.pop() : undefined;
    throw new UserError(lines.join('\n'), hint);
  }
}
