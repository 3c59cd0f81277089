import { describe, expect, it } from 'vitest';
import {
  archiveBase,
  checksumAddress,
  newestAddress,
  newestFirst,
  parseWanted,
  readChecksum,
  readNewest,
  zipAddress,
} from '../../src/dart-sdk/archive.ts';
import { proxyFor } from '../../src/dart-sdk/proxy.ts';
import { redirectTarget } from '../../src/dart-sdk/request.ts';
import { InvalidValueError, UserError } from '../../src/errors.ts';

describe('a wanted version', () => {
  it.each([
    ['latest', 'stable', undefined],
    ['stable', 'stable', undefined],
    ['beta', 'beta', undefined],
    ['dev', 'dev', undefined],
    ['3.10.1', 'stable', '3.10.1'],
    ['v3.8.0', 'stable', '3.8.0'],
    [' 4.0.0 ', 'stable', '4.0.0'],
    ['3.11.0-93.1.beta', 'beta', '3.11.0-93.1.beta'],
    ['3.12.0-12.0.dev', 'dev', '3.12.0-12.0.dev'],
  ])('%j is of the channel %s: %s', (text, channel, version) => {
    expect(parseWanted(text)).toEqual({ channel, version });
  });

  it.each([
    '',
    '3',
    '3.10',
    '3.10.x',
    '^3.10.1',
    '3.10.1.2',
    '3.10.1-beta',
    '3.11.0-93.1.alpha',
    '3.10.1/../../x',
    '../3.10.1',
    '3.10.1\n3.10.2',
    'newest',
    'LATEST',
    '3.10.1 3.10.2',
    '99999.0.0',
  ])('%j is none', (text) => {
    expect(() => parseWanted(text)).toThrow(InvalidValueError);
    expect(() => parseWanted(text)).toThrow('is not the version of a Dart SDK.');
  });

  it.each(['3.7.3', '2.19.6', '1.0.0', '3.7.0-209.1.beta', '0.0.1'])('%s is too old', (text) => {
    expect(() => parseWanted(text)).toThrow('is too old: 3.8.0 is the first one');
  });
});

describe('the address', () => {
  const google = archiveBase({});

  it.each([
    ['3.10.1', 'linux-x64', 'stable'],
    ['3.10.1', 'macos-arm64', 'stable'],
    ['3.10.1', 'windows-arm64', 'stable'],
    ['3.11.0-93.1.beta', 'linux-arm64', 'beta'],
    ['3.12.0-12.0.dev', 'windows-x64', 'dev'],
  ])('of the SDK %s for %s is in the channel %s', (version, target, channel) => {
    const zip = zipAddress(google, { ...parseWanted(version), version }, target);
    const expected = `https://storage.googleapis.com/dart-archive/channels/${channel}/release/${version}/sdk/dartsdk-${target}-release.zip`;
    expect(zip.href).toBe(expected);
    expect(checksumAddress(zip).href).toBe(`${expected}.sha256sum`);
  });

  it('of the newest version is one of its channel', () => {
    expect(newestAddress(google, 'beta').href).toBe(
      'https://storage.googleapis.com/dart-archive/channels/beta/release/latest/VERSION',
    );
  });

  it.each([
    ['https://storage.flutter-io.cn', 'https://storage.flutter-io.cn/dart-archive/'],
    ['https://mirror.example/flutter/', 'https://mirror.example/flutter/dart-archive/'],
    ['http://10.0.0.7:8080/a/b//', 'http://10.0.0.7:8080/a/b/dart-archive/'],
    [' https://mirror.example?x=1#y ', 'https://mirror.example/dart-archive/'],
    ['', 'https://storage.googleapis.com/dart-archive/'],
  ])('begins with the mirror %j', (mirror, expected) => {
    const base = archiveBase({ FLUTTER_STORAGE_BASE_URL: mirror });
    expect(newestAddress(base, 'dev').href).toBe(`${expected}channels/dev/release/latest/VERSION`);
  });

  it.each(['mirror.example', 'ftp://mirror.example', 'file:///tmp'])(
    'are not made of %s',
    (text) => {
      expect(() => archiveBase({ FLUTTER_STORAGE_BASE_URL: text })).toThrow(UserError);
    },
  );
});

