import { InvalidValueError, UserError } from '../errors.ts';
import type { Env } from '../util/env.ts';
import { inQuotes } from '../util/text.ts';
import { parseAddress } from './address.ts';
import * as messages from './messages.ts';

/*
 * Knows the URLs of the archive of Dart SDKs (https://dart.dev/get-dart/archive). Sends no requests.
 */

const CHANNELS = ['stable', 'beta', 'dev'] as const;
export type Channel = (typeof CHANNELS)[number];

/** A version, or the newest one of a channel. */
export interface Wanted {
  readonly channel: Channel;
  /** Undefined for the newest. */
  readonly version: string | undefined;
}

/** The first version that cross-compiles for Linux, which every service needs. */
const OLDEST = [3, 8] as const;

const VERSION = /^(\d{1,4})\.(\d{1,4})\.(\d{1,4})(?:-\d{1,5}\.\d{1,5}\.(beta|dev))?$/;

/**
 * Parses the value of --version: `3.10.1`, `3.11.0-93.1.beta`, `latest` or a channel.
 *
 * @throws InvalidValueError when it is neither, or too old
 */
export function parseWanted(text: string): Wanted {
  const word = text.trim();
  if (word === 'latest') return { channel: 'stable', version: undefined };
  const channel = CHANNELS.find((name) => name === word);
  if (channel !== undefined) return { channel, version: undefined };
  const version = word.replace(/^v(?=\d)/, '');
  const match = VERSION.exec(version);
  if (match === null) {
    throw new InvalidValueError(messages.notAVersion({ version: inQuotes(text) }), '3.10.1');
  }
  const [major, minor] = [Number(match[1]), Number(match[2])];
  if (major < OLDEST[0] || (major === OLDEST[0] && minor < OLDEST[1])) {
    throw new InvalidValueError(
      messages.tooOld({ version, oldest: `${OLDEST.join('.')}.0` }),
      'latest',
    );
  }
  return { channel: (match[4] as Channel | undefined) ?? 'stable', version };
}

/**
 * Returns the base URL of the archive: that of Google, or of the mirror that Flutter uses too
 * (https://docs.flutter.dev/community/china).
 *
 * @throws UserError when FLUTTER_STORAGE_BASE_URL is not a URL
 */
export function archiveBase(env: Env): URL {
  const given = env.FLUTTER_STORAGE_BASE_URL?.trim();
  if (!given) return new URL('https://storage.googleapis.com/');
  const base = parseAddress(given);
  if (base === undefined) {
    throw new UserError(
      messages.mirrorIsNoUrl({ text: inQuotes(given) }),
      'FLUTTER_STORAGE_BASE_URL=https://storage.googleapis.com',
    );
  }
  base.pathname = base.pathname.replace(/\/*$/, '/');
  base.search = '';
  base.hash = '';
  return base;
}

const release = (base: URL, channel: Channel, rest: string): URL =>
  new URL(`dart-archive/channels/${channel}/release/${rest}`, base);

/** Returns the URL of the newest version of a channel. */
export const newestAddress = (base: URL, channel: Channel): URL =>
  release(base, channel, 'latest/VERSION');

/**
 * Returns the URL of an SDK's zip file.
 *
 * @param target the machine that it is for, such as `linux-x64`
 */
export const zipAddress = (
  base: URL,
  { channel, version }: Wanted & { version: string },
  target: string,
): URL => release(base, channel, `${version}/sdk/dartsdk-${target}-release.zip`);

/** Returns the URL of the checksum of a zip file. */
export function checksumAddress(zip: URL): URL {
  const address = new URL(zip);
  address.pathname += '.sha256sum';
  return address;
}

/** Reads the version in a `latest/VERSION`; undefined for other texts, such as a sign-in page. */
export function readNewest(text: string, channel: Channel): string | undefined {
  try {
    const { version } = JSON.parse(text) ?? {};
    const wanted = parseWanted(String(version));
    return wanted.version !== undefined && wanted.channel === channel ? wanted.version : undefined;
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof InvalidValueError) return undefined;
    throw error;
  }
}

/** Reads the SHA-256 of a `.sha256sum`, `<hex> *<file>`, in lower case; undefined for other texts. */
export const readChecksum = (text: string): string | undefined =>
  /^([0-9a-f]{64})(?:\s|$)/i.exec(text.trim())?.[1]?.toLowerCase();

/** Compares texts by their numbers. A collator would take as long to create as the command to load. */
const byNumbers = (a: string, b: string): number => {
  collator ??= new Intl.Collator('en', { numeric: true });
  return collator.compare(a, b);
};
let collator: Intl.Collator | undefined;

/** Sorts versions, the newest first. A release is newer than its pre-releases. */
export function newestFirst(a: string, b: string): number {
  const [[release = '', before], [other = '', otherBefore]] = [a.split('-'), b.split('-')];
  const difference = byNumbers(other, release);
  if (difference !== 0 || before === otherBefore) return difference;
  if (before === undefined) return -1;
  return otherBefore === undefined ? 1 : byNumbers(otherBefore, before);
}
