import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { shown } from './address.ts';
import { archiveBase, newestAddress, parseWanted, readNewest, zipAddress } from './archive.ts';
import { exists, type Place, placeOf, sdkIn } from './fetched.ts';
import * as messages from './messages.ts';
import { isMissing, StatusError } from './network-errors.ts';
import { type Network, request, requestText } from './request.ts';

export interface LookUpOptions extends Place {
  /** In the form of {@link parseWanted}; the newest stable one by default. */
  readonly version?: string | undefined;
  readonly signal: AbortSignal;
  /** The idle timeout of connections, in milliseconds; a minute by default. */
  readonly stallMs?: number;
}

/** An SDK of the archive. */
export interface FoundSdk {
  readonly version: string;
  /** Such as `linux-x64`. */
  readonly target: string;
  readonly zip: URL;
  /** Its folder, once it is installed. */
  readonly folder: string;
  readonly installed: boolean;
  /** The size of its zip file in bytes, where it was asked for and is known. */
  readonly bytes: number | undefined;
}

const STALL_MS = 60_000;

/** The settings of requests. */
export const networkOf = ({ env, signal, stallMs = STALL_MS }: LookUpOptions): Network => ({
  env,
  signal,
  stallMs,
});

/**
 * Looks up an SDK without fetching it: its version, whether it is installed, and its size. Needs no
 * network for an exact version that is installed.
 *
 * @param options `size`: whether to look up the size, which takes a request
 * @throws InvalidValueError for an invalid version; UserError when the archive has no such SDK or
 *   cannot be reached; CancelledError
 */
export async function lookUpDartSdk({
  size = true,
  ...options
}: LookUpOptions & { readonly size?: boolean }): Promise<FoundSdk> {
  const wanted = parseWanted(options.version ?? 'latest');
  const { target, cache, platform, architecture } = placeOf(options);
  if (target === undefined) {
    throw new UserError(
      messages.noneForMachine({ system: platform, processor: architecture }),
      'get one from https://dart.dev/get-dart, and set DART_SDK to its folder',
    );
  }
  const base = archiveBase(options.env);
  const network = networkOf(options);
  const version = wanted.version ?? (await newestOf(newestAddress(base, wanted.channel)));
  const zip = zipAddress(base, { ...wanted, version }, target);
  const folder = join(cache, `${version}-${target}`);
  const installed = await exists(sdkIn(folder, version, platform).dart);
  const bytes = size && !installed ? await sizeOf() : undefined;
  return { version, target, zip, folder, installed, bytes };

  async function newestOf(address: URL): Promise<string> {
    const newest = readNewest(await requestText(address, network), wanted.channel);
    if (newest !== undefined) return newest;
    throw new UserError(
      messages.namesNoVersion({ address: shown(address) }),
      'open that address in a browser: a network may want you to sign in',
    );
  }

  async function sizeOf(): Promise<number | undefined> {
    try {
      return await request('HEAD', zip, network, async (response) => response.bytes);
    } catch (error) {
      if (isMissing(error)) throw noSuchVersion(version, target as string, zip);
      // Not every mirror supports HEAD.
      if (error instanceof StatusError && [405, 501].includes(error.status)) return undefined;
      throw error;
    }
  }
}

/** Makes the error for a version that the archive does not have for the machine. */
const noSuchVersion = (version: string, target: string, zip: URL): UserError =>
  new UserError(
    messages.noSuchVersion({ version, machine: target, address: shown(zip) }),
    'a version of https://dart.dev/get-dart/archive, or no --version for the newest',
  );
