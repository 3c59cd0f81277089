import * as fs from 'node:fs/promises';
import { mkdir, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fetchedSdks, sdkCache, sdkTarget } from '../../templates/service/tool/dart-cache.mjs';
import { withStaging } from '../changes/staging.ts';
import { errorCode, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { newestFirst } from './archive.ts';
import { writing } from './disk.ts';

/** For which machine, and where SDKs are kept; this one and its user's cache unless given. */
export interface Place {
  readonly env: Env;
  /** As `process.platform`. */
  readonly platform?: string;
  /** As `process.arch`. */
  readonly architecture?: string;
  /** The folder of all fetched SDKs. */
  readonly cache?: string;
}

/** A Dart SDK that was fetched. */
export interface FetchedSdk {
  readonly version: string;
  /** Of the SDK: `bin/` and `lib/` are in it. */
  readonly folder: string;
  /** The program. */
  readonly dart: string;
}

/** The place with its defaults. */
export function placeOf({ env, platform = process.platform, architecture, cache }: Place) {
  return {
    platform,
    architecture: architecture ?? process.arch,
    target: sdkTarget(platform, architecture ?? process.arch),
    cache: cache ?? sdkCache(env, platform),
  };
}

/** The folder of an SDK as what it is. */
export const sdkIn = (folder: string, version: string, platform: string): FetchedSdk => ({
  version,
  folder,
  dart: join(folder, 'bin', platform === 'win32' ? 'dart.exe' : 'dart'),
});

/**
 * The SDKs that were fetched for the machine, the newest first. Uses no network.
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
 * Deletes a fetched SDK. It is gone as a whole, at once: killed on the way, this
 * leaves a hidden folder, which the next run deletes.
 *
 * @throws UserError when there is none of that version, or it cannot be deleted
 */
export async function removeDartSdk(version: string, place: Place): Promise<FetchedSdk> {
  const sdks = await listDartSdks(place);
  const sdk = sdks.find((one) => one.version === version);
  if (sdk === undefined) {
    throw new UserError(
      `install-dart has not fetched a Dart SDK ${version}.`,
      'create-lambda-hello install-dart --list',
    );
  }
  const { cache } = placeOf(place);
  await writing(cache, () =>
    withStaging(cache, fs, async (staging) => {
      await rename(sdk.folder, join(staging, version)).catch((error: unknown) => {
        throw inUse(error, sdk) ?? error;
      });
    }),
  );
  return sdk;
}

/** Windows moves no folder of which a program runs. */
const inUse = (error: unknown, { version, folder }: FetchedSdk): UserError | undefined =>
  process.platform === 'win32' && LOCKED.has(errorCode(error))
    ? new UserError(
        `Dart ${version} in ${folder} is in use. Nothing was removed.`,
        'stop what runs it, such as  create-lambda-hello dev  or an editor, and try again',
      )
    : undefined;

/**
 * Puts the folder of an SDK where it belongs, in one step. Whoever is second leaves
 * what is there.
 *
 * @param trash a folder for what is there and is no SDK
 */
export async function putInPlace(
  staged: string,
  { folder, dart }: FetchedSdk,
  trash: string,
): Promise<void> {
  for (let tries = process.platform === 'win32' ? 50 : 1; ; tries--) {
    try {
      return await rename(staged, folder);
    } catch (error) {
      if (await exists(dart)) return;
      if (await exists(folder)) await rename(folder, join(trash, 'no-sdk'));
      // A virus scanner on Windows reads new programs, which cannot be moved meanwhile.
      else if (tries <= 1 || !LOCKED.has(errorCode(error))) throw error;
      else await sleep(200);
    }
  }
}

/** How Windows says that a file is in use. */
const LOCKED = new Set<string | undefined>(['EPERM', 'EBUSY', 'EACCES']);

/** Whether there is something at the path. */
export const exists = (path: string): Promise<boolean> =>
  fs.stat(path).then(
    () => true,
    () => false,
  );

/** Makes the folder of all SDKs. */
export const makeCache = (cache: string): Promise<unknown> =>
  writing(cache, () => mkdir(cache, { recursive: true }));
