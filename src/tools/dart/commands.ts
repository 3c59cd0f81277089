import { existsSync } from 'node:fs';
import { join, normalize } from 'node:path';
import { artifactOf } from '../../../templates/service/tool/serverless-dart.mjs';
import { UserError } from '../../errors.ts';
import type { Command } from '../command.ts';
import * as messages from './messages.ts';

export { entryPointOf } from '../../../templates/service/tool/serverless-dart.mjs';

/** Fetches the packages of a service and writes .dart_tool/package_config.json. */
export function dartPubGet(dart: string, folder: string): Command {
  return { tool: dart, args: ['pub', 'get'], cwd: folder };
}

/** Runs the tests of a service. */
export function dartTest(dart: string, folder: string, options: readonly string[]): Command {
  return { tool: dart, args: ['test', ...options], cwd: folder };
}

/** Compiles a file of a service to a kernel file (https://dart.dev/tools/dart-compile#kernel). */
export function dartCompileKernel(
  dart: string,
  folder: string,
  entryPoint: string,
  output: string,
): Command {
  const args = ['compile', 'kernel', '-o', output, join(...entryPoint.split('/'))];
  return { tool: dart, args, cwd: folder };
}

/**
 * Runs a Dart file or a kernel file of a service (https://dart.dev/tools/dart-run).
 * `reloadable`: starts the VM service, which can replace the code, on a free port and with an
 * authentication code.
 */
export function dartRun(
  dart: string,
  folder: string,
  file: string,
  { reloadable }: { readonly reloadable: boolean },
): Command {
  const service = ['--enable-vm-service=0', '--no-dds', '--no-serve-devtools'];
  return {
    tool: dart,
    args: ['run', ...(reloadable ? service : []), normalize(file)],
    cwd: folder,
  };
}

/**
 * Runs the executable that `build` has compiled.
 *
 * @throws UserError when there is none, or when it is for another architecture
 */
export function bootstrapCommand(folder: string, handler: string, architecture: string): Command {
  const path = join(folder, artifactOf(handler, architecture).folder, 'bootstrap');
  const own = process.arch === 'arm64' ? 'arm64' : 'x86_64';
  if (process.platform !== 'linux' || architecture !== own) {
    throw new UserError(
      messages.builtForAnother({
        path,
        processor: architecture,
        system: process.platform,
        ownProcessor: own,
      }),
      'leave --bootstrap out: dev runs the sources then',
    );
  }
  if (!existsSync(path)) {
    throw new UserError(messages.notBuilt({ path }), 'create-lambda-hello build');
  }
  return { tool: path, args: [], cwd: folder };
}
