import { join } from 'node:path';
import { UserError } from '../errors.ts';
import { shown } from './address.ts';
import { archiveBase, newestAddress, parseWanted, readNewest, zipAddress } from './archive.ts';
import { exists, type Place, placeOf, sdkIn } from './fetched.ts';
import { isMissing, StatusError } from './network-errors.ts';
import { type Network, request, requestText } from './request.ts';

/** Which SDK is wanted, and how to ask for it. */
export interface LookUpOptions extends Place {
  /** As {@link parseWanted} reads it; the newest stable one unless given. */
  readonly version?: string | undefined;
  readonly signal: AbortSignal;
  /** How long nothing may come until it is given up; a minute unless given. */
  readonly stallMs?: number;
}

/** An SDK of the archive. */
export interface FoundSdk {
  readonly version: string;
  /** `linux-x64` for example. */
  readonly target: string;
  readonly zip: URL;
  /** Where it is, or will be. */
  readonly folder: string;
  readonly installed: boolean;
  /** The size of its file, where the archive tells and it was asked for. */
  readonly bytes: number | undefined;
}

const STALL_MS = 60_000;

/** How requests are made. */
export const networkOf = ({ env, signal, stallMs = STALL_MS }: LookUpOptions): Network => ({
  env,
  signal,
  stallMs,
});

/**
 * Looks for an SDK without fetching it: which version is the newest, whether it is
 * here, and how large it is. An exact version that is here is found without the network.
 *
 * @param options `size`: whether to ask how large it is, which takes a request
 * @throws InvalidValueError for a version that is none; UserError when the archive has
 *   no such SDK or cannot be reached; CancelledError
 */
export async function lookUpDartSdk({
  size = true,
  ...options
}: LookUpOptions & { readonly size?: boolean }): Promise<FoundSdk> {
  const wanted = parseWanted(options.version ?? 'latest');
  const { target, cache, platform, architecture } = placeOf(options);
  if (target === undefined) {
    throw new UserError(
      `there is no Dart SDK to fetch for ${platform} on ${architecture}.`,
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
      `${shown(address)} does not name a version of Dart.`,
      'open that address in a browser: a network may want you to sign in',
    );
  }

  async function sizeOf(): Promise<number | undefined> {
    try {
      return await request('HEAD', zip, network, async (response) => response.bytes);
    } catch (error) {
      if (isMissing(error)) throw noSuchVersion(version, target as string, zip);
      // Not every mirror knows HEAD.
      if (error instanceof StatusError && [405, 501].includes(error.status)) return undefined;
      throw error;
    }
  }
}

/** What is said of a version that the archive does not have for the machine. */
const noSuchVersion = (version: string, target: string, zip: URL): UserError =>
  new UserError(
    `there is no Dart SDK ${version} for ${target} in the archive: ${shown(zip)}`,
    'a version of https://dart.dev/get-dart/archive, or no --version for the newest',
  );
