/** Only Linux runs these tests: what depends on the platform takes it as a value. */
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findContainerEngine } from '../../templates/service/tool/dart-toolchain.mjs';
import { temporaryFolder } from '../support/folders.ts';

function program(folder: string, path: string): string {
  const file = join(folder, path);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

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
