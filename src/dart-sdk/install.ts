import * as fs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { withStaging } from '../changes/staging.ts';
import { UserError } from '../errors.ts';
import type { Message } from '../message.ts';
import { freeBytes as freeBytesOfDisk } from '../tools/machine.ts';
import { shown } from './address.ts';
import { checksumAddress, readChecksum } from './archive.ts';
import { type FreeBytes, requireRoom, writing } from './disk.ts';
import { download, type Progress } from './download.ts';
import { exists, type FetchedSdk, makeCache, placeOf, putInPlace, sdkIn } from './fetched.ts';
import { type LookUpOptions, lookUpDartSdk, networkOf } from './look-up.ts';
import * as messages from './messages.ts';
import { isMissing } from './network-errors.ts';
import { type Network, requestText } from './request.ts';
import { unpack } from './unpack.ts';
import { TOP, unsafe } from './zip-plan.ts';

export interface InstallOptions extends LookUpOptions {
  /** Called often, first with downloaded bytes, then with the number of unpacked files. */
  readonly onProgress?: (step: 'fetch' | 'unpack', progress: Progress) => void;
  /** Returns the free space of a disk. */
  readonly freeBytes?: FreeBytes;
}

/** The space for an SDK, by the size of its zip file: itself, and about three times that unpacked. */
const ROOM = 1 + 3.2;

/**
 * Fetches a Dart SDK into the user's cache, unless it is there. The SDK is complete or missing,
 * even if this process is killed or several run at once.
 *
 * @throws UserError when the SDK cannot be downloaded, does not match its checksum, or there is too
 *   little space; CancelledError. Nothing is kept then.
 */
export async function installDartSdk(
  options: InstallOptions,
): Promise<FetchedSdk & { readonly fetched: boolean }> {
  const found = await lookUpDartSdk({ ...options, size: false });
  const { version, zip, folder } = found;
  const { cache, platform } = placeOf(options);
  const sdk = sdkIn(folder, version, platform);
  if (found.installed) return { ...sdk, fetched: false };
  const checksum = await checksumOf(zip, version, options);
  await makeCache(cache);
  await writing(cache, () =>
    withStaging(cache, fs, async (staging) => {
      const unpacked = await fetchInto(staging, zip, checksum, options);
      const { dart } = sdkIn(unpacked, version, platform);
      if (!(await exists(dart))) throw unsafe(messages.lacksDart());
      await putInPlace(unpacked, sdk, staging);
    }),
  );
  return { ...sdk, fetched: true };
}

/** Downloads, checks and unpacks an SDK into the folder. Returns the SDK's own folder in it. */
async function fetchInto(
  folder: string,
  zip: URL,
  checksum: string,
  options: InstallOptions,
): Promise<string> {
  const { freeBytes = freeBytesOfDisk, onProgress, signal } = options;
  const room = (bytes: number) => requireRoom(bytes, dirname(folder), freeBytes);
  const file = join(folder, 'sdk.zip');
  const actual = await download(zip, file, {
    ...networkOf(options),
    onLength: (bytes) => room(bytes * ROOM),
    onProgress: (progress) => onProgress?.('fetch', progress),
  });
  if (actual !== checksum) throw wrongChecksum(zip, checksum, actual);
  const unpacked = join(folder, 'unpacked');
  await unpack(file, unpacked, {
    signal,
    onBytes: room,
    onProgress: (progress) => onProgress?.('unpack', progress),
  });
  return join(unpacked, TOP);
}

/** Fetches the SHA-256 of a zip file from the archive. */
async function checksumOf(zip: URL, version: string, options: InstallOptions): Promise<string> {
  try {
    return await readChecksumOf(zip, networkOf(options));
  } catch (error) {
    if (!isMissing(error)) throw error;
    // Either there is no such version, or only its checksum is missing.
    await lookUpDartSdk({ ...options, version });
    throw unchecked(messages.noChecksum({ address: shown(zip) }));
  }
}

async function readChecksumOf(zip: URL, network: Network): Promise<string> {
  const address = checksumAddress(zip);
  const checksum = readChecksum(await requestText(address, network));
  if (checksum === undefined) throw unchecked(messages.notAChecksum({ address: shown(address) }));
  return checksum;
}

const unchecked = (problem: Message): UserError =>
  new UserError(
    problem,
    'open that address in a browser: a network may want you to sign in, and a mirror may lack it',
  );

const wrongChecksum = (zip: URL, expected: string, actual: string): UserError =>
  new UserError(
    messages.wrongChecksum({ address: shown(zip), sum: actual, expectedSum: expected }),
    'again; if it stays so, another archive by FLUTTER_STORAGE_BASE_URL',
  );
