// Finds a Dart SDK that is installed on this machine.

import { execFile } from 'node:child_process';
import { access, constants, open } from 'node:fs/promises';
import { delimiter, join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What a generated service asks for in pubspec.yaml. */
const OLDEST = { major: 3, minor: 8 };

/** In the first lines of bin/dart. */
const STAND_IN = 'stand-in for the Dart SDK';

/**
 * The SDK that DART_SDK names, else the first usable one on PATH. One that DART_SDK names and that
 * is unusable is an error: something else than what was asked for must not be tested in silence.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {(note: string) => void} log
 */
export async function findSdk(env, log) {
  if (env.DART_SDK) {
    const binDir = join(env.DART_SDK, 'bin');
    const found = await examine(binDir);
    if ('version' in found) return { binDir, ...found };
    if (found.problem === 'none') throw new Error(`DART_SDK is set, but ${binDir} has no dart`);
    if (found.problem !== 'stand-in') throw new Error(`DART_SDK is set, but ${found.problem}`);
  }
  for (const binDir of (env.PATH ?? '').split(delimiter)) {
    if (binDir === '') continue;
    const found = await examine(binDir);
    if ('version' in found) return { binDir, ...found };
    if (found.problem !== 'stand-in' && found.problem !== 'none') log(`not used: ${found.problem}`);
  }
  return undefined;
}

/**
 * @param {string} binDir
 * @returns {Promise<{ dart: string, version: string } | { problem: 'none' | 'stand-in' | string }>}
 */
async function examine(binDir) {
  const dart = join(binDir, process.platform === 'win32' ? 'dart.exe' : 'dart');
  try {
    await access(dart, constants.X_OK);
  } catch {
    return { problem: 'none' };
  }
  if (await isStandIn(dart)) return { problem: 'stand-in' };
  try {
    const { stdout } = await run(dart, ['--version']);
    const version = /^Dart SDK version: ((\d+)\.(\d+)\.\S+)/m.exec(stdout);
    if (version?.[1] === undefined) return { problem: `${dart} --version printed ${stdout}` };
    const [major, minor] = [Number(version[2]), Number(version[3])];
    if (major < OLDEST.major || (major === OLDEST.major && minor < OLDEST.minor)) {
      return { problem: `${dart} is Dart ${version[1]}, older than 3.8` };
    }
    // A bare VM prints the same version, and lacks the SDK's commands.
    await run(dart, ['pub', '--help']);
    return { dart, version: version[1] };
  } catch (error) {
    return { problem: `${dart} does not work: ${error instanceof Error ? error.message : error}` };
  }
}

/** Whether it is our own bin/dart, a copy of it or a link to it: a test may have put it on PATH. */
async function isStandIn(/** @type {string} */ dart) {
  const file = await open(dart);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
    return buffer.toString('latin1', 0, bytesRead).includes(STAND_IN);
  } finally {
    await file.close();
  }
}
