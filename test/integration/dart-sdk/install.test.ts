import { existsSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listDartSdks, removeDartSdk } from '../../../src/dart-sdk/fetched.ts';
import { lookUpDartSdk } from '../../../src/dart-sdk/look-up.ts';
import { makeZip, sdkFiles, VERSION, withOneSdk } from '../../support/dart-archive.ts';
import { failure } from '../../support/failure.ts';
import { readTree } from '../../support/folders.ts';

const LINUX = { platform: 'linux', architecture: 'x64' };

describe('installDartSdk', () => {
  it('fetches the newest stable SDK, and leaves nothing beside it', async () => {
    const { install, cache } = await withOneSdk();
    const folder = join(cache, '3.10.1-linux-x64');
    expect(await install()).toEqual({
      version: VERSION,
      folder,
      dart: join(folder, 'bin/dart'),
      fetched: true,
    });
    expect(readTree(cache)).toEqual({
      '3.10.1-linux-x64/bin/dart': '#!/bin/sh\n',
      '3.10.1-linux-x64/version': '3.10.1\n',
      '3.10.1-linux-x64/lib/core/core.dart': 'library;\n',
    });
  });

  it.skipIf(process.platform === 'win32')('keeps the modes of the files', async () => {
    const { install } = await withOneSdk({
      ...sdkFiles(VERSION),
      // Set-user-ID, and one that its owner could not read.
      'dart-sdk/bin/odd': { text: '', mode: 0o104755 },
      'dart-sdk/bin/secret': { text: '', mode: 0o100011 },
    });
    const { folder, dart } = await install();
    const mode = (path: string) => (statSync(path).mode & 0o7777 & ~0o022).toString(8);
    expect(mode(dart)).toBe('755');
    expect(mode(join(folder, 'version'))).toBe('644');
    expect(mode(join(folder, 'bin/odd'))).toBe('755');
    expect(mode(join(folder, 'bin/secret'))).toBe('611');
  });

  it('uses no network for an exact version that is there', async () => {
    const { install, archive } = await withOneSdk();
    await install({ version: VERSION });
    archive.requests.length = 0;
    expect(await install({ version: VERSION })).toMatchObject({ version: VERSION, fetched: false });
    expect(archive.requests).toEqual([]);
  });

  it('keeps several versions and channels side by side', async () => {
    const { install, archive, cache } = await withOneSdk();
    const beta = '3.11.0-93.1.beta';
    archive.add(beta, 'linux-x64', await makeZip(sdkFiles(beta)));
    archive.newest('beta', beta);
    await install();
    await install({ version: 'beta' });
    const sdks = await listDartSdks({ env: {}, ...LINUX, cache });
    expect(sdks.map(({ version }) => version)).toEqual([beta, VERSION]);
  });

  it.each([
    ['linux', 'arm64', 'linux-arm64', 'bin/dart'],
    ['darwin', 'x64', 'macos-x64', 'bin/dart'],
    ['darwin', 'arm64', 'macos-arm64', 'bin/dart'],
    ['win32', 'x64', 'windows-x64', 'bin/dart.exe'],
    ['win32', 'arm64', 'windows-arm64', 'bin/dart.exe'],
  ])('fetches that of %s on %s', async (platform, architecture, target, dart) => {
    const { install, archive, cache } = await withOneSdk();
    const zip = await makeZip(sdkFiles(VERSION, platform === 'win32'));
    const path = archive.add(VERSION, target, zip);
    const sdk = await install({ platform, architecture });
    expect(sdk.dart).toBe(join(cache, `3.10.1-${target}`, ...dart.split('/')));
    expect(existsSync(sdk.dart)).toBe(true);
    expect(archive.requests).toContain(`GET ${path}`);
  });

  it('says that there is none for another machine', async () => {
    const { install, archive } = await withOneSdk();
    const error = await failure(install({ platform: 'freebsd' }));
    expect(error.message).toBe('there is no Dart SDK to fetch for freebsd on x64.');
    expect(archive.requests).toEqual([]);
  });

  it('replaces a folder of that name that has no program', async () => {
    const { install, cache } = await withOneSdk();
    mkdirSync(join(cache, '3.10.1-linux-x64/lib'), { recursive: true });
    writeFileSync(join(cache, '3.10.1-linux-x64/lib/old'), '');
    const { folder, fetched } = await install();
    expect(fetched).toBe(true);
    expect(readdirSync(folder).sort()).toEqual(['bin', 'lib', 'version']);
    expect(readdirSync(cache)).toEqual(['3.10.1-linux-x64']);
  });

  it('keeps nothing when the checksum is another, and tells both', async () => {
    const { install, archive, zip, cache } = await withOneSdk();
    const expected = 'ab'.repeat(32);
    archive.add(VERSION, 'linux-x64', zip, expected.toUpperCase());
    const error = await failure(install());
    expect(error.message).toMatch(
      new RegExp(`SHA-256 [0-9a-f]{64} instead of ${expected}. Nothing was kept.$`),
    );
    expect(error.exitCode).toBe(1);
    expect(readdirSync(cache)).toEqual([]);
  });

  it.each([
    ['a page to sign in', 200, '<html>Sign in</html>', 'is not a checksum'],
    ['too few digits', 200, 'abc *dartsdk.zip', 'is not a checksum'],
    ['nothing', 404, '', 'has no checksum beside it'],
  ])('downloads nothing when the checksum is %s', async (_, status, body, message) => {
    const { install, archive, path } = await withOneSdk();
    archive.on(`${path}.sha256sum`, (_request, response) => response.writeHead(status).end(body));
    const error = await failure(install());
    expect(error.message).toContain(`${message}, and no Dart SDK is installed unchecked.`);
    expect(archive.requests).not.toContain(`GET ${path}`);
  });

  it('tells how far it is', async () => {
    const { install, zip } = await withOneSdk();
    const steps: string[] = [];
    await install({
      onProgress: (step, { done, total }) => steps.push(`${step} ${done} of ${total}`),
    });
    expect(steps).toContain(`fetch ${zip.length} of ${zip.length}`);
    expect(steps.slice(-3)).toEqual(['unpack 1 of 3', 'unpack 2 of 3', 'unpack 3 of 3']);
  });
});

