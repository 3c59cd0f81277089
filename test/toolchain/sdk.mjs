// Finds a Dart SDK that is installed on this machine, where the program itself would find it.

import { execFile } from 'node:child_process';
import { open } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { searchDartSdks } from '../../templates/service/tool/dart-sdk.mjs';

const run = promisify(execFile);

/** In the first lines of bin/dart. */
const STAND_IN = 'stand-in for the Dart SDK';

/**
 * The SDK that DART_SDK names, else the first usable one. One that DART_SDK names and that is
 * unusable is an error: something else than what was asked for must not be tested in silence.
 *
 * @param {Readonly<Record<string, string | undefined>>} env
 * @param {(note: string) => void} log
 */
export async function findSdk(env, log) {
  for await (const place of searchDartSdks({ env })) {
    // A test may have put our own on PATH.
    if (place.found !== 'missing' && (await isStandIn(place.place))) continue;
    const problem = 'problem' in place ? place.problem : await problemWith(place.dart);
    if (problem === undefined && 'dart' in place) {
      const { dart, version } = place;
      return { binDir: dirname(dart), dart, version };
    }
    if (place.source === 'DART_SDK') throw new Error(`DART_SDK is set, but ${problem}`);
    if (place.found !== 'missing') log(`not used: ${problem}`);
  }
  return undefined;
}

/** A bare VM tells the same version, and lacks the SDK's commands. */
async function problemWith(/** @type {string} */ dart) {
  try {
    await run(dart, ['pub', '--help']);
    return undefined;
  } catch (error) {
    return `${dart} does not work: ${error instanceof Error ? error.message : error}`;
  }
}

/** Whether it is our own bin/dart, a copy of it or a link to it; not for a folder. */
async function isStandIn(/** @type {string} */ place) {
  try {
    const file = await open(place);
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(512), 0, 512, 0);
      return buffer.toString('latin1', 0, bytesRead).includes(STAND_IN);
    } finally {
      await file.close();
    }
  } catch {
    return false; // a folder, or not to be read: no SDK in any case, which is told
  }
}
