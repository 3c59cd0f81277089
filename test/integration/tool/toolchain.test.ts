import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findToolchain } from '../../../templates/service/tool/serverless-dart.mjs';
import { temporaryFolder, writeTree } from '../../support/folders.ts';

// SDKs and container engines cannot be had here: programs on PATH stand for them.
let folder: string;
beforeEach(() => {
  folder = temporaryFolder();
  mkdirSync(join(folder, 'bin'));
});

function program(path: string, script: string): void {
  writeTree(folder, { [path]: `#!/bin/sh\n${script}\n` });
  chmodSync(join(folder, path), 0o755);
}
function sdk(at: string, version: string): void {
  program(`${at}/bin/dart`, 'exit 1');
  writeTree(folder, { [`${at}/version`]: `${version}\n` });
}
const find = (options: Partial<Parameters<typeof findToolchain>[0]> = {}) =>
  findToolchain({
    architecture: 'arm64',
    platform: 'linux',
    hostArchitecture: 'x64',
    env: { PATH: [join(folder, 'sdk/bin'), join(folder, 'bin')].join(':') },
    ...options,
  });

describe('findToolchain', () => {
  it('takes the SDK on PATH when it can cross-compile', async () => {
    sdk('sdk', '3.9.1');
    expect(await find()).toMatchObject({
      kind: 'sdk',
      dart: join(folder, 'sdk/bin/dart'),
      version: '3.9.1',
      crossCompiles: true,
    });
  });

  it('takes the one of DART_SDK first', async () => {
    sdk('sdk', '3.9.1');
    sdk('other', '3.10.0');
    const env = { PATH: join(folder, 'sdk/bin'), DART_SDK: join(folder, 'other') };
    expect(await find({ env })).toMatchObject({ version: '3.10.0' });
  });

  it('asks a dart without a version file', async () => {
    program('bin/dart', 'echo \'Dart SDK version: 3.8.2 (stable) on "linux_x64"\'');
    expect(await find()).toMatchObject({ version: '3.8.2', crossCompiles: true });
  });

  it('compiles plainly with an older SDK on a Linux of the same processor', async () => {
    sdk('sdk', '3.5.0');
    expect(await find({ architecture: 'x86_64' })).toMatchObject({ crossCompiles: false });
  });

  it.each(['docker', 'podman', 'finch', 'nerdctl'])(
    'falls back to %s, saying why',
    async (name) => {
      sdk('sdk', '3.5.0');
      program(`bin/${name}`, '[ "$1" = info ]');
      const toolchain = await find();
      expect(toolchain).toMatchObject({ kind: 'container', engine: { name } });
      expect(toolchain.why).toMatch(/because of Dart 3\.5\.0 at .* is older than 3\.8\.0/);
    },
  );

  it('passes over an engine of which the daemon does not answer', async () => {
    program('bin/docker', 'echo "Cannot connect to the Docker daemon" >&2; exit 1');
    program('bin/podman', 'exit 0');
    expect(await find()).toMatchObject({ engine: { name: 'podman' } });
  });

  it('obeys CONTAINER_ENGINE and --build-in-container', async () => {
    sdk('sdk', '3.9.1');
    program('bin/docker', 'exit 0');
    program('bin/mine', 'exit 0');
    const env = {
      PATH: `${join(folder, 'sdk/bin')}:${join(folder, 'bin')}`,
      CONTAINER_ENGINE: 'mine',
    };
    expect(await find({ env, inContainer: true })).toMatchObject({ engine: { name: 'mine' } });
    expect(await find({ env })).toMatchObject({ kind: 'sdk' });
  });

  it('says all that was searched, and both ways to go on, when there is nothing', async () => {
    program('bin/podman', 'echo "no machine runs" >&2; exit 125');
    const error = await find().then(
      () => new Error('found something'),
      (thrown: Error) => thrown,
    );
    for (const part of [
      'nothing here can compile Dart for Linux arm64',
      `no dart in ${join(folder, 'sdk/bin')}, ${join(folder, 'bin')}`,
      'docker: not installed',
      'podman: installed, but its daemon does not answer (no machine runs)',
      'Install a Dart SDK of 3.8.0 or newer',
      'start a container engine',
    ]) {
      expect(error.message).toContain(part);
    }
  });
});
