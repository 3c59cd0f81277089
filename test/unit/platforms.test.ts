/** Only Linux runs these tests: what depends on the platform takes it as a value. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findContainerEngine, findDart } from '../../templates/service/tool/dart-toolchain.mjs';
import { temporaryFolder } from '../support/folders.ts';

function program(folder: string, path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

describe('the Dart SDK', () => {
  it.each([
    ['linux', 'dart'],
    ['darwin', 'dart'],
    ['win32', 'dart.exe'],
    // Flutter has a dart.bat, which needs a shell; its SDK is below.
    ['win32', 'cache/dart-sdk/bin/dart.exe'],
  ])('is found on PATH on %s as %s', async (platform, name) => {
    const folder = temporaryFolder();
    const dart = program(folder, name);
    const PATH = [temporaryFolder(), folder].join(delimiter);
    expect((await findDart({ PATH }, platform as NodeJS.Platform)).dart).toBe(dart);
  });

  it.each([
    ['linux', 'bin/dart'],
    ['win32', 'bin/dart.exe'],
  ])('is found by DART_SDK first, on %s', async (platform, name) => {
    const sdk = temporaryFolder();
    const dart = program(sdk, name);
    const onPath = temporaryFolder();
    program(onPath, 'dart');
    program(onPath, 'dart.exe');
    const env = { DART_SDK: sdk, PATH: onPath };
    expect((await findDart(env, platform as NodeJS.Platform)).dart).toBe(dart);
  });

  it('is no dart.bat, which would need a shell, and no dart.exe outside of Windows', async () => {
    const folder = temporaryFolder();
    program(folder, 'dart.bat');
    expect((await findDart({ PATH: folder }, 'win32')).dart).toBeUndefined();
    program(folder, 'dart.exe');
    expect((await findDart({ PATH: folder }, 'linux')).dart).toBeUndefined();
  });
});

describe('a container engine', () => {
  it.each([
    ['linux', 'podman'],
    ['win32', 'podman.exe'],
  ])('is found on %s as %s', async (platform, name) => {
    const folder = temporaryFolder();
    program(folder, name);
    const found = await findContainerEngine({ PATH: folder }, platform as NodeJS.Platform);
    expect(found.engine?.path).toBe(join(folder, name));
  });
});
