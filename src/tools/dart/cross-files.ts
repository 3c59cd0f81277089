import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sdkTarget } from '../../../templates/service/tool/dart-cache.mjs';
import type { Env } from '../../util/env.ts';

/** A machine, named as in Node.js, and the target of compilation. */
export interface CrossCompilation {
  readonly env: Env;
  readonly platform: string;
  readonly architecture: string;
  /** The version of Dart. */
  readonly version: string;
  /** The target architecture, named as in serverless.yml. */
  readonly target: string;
}

/**
 * Tells whether `dart compile exe` already has the two files that it fetches to cross-compile for
 * Linux. False also where that is unknown: Dart's folder for them has been renamed before
 * (https://github.com/dart-lang/sdk/blob/main/pkg/dartdev/lib/src/sdk_cache.dart).
 */
export function hasCrossFiles(options: CrossCompilation): boolean {
  const { env, platform, architecture, version, target } = options;
  const windows = platform === 'win32';
  const home = windows ? env.APPDATA : env.HOME || homedir();
  const host = sdkTarget(platform, architecture)?.replace('-', '_');
  if (home === undefined || host === undefined) return false;
  const linux = `linux_${target === 'x86_64' ? 'x64' : target}`;
  const files = [
    `gen_snapshot_${host}_${linux}${windows ? '.exe' : ''}`,
    `dartaotruntime_${linux}`,
  ];
  return [join(home, '.dart', version), join(home, '.dart', 'dartdev', 'sdk_cache', version)].some(
    (folder) => files.every((file) => existsSync(join(folder, file))),
  );
}