describe('what the archive answers', () => {
  const hex = 'A1'.repeat(32);

  it.each([
    [`${hex} *dartsdk-linux-x64-release.zip\n`, hex.toLowerCase()],
    [`${hex.toLowerCase()}  x.zip`, hex.toLowerCase()],
    [hex, hex.toLowerCase()],
    [`${hex}00 *x.zip`, undefined],
    [hex.slice(1), undefined],
    ['<html>', undefined],
    ['', undefined],
  ])('is a checksum: %j', (text, expected) => {
    expect(readChecksum(text)).toBe(expected);
  });

  it.each([
    ['{"date":"2025-11-25","version":"3.10.1","revision":"a1"}', 'stable', '3.10.1'],
    ['{"version":"3.11.0-93.1.beta"}', 'beta', '3.11.0-93.1.beta'],
    ['{"version":"3.11.0-93.1.beta"}', 'stable', undefined],
    ['{"version":"latest"}', 'stable', undefined],
    ['{"version":7}', 'stable', undefined],
    ['null', 'stable', undefined],
    ['[]', 'stable', undefined],
    ['<html>', 'stable', undefined],
  ] as const)('is the newest version: %s, %s', (text, channel, expected) => {
    expect(readNewest(text, channel)).toBe(expected);
  });
});

it('versions are sorted, the newest first', () => {
  const sorted = [
    '3.12.0-12.0.dev',
    '3.11.0',
    '3.11.0-200.1.beta',
    '3.11.0-93.2.beta',
    '3.11.0-93.1.beta',
    '3.10.1',
    '3.9.4',
  ];
  expect(sorted.toReversed().sort(newestFirst)).toEqual(sorted);
});

describe('a redirect', () => {
  const from = (address: string, location: string | undefined, status = 302) =>
    redirectTarget(new URL(address), status, location)?.href;

  it.each([
    ['https://a.example/x/y', 'https://b.example/z', 'https://b.example/z'],
    ['https://a.example/x/y', 'z', 'https://a.example/x/z'],
    ['https://a.example/x/y', '/z', 'https://a.example/z'],
    ['http://a.example/x', 'https://b.example/z', 'https://b.example/z'],
    ['http://a.example/x', 'http://b.example/z', 'http://b.example/z'],
  ])('of %s to %s leads to %s', (address, location, expected) => {
    expect(from(address, location)).toBe(expected);
  });

  it.each(['http://b.example/z', 'file:///etc/passwd', 'javascript:0', undefined])(
    'out of the encrypted web to %s is not followed',
    (location) => {
      expect(() => from('https://a.example/x', location)).toThrow('which is not followed.');
    },
  );

  it.each([200, 304, 404])('is none with status %i', (status) => {
    expect(from('https://a.example/x', '/z', status)).toBeUndefined();
  });
});

describe('the proxy', () => {
  const proxy = (address: string, env: Record<string, string>) =>
    String(proxyFor(new URL(address), env) ?? '');
  const P = 'http://proxy.example:3128';

  it.each([
    ['https://a.example', { HTTPS_PROXY: P }, `${P}/`],
    ['https://a.example', { https_proxy: P }, `${P}/`],
    ['https://a.example', { HTTPS_PROXY: 'proxy.example:3128' }, `${P}/`],
    ['https://a.example', { HTTPS_PROXY: 'https://proxy.example' }, 'https://proxy.example/'],
    ['https://a.example', { HTTP_PROXY: P }, ''],
    ['http://a.example', { HTTP_PROXY: P }, `${P}/`],
    ['http://a.example', { HTTPS_PROXY: P }, ''],
    ['http://a.example', { all_proxy: P }, `${P}/`],
    ['https://a.example', { HTTPS_PROXY: ' ' }, ''],
    ['https://a.example', { HTTPS_PROXY: 'socks5://p:1' }, 'socks5://p:1'],
  ])('of %s with %j is %j', (address, env, expected) => {
    expect(proxy(address, env)).toBe(expected);
  });

  it.each([
    ['a.example', true],
    ['A.EXAMPLE', true],
    ['.example', true],
    ['*.example', true],
    ['example', true],
    ['ample', false],
    ['b.a.example', false],
    ['*', true],
    ['x, a.example', true],
    ['x  a.example', true],
    ['a.example:443', true],
    ['a.example:8443', false],
    ['', false],
  ])('is not used where NO_PROXY is %j: %s', (list, excepted) => {
    const used = proxy('https://a.example/x', { HTTPS_PROXY: P, NO_PROXY: list });
    expect(used === '').toBe(excepted);
  });

  it.each([
    ['http://[::1]:8080/', '::1'],
    ['http://[::1]:8080/', '[::1]:8080'],
    ['http://127.0.0.1:8080/', '127.0.0.1'],
  ])('is not used for %s where NO_PROXY is %s', (address, list) => {
    expect(proxy(address, { HTTP_PROXY: P, NO_PROXY: list })).toBe('');
  });
});