describe('lookUpDartSdk', () => {
  it('tells the newest version and how large it is, and fetches nothing', async () => {
    const { archive, path, zip, cache } = await withOneSdk();
    const env = { FLUTTER_STORAGE_BASE_URL: `${archive.origin}/` };
    const signal = new AbortController().signal;
    const found = await lookUpDartSdk({ env, ...LINUX, cache, signal });
    expect(found).toMatchObject({ version: VERSION, bytes: zip.length, installed: false });
    expect(archive.requests.slice(1)).toEqual([`HEAD ${path}`]);
    expect(existsSync(cache)).toBe(false);
  });

  it('does without the size where a mirror knows no HEAD', async () => {
    const { archive, path, cache } = await withOneSdk();
    archive.on(path, (_, response) => response.writeHead(405).end());
    const env = { FLUTTER_STORAGE_BASE_URL: archive.origin };
    const signal = new AbortController().signal;
    const found = await lookUpDartSdk({ env, ...LINUX, cache, signal });
    expect(found.bytes).toBeUndefined();
  });
});

describe('listDartSdks', () => {
  it('has nothing where nothing was fetched', async () => {
    expect(await listDartSdks({ env: {}, ...LINUX, cache: '/nowhere' })).toEqual([]);
  });

  it('says so when the folder is none', async () => {
    const error = await failure(listDartSdks({ env: {}, ...LINUX, cache: process.execPath }));
    expect(error.message).toContain('a part of the path is a file.');
  });
});

describe('removeDartSdk', () => {
  it('deletes one version', async () => {
    const { install, cache } = await withOneSdk();
    await install();
    await removeDartSdk(VERSION, { env: {}, ...LINUX, cache });
    expect(readdirSync(cache)).toEqual([]);
  });

  it.each(['3.9.0', '../cache', ''])('refuses %j, which was not fetched', async (version) => {
    const { install, cache } = await withOneSdk();
    await install();
    const error = await failure(removeDartSdk(version, { env: {}, ...LINUX, cache }));
    expect(error.message).toContain('install-dart has not fetched a Dart SDK');
    expect(readdirSync(cache)).toEqual(['3.10.1-linux-x64']);
  });
});
