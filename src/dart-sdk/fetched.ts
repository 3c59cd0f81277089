import * as fs from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchedSdks, sdkCache, sdkTarget } from '../../templates/service/tool/dart-cache.mjs';
import { withStaging } from '../changes/staging.ts';
import { errorCode, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { newestFirst } from './archive.ts';
import { writing } from './disk.ts';
import * as messages from './messages.ts';

/** A machine and its folder of SDKs; by default this one and the user's cache. */
export interface Place {
  readonly env: Env;
  /** As in `process.platform`. */
  readonly platform?: string;
  /** As in `process.arch`. */
  readonly architecture?: string;
  /** The folder of all fetched SDKs. */
  readonly cache?: string;
}

/** A fetched Dart SDK. */
export interface FetchedSdk {
  readonly version: string;
  /** The folder of the SDK, with `bin/` and `lib/`. */
  readonly folder: string;
  /** The path of the `dart` program. */
  readonly dart: string;
}

/** Adds the defaults to a place. */
export function placeOf({
  env,
  platform = process.platform,
  architecture = process.arch,
  cache = sdkCache(env, platform),
}: Place) {
  return { platform, architecture, target: sdkTarget(platform, architecture), cache };
}

/** Describes the SDK in a folder. */
export const sdkIn = (folder: string, version: string, platform: string): FetchedSdk => ({
  version,
  folder,
  dart: join(folder, 'bin', platform === 'win32' ? 'dart.exe' : 'dart'),
});

/**
 * Lists the SDKs fetched for the machine, the newest first. Uses no network.
 *
 * @throws UserError when their folder cannot be read
 */
export async function listDartSdks(place: Place): Promise<readonly FetchedSdk[]> {
  const { cache, target, platform } = placeOf(place);
  const sdks = await writing(cache, () => fetchedSdks(cache, target));
  return sdks
    .map(({ version, folder }) => sdkIn(folder, version, platform))
    .sort((a, b) => newestFirst(a.version, b.version));
}

/**
 * Deletes a fetched SDK atomically. If this process is killed, a hidden folder is left over, which
 * the next run deletes.
 *
 * @throws UserError when there is no such version, or it cannot be deleted
 */
export async function removeDartSdk(version: string, place: Place): Promise<FetchedSdk> {
  const sdks = await listDartSdks(place);
  const sdk = sdks.find((one) => one.version === version);
  if (sdk === undefined) {
    throw new UserError(
      messages.notFetched({ version }),
      'create-lambda-hello install-dart --list',
    );
  }
  const { cache } = placeOf(place);
  await writing(cache, () =>
    withStaging(cache, fs, async (staging) => {
      await fs.rename(sdk.folder, join(staging, version)).catch((error: unknown) => {
        throw inUse(error, sdk) ?? error;
      });
    }),
  );
  return sdk;
}

/** The errors of Windows for moving a folder with a running program. */
const inUse = (error: unknown, { version, folder }: FetchedSdk): UserError | undefined =>
  process.platform === 'win32' && LOCKED.has(errorCode(error))
    ? new UserError(
        messages.inUse({ version, folder }),
        'stop what runs it, such as  create-lambda-hello dev  or an editor, and try again',
      )
    : undefined;

/**
 * Moves the folder of an SDK to its place atomically. Keeps an SDK that is already there.
 *
 * @param trash a folder for anything else that is there
 */
export async function putInPlace(
  staged: string,
  { folder, dart }: FetchedSdk,
  trash: string,
): Promise<void> {
  for (let tries = process.platform === 'win32' ? 50 : 1; ; tries--) {
    try {
      return await fs.rename(staged, folder);
    } catch (error) {
      if (await exists(dart)) return;
      if (await exists(folder)) await fs.rename(folder, join(trash, 'no-sdk'));
      // On Windows, a virus scanner reads new programs, which blocks moving them.
      else if (tries <= 1 || !LOCKED.has(errorCode(error))) throw error;
      else await sleep(200);
    }
  }
}

/** The errors of Windows for a file in use. */
const LOCKED = new Set<string | undefined>(['EPERM', 'EBUSY', 'EACCES']);

/** Tells whether something is at the path. */
export const exists = (path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );

/** Creates the folder of all SDKs. */
export const makeCache = (cache: string): Promise<unknown> =>
  writing(cache, () => fs.mkdir(cache, { recursive: true }));
