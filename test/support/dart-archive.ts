import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { ZipFile } from 'yazl';
import { type InstallOptions, installDartSdk } from '../../src/dart-sdk/install.ts';
import { temporaryFolder } from './folders.ts';
import { listening } from './listening.ts';

/** A file of a zip: its text and, where it matters, its mode with the type of the file. */
export type ZipFiles = Record<string, string | Buffer | { text: string; mode: number }>;

/** A real zip file. Names that no zip library writes are put in by {@link rename}. */
export function makeZip(files: ZipFiles): Promise<Buffer> {
  const zip = new ZipFile();
  for (const [name, file] of Object.entries(files)) {
    const { text, mode } =
      typeof file === 'string' || Buffer.isBuffer(file) ? { text: file, mode: 0o100644 } : file;
    zip.addBuffer(Buffer.from(text), name, { mode });
  }
  zip.end();
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    zip.outputStream.on('data', (chunk: Buffer) => chunks.push(chunk));
    zip.outputStream.on('end', () => resolve(Buffer.concat(chunks)));
    zip.outputStream.on('error', reject);
  });
}

/** Gives an entry another name of the same length, in both places where a zip file has it. */
export function rename(zip: Buffer, from: string, to: string): Buffer {
  if (from.length !== to.length) throw new Error('names must be of the same length');
  return Buffer.from(zip.toString('latin1').replaceAll(from, to), 'latin1');
}

/** What an SDK has that matters here. */
export const sdkFiles = (version: string, windows = false): ZipFiles => ({
  [`dart-sdk/bin/dart${windows ? '.exe' : ''}`]: { text: '#!/bin/sh\n', mode: 0o100755 },
  'dart-sdk/version': `${version}\n`,
  'dart-sdk/lib/core/core.dart': 'library;\n',
});

export const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');

type Handler = (request: IncomingMessage, response: ServerResponse) => void;

/** The archive of Dart SDKs on this machine. */
export interface Archive {
  readonly origin: string;
  readonly port: number;
  /** `GET /dart-archive/...`, in their order. */
  readonly requests: string[];
  /** Puts an SDK there, with its checksum. Returns the path of its zip file. */
  add(version: string, target: string, zip: Buffer, checksum?: string): string;
  /** Says what is the newest version of a channel. */
  newest(channel: string, version: string): void;
  /** Takes over what a path answers. */
  on(path: string, handler: Handler): void;
}

/** Starts an archive that is empty, until the test ends. */
export async function startArchive(): Promise<Archive> {
  const handlers = new Map<string, Handler>();
  const requests: string[] = [];
  const server = createServer((request, response) => {
    requests.push(`${request.method} ${request.url}`);
    const handler = handlers.get(request.url ?? '');
    if (handler) handler(request, response);
    else response.writeHead(404).end('<Error><Code>NoSuchKey</Code></Error>');
  });
  const port = await listening(server);
  const serve = (path: string, body: Buffer) =>
    handlers.set(path, (_, response) =>
      response.writeHead(200, { 'content-length': body.length }).end(body),
    );
  return {
    origin: `http://127.0.0.1:${port}`,
    port,
    requests,
    add: (version, target, zip, checksum = sha256(zip)) => {
      const path = zipPath(version, target);
      serve(path, zip);
      serve(
        `${path}.sha256sum`,
        Buffer.from(`${checksum} *${path.slice(path.lastIndexOf('/') + 1)}\n`),
      );
      return path;
    },
    newest: (channel, version) =>
      serve(
        `/dart-archive/channels/${channel}/release/latest/VERSION`,
        Buffer.from(JSON.stringify({ date: '2025-11-25', version, revision: 'a1b2c3' })),
      ),
    on: (path, handler) => handlers.set(path, handler),
  };
}

/** The path of an SDK, as the archive on the web has it. */
export function zipPath(version: string, target: string): string {
  const channel = /\.(beta|dev)$/.exec(version)?.[1] ?? 'stable';
  return `/dart-archive/channels/${channel}/release/${version}/sdk/dartsdk-${target}-release.zip`;
}

export const VERSION = '3.10.1';

/** An archive with one SDK for Linux on x64, an empty cache, and what fetches the one into the other. */
export async function withOneSdk(files: ZipFiles = sdkFiles(VERSION)) {
  const archive = await startArchive();
  const zip = await makeZip(files);
  const path = archive.add(VERSION, 'linux-x64', zip);
  archive.newest('stable', VERSION);
  const cache = join(temporaryFolder(), 'cache', 'dart-sdk');
  const install = (more: Partial<InstallOptions> = {}) =>
    installDartSdk({
      env: { FLUTTER_STORAGE_BASE_URL: archive.origin },
      platform: 'linux',
      architecture: 'x64',
      cache,
      signal: new AbortController().signal,
      ...more,
    });
  return { archive, zip, path, cache, install };
}
