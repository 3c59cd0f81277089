import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { sdkTarget } from '../../../templates/service/tool/dart-cache.mjs';
import type { Env } from '../../util/env.ts';

/** A machine, as Node.js names it, and what is compiled for on it. */
export interface CrossCompilation {
  readonly env: Env;
  readonly platform: string;
  readonly architecture: string;
  /** Of Dart. */
  readonly version: string;
  /** A processor as serverless.yml names it. */
  readonly target: string;
}

/**
 * Tells whether `dart compile exe` has the two files that it fetches for a Linux of another
 * processor or from another system. False also where that is not known: they are in a folder of
 * Dart's own, which has been renamed once (pkg/dartdev/lib/src/sdk_cache.dart of the Dart SDK).
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
