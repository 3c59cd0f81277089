import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { writeTree } from './folders.ts';

/** Fake programs and SDKs in a folder; each function returns the path of what it has made. */
export function fakeSdks(root: string) {
  const program = (path: string, script = 'exit 1'): string => {
    writeTree(root, { [path]: `#!/bin/sh\n${script}\n` });
    chmodSync(join(root, path), 0o755);
    return join(root, path);
  };
  /** An SDK whose `dart` would fail if it was started: its file tells the version. */
  const sdk = (at: string, version: string, name = 'dart'): string => {
    writeTree(root, { [`${at}/version`]: `${version}\n` });
    return program(`${at}/bin/${name}`);
  };
  return {
    program,
    sdk,
    link: (path: string, to: string): string => {
      mkdirSync(dirname(join(root, path)), { recursive: true });
      symlinkSync(to, join(root, path));
      return join(root, path);
    },
    /** A Flutter SDK, and the Dart in it unless it was never started. Starting its scripts fails. */
    flutter: (at: string, dart?: string, windows = false): string => {
      writeTree(root, { [`${at}/version`]: '3.35.7', [`${at}/packages/flutter_tools/x`]: '' });
      for (const name of ['dart', 'flutter']) {
        program(`${at}/bin/${name}`, 'echo locked >&2; exit 3');
        if (windows) program(`${at}/bin/${name}.bat`);
      }
      const name = windows ? 'dart.exe' : 'dart';
      if (dart !== undefined) sdk(`${at}/bin/cache/dart-sdk`, dart, name);
      return join(root, at, 'bin/cache/dart-sdk/bin', name);
    },
  };
}
