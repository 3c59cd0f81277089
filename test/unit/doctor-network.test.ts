import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadsCheck, packagesCheck } from '../../src/doctor/network.ts';
import { quoted } from '../../src/message.ts';
import type { Reached } from '../../src/tools/reach.ts';
import { look, none, noSdk, sdkOf, service, type World } from '../support/doctor-checks.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

/** A world whose network answers in one way, and what it was asked. */
function network(reached: Reached, world: World = {}) {
  const asked: string[] = [];
  const reach = async (url: string) => {
    asked.push(url);
    return reached;
  };
  return { asked, world: { ...world, machine: { ...world.machine, reach } } };
}

const up: Reached = { status: 200, proxy: undefined };
const down: Reached = { problem: quoted('ENOTFOUND'), proxy: undefined };
const LATEST = '/dart-archive/channels/stable/release/latest/VERSION';

describe('the check of the registry of Dart packages', () => {
  it('asks for a package, of the mirror where there is one', async () => {
    const { asked, world } = network(up);
    expect(await look(packagesCheck, world)).toMatchObject({
      status: 'ok',
      detail: 'pub.dev is reached',
    });
    const env = { PUB_HOSTED_URL: 'https://ada:secret@pub.example.com/dart/' };
    expect(await look(packagesCheck, { ...world, env })).toMatchObject({
      status: 'ok',
      detail: 'pub.example.com/dart/ is reached',
    });
    expect(asked).toEqual([
      'https://pub.dev/api/packages/lints',
      'https://ada:secret@pub.example.com/dart/api/packages/lints',
    ]);
  });

  it.each<[Reached, string]>([
    [down, 'pub.dev is not reached (ENOTFOUND); dart pub get fetches packages there'],
    [
      { status: 503, proxy: 'proxy:8080' },
      'pub.dev is not reached by the proxy proxy:8080 (it answers 503); dart pub get fetches packages there',
    ],
  ])('warns of %j, and says what to set', async (reached, detail) => {
    const { world } = network(reached);
    const result = await look(packagesCheck, world);
    expect(result).toMatchObject({ status: 'warn', detail });
    expect(result.fix).toMatch(/HTTPS_PROXY.*PUB_HOSTED_URL/);
  });
});

describe('the check of what Dart downloads', () => {
  it('is for the SDK where there is none, and knows its mirror', async () => {
    const { asked, world } = network(down, { sdk: noSdk });
    const result = await look(downloadsCheck, world);
    expect(result).toMatchObject({
      status: 'warn',
      detail:
        'storage.googleapis.com is not reached (ENOTFOUND); install-dart fetches a Dart SDK there',
    });
    expect(result.fix).toMatch(/HTTPS_PROXY.*FLUTTER_STORAGE_BASE_URL/);
    const env = { FLUTTER_STORAGE_BASE_URL: 'https://mirror.example.com' };
    await look(downloadsCheck, { ...world, env });
    expect(asked).toEqual([
      `https://storage.googleapis.com${LATEST}`,
      `https://mirror.example.com${LATEST}`,
    ]);
  });

  it('is for what compiles for another processor, which no mirror has', async () => {
    const env = { FLUTTER_STORAGE_BASE_URL: 'https://mirror.example.com', HOME: '/nowhere' };
    const { asked, world } = network(down, { sdk: sdkOf('3.9.1'), env });
    const result = await look(downloadsCheck, world);
    expect(result).toMatchObject({
      status: 'warn',
      detail:
        'storage.googleapis.com is not reached (ENOTFOUND); ' +
        'dart compile fetches there, once, what compiles for Linux arm64',
    });
    expect(result.fix).toMatch(/HTTPS_PROXY.*no mirror.*--build-in-container/);
    expect(asked).toEqual([`https://storage.googleapis.com${LATEST}`]);
  });

  it('asks nothing for a service that is for this processor', async () => {
    const onX64 = service({ architectures: ['x86_64'] });
    const { asked, world } = network(down, { sdk: sdkOf('3.9.1'), service: onX64 });
    expect(await look(downloadsCheck, world)).toMatchObject({
      status: 'ok',
      detail: 'not needed: the service is for this machine',
    });
    expect(asked).toEqual([]);
  });

  it('asks where it is not known what is built', async () => {
    const { asked, world } = network(up, { sdk: sdkOf('3.9.1'), service: none });
    expect(await look(downloadsCheck, world)).toMatchObject({ status: 'ok' });
    expect(asked).toHaveLength(1);
  });

  it.each([
    ['linux', 'x64', 'HOME', '.dart/3.9.1', 'gen_snapshot_linux_x64_linux_arm64'],
    ['darwin', 'arm64', 'HOME', '.dart/3.9.1', 'gen_snapshot_macos_arm64_linux_arm64'],
    ['linux', 'x64', 'HOME', '.dart/dartdev/sdk_cache/3.9.1', 'gen_snapshot_linux_x64_linux_arm64'],
    ['win32', 'x64', 'APPDATA', '.dart/3.9.1', 'gen_snapshot_windows_x64_linux_arm64.exe'],
  ])('asks nothing on %s %s where $%s/%s has the files', async (...given) => {
    const [platform, architecture, home, at, snapshot] = given;
    const folder = temporaryFolder();
    const { asked, world } = network(down, {
      sdk: sdkOf('3.9.1'),
      env: { HOME: '/nowhere', [home]: folder },
      machine: { platform, architecture },
    });
    writeTree(folder, { [join(at, snapshot)]: '' });
    expect(await look(downloadsCheck, world)).toMatchObject({ status: 'warn' });
    writeTree(folder, { [join(at, 'dartaotruntime_linux_arm64')]: '' });
    expect(await look(downloadsCheck, world)).toMatchObject({
      status: 'ok',
      detail: 'not needed: what compiles for Linux arm64 is here',
    });
    expect(asked).toHaveLength(1);
    expect(await look(downloadsCheck, { ...world, sdk: sdkOf('3.9.2') })).toMatchObject({
      status: 'warn',
    });
  });
});
