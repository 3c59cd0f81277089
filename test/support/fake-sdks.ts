import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { beforeEach } from 'vitest';
import { temporaryFolder, writeTree } from './folders.ts';

/** A folder with fake SDKs, a new one for each test of a file. */
export function fakeSdksForEach() {
  let folder = '';
  beforeEach(() => {
    folder = temporaryFolder();
  });
  const at = (...path: string[]): string => join(folder, ...path);
  return {
    fake: fakes(() => folder),
    at,
    /** A PATH of folders in it. */
    path: (...folders: string[]): string => folders.map((one) => at(one)).join(delimiter),
  };
}

/** Fake programs and SDKs in a folder; each function returns the path of what it has made. */
export const fakeSdks = (root: string) => fakes(() => root);

function fakes(folder: () => string) {
  const program = (path: string, script = 'exit 1'): string => {
    writeTree(folder(), { [path]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(folder(), path), 0o755);
    return join(folder(), path);
  };
  /** An SDK whose `dart` would fail if it was started: its file tells the version. */
  const sdk = (at: string, version: string, name = 'dart'): string => {
    writeTree(folder(), { [`${at}/version`]: `${version}\n` });
    return program(`${at}/bin/${name}`);
  };
  return {
    program,
    sdk,
    link: (path: string, to: string): string => {
      mkdirSync(dirname(join(folder(), path)), { recursive: true });
      symlinkSync(to, join(folder(), path));
      return join(folder(), path);
    },
    /** A Flutter SDK, and the Dart in it unless it was never started. Starting its scripts fails. */
    flutter: (at: string, dart?: string, windows = false): string => {
      writeTree(folder(), { [`${at}/version`]: '3.35.7', [`${at}/packages/flutter_tools/x`]: '' });
      for (const name of ['dart', 'flutter']) {
        program(`${at}/bin/${name}`, 'echo locked >&2; exit 3');
        if (windows) program(`${at}/bin/${name}.bat`);
      }
      const name = windows ? 'dart.exe' : 'dart';
      if (dart !== undefined) sdk(`${at}/bin/cache/dart-sdk`, dart, name);
      return join(folder(), at, 'bin/cache/dart-sdk/bin', name);
    },
  };
}
