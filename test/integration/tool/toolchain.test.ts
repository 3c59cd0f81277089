import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { findToolchain } from '../../../templates/service/tool/serverless-dart.mjs';
import { fakeSdks } from '../../support/fake-sdks.ts';
import { temporaryFolder } from '../../support/folders.ts';

// SDKs and container engines cannot be had here: programs on PATH stand for them.
let folder: string;
let program: ReturnType<typeof fakeSdks>['program'];
let sdk: ReturnType<typeof fakeSdks>['sdk'];
beforeEach(() => {
  folder = temporaryFolder();
  ({ program, sdk } = fakeSdks(folder));
  mkdirSync(join(folder, 'bin'));
});

const find = ({ env, ...options }: Partial<Parameters<typeof findToolchain>[0]> = {}) =>
  findToolchain({
    architecture: 'arm64',
    platform: 'linux',
    hostArchitecture: 'x64',
    env: {
      HOME: folder,
      PATH: [join(folder, 'sdk/bin'), join(folder, 'bin')].join(':'),
      ...env,
    },
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

  it('takes any other SDK, saying which', async () => {
    const dart = sdk('.cache/create-lambda-hello/dart-sdk/3.10.0-linux-x64', '3.10.0');
    expect(await find()).toMatchObject({
      version: '3.10.0',
      why: `Dart 3.10.0 at ${dart}, fetched by install-dart, cross-compiles`,
    });
  });

  it('takes the Flutter of the service', async () => {
    fakeSdks(folder).flutter('service/.fvm/flutter_sdk', '3.9.0');
    expect(await find({ serviceDir: join(folder, 'service') })).toMatchObject({ version: '3.9.0' });
  });

  it('takes nothing instead of a DART_SDK that is none', async () => {
    sdk('sdk', '3.9.1');
    program('bin/docker', 'exit 0');
    const env = { DART_SDK: join(folder, 'nowhere') };
    await expect(find({ env })).rejects.toThrow(
      `DART_SDK is ${env.DART_SDK}, but there is no ${join(env.DART_SDK, 'bin/dart')}.\n` +
        'Set it to the folder of a Dart SDK, or unset it.',
    );
    expect(await find({ env, inContainer: true })).toMatchObject({ kind: 'container' });
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
      expect(toolchain.why).toMatch(
        /because of this: Dart 3\.5\.0 at .* is older than 3\.8\.0; no flutter on PATH/,
      );
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
    const env = { CONTAINER_ENGINE: 'mine' };
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
      'no dart on PATH',
      'no flutter on PATH',
      `none fetched into ${join(folder, '.cache/create-lambda-hello/dart-sdk')}`,
      'docker: not installed',
      'podman: installed, but its daemon does not answer (no machine runs)',
      'Fetch a Dart SDK with  npx create-lambda-hello install-dart,',
      'install one of 3.8.0 or newer from https://dart.dev/get-dart',
      'start a container engine',
    ]) {
      expect(error.message).toContain(part);
    }
  });

  it('speaks of engines only when it is told to compile in one', async () => {
    await expect(find({ inContainer: true })).rejects.toThrow(
      /^(?!.*DART_SDK)(?!.*install-dart).*\nStart a container engine such as Docker or Podman\.$/s,
    );
  });

  it('does not send those to install-dart whose DART_SDK is old', async () => {
    sdk('old', '3.5.0');
    const failed = find({ env: { DART_SDK: join(folder, 'old') } });
    await expect(failed).rejects.toThrow(
      /\nSet DART_SDK to an SDK of 3\.8\.0 or newer, or unset it/,
    );
  });
});
