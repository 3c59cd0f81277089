import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
import { fakeSdksForEach } from '../../support/fake-sdks.ts';
import { writeTree } from '../../support/folders.ts';

const { fake, at, path } = fakeSdksForEach();
const CACHE = 'home/.cache/create-lambda-hello/dart-sdk';

/** What is found on a Linux x64 whose user has the folder `home`, unless told otherwise. */
const find = (env: Record<string, string>, options: Parameters<typeof findDartSdk>[0] = {}) =>
  findDartSdk({
    env: { HOME: at('home'), USERPROFILE: at('home'), ...env },
    platform: 'linux',
    architecture: 'x64',
    ...options,
  });

describe('findDartSdk', () => {
  it('takes the places in their order, one after the other', async () => {
    const expected = [
      ['DART_SDK', fake.sdk('named', '3.8.0'), 'named by DART_SDK'],
      ['PATH', fake.sdk('on-path', '3.8.1'), 'on PATH'],
      ['FLUTTER_ROOT', fake.flutter('root', '3.8.2'), 'of the Flutter SDK in FLUTTER_ROOT'],
      ['flutter', fake.flutter('flutter', '3.8.3'), 'of the Flutter SDK on PATH'],
      ['fvm', fake.flutter('service/.fvm/flutter_sdk', '3.8.4'), 'of .fvm/flutter_sdk'],
      ['fetched', fake.sdk(`${CACHE}/3.8.5-linux-x64`, '3.8.5'), 'fetched by install-dart'],
      ['PATH', fake.sdk('old', '3.7.3'), 'on PATH'],
    ];
    // A `flutter` without the `dart` beside it, which would be found on PATH.
    fake.link('bin/flutter', at('flutter/bin/flutter'));
    mkdirSync(at('empty'));
    const PATH = path('old/bin', 'on-path/bin', 'bin');
    const environment = { DART_SDK: at('named'), FLUTTER_ROOT: at('root'), PATH };
    const worlds: [Parameters<typeof find>[0], string | undefined][] = [
      [environment, 'service'],
      [{ ...environment, DART_SDK: '' }, 'service'],
      [{ FLUTTER_ROOT: at('root'), PATH: path('old/bin', 'bin') }, 'service'],
      [{ PATH: path('old/bin', 'bin') }, 'service'],
      [{ PATH: path('old/bin', 'empty') }, 'service'],
      [{ PATH: path('old/bin', 'empty') }, 'empty'],
      [{ PATH: path('old/bin', 'empty'), HOME: at('empty') }, undefined],
    ];
    const found = [];
    for (const [env, service] of worlds) {
      const { sdk } = await find(env, { serviceDir: service && at(service) });
      found.push([sdk?.source, sdk?.dart, sdk?.why]);
    }
    expect(found).toEqual(expected);
  });

  it('looks no further than it has to', async () => {
    const dart = fake.sdk('sdk', '3.9.1');
    const { sdk, searched } = await find({ PATH: path('sdk/bin') });
    expect(sdk).toMatchObject({ version: '3.9.1', crossCompiles: true });
    expect(searched).toEqual([
      { source: 'PATH', place: dart, found: 'sdk', dart, version: '3.9.1' },
    ]);
  });

  it('says what was searched where there is nothing', async () => {
    mkdirSync(at('empty'));
    const { sdk, searched, wrong } = await find({ PATH: path('empty') });
    expect([sdk, wrong]).toEqual([undefined, undefined]);
    expect(problemsOf(searched)).toEqual([
      'no dart on PATH',
      'no flutter on PATH',
      `none fetched into ${at(CACHE)}`,
    ]);
  });

  it('passes over what is too old or broken, and says so', async () => {
    fake.sdk('old', '3.5.0');
    writeTree(at(), { 'locked/dart': '' });
    chmodSync(at('locked/dart'), 0o644);
    fake.program('broken/dart');
    mkdirSync(at('folder/dart'), { recursive: true });
    const dart = fake.sdk('new', '3.9.0');
    const { sdk, searched } = await find({
      PATH: path('old/bin', 'locked', 'broken', 'folder', 'new/bin'),
    });
    expect(sdk?.dart).toBe(dart);
    expect(searched.map(({ found }) => found)).toEqual([
      'too old',
      'not executable',
      'no version',
      'sdk',
    ]);
    expect(problemsOf(searched)).toEqual([
      `Dart 3.5.0 at ${at('old/bin/dart')} is older than 3.8.0`,
      `${at('locked/dart')} cannot be executed`,
      `${at('broken/dart')} does not tell its version`,
    ]);
  });

  it('takes an old one on PATH, and none of other places, where there is no other', async () => {
    fake.sdk('first', '3.7.3');
    fake.sdk('second', '3.6.0');
    fake.flutter('flutter', '3.7.9');
    const env = { PATH: path('first/bin', 'second/bin'), FLUTTER_ROOT: at('flutter') };
    const { sdk } = await find(env);
    expect(sdk).toMatchObject({ version: '3.7.3', crossCompiles: false, source: 'PATH' });
    expect((await find({ FLUTTER_ROOT: at('flutter') })).sdk).toBeUndefined();
  });

  it('asks a dart without a version file, or with the file of something else', async () => {
    fake.program('shims/dart', 'echo \'Dart SDK version: 3.8.2 (stable) on "linux_x64"\'');
    expect((await find({ PATH: path('shims') })).sdk?.version).toBe('3.8.2');
    writeTree(at(), { version: 'v2 of my tools\n' });
    expect((await find({ PATH: path('shims') })).sdk?.version).toBe('3.8.2');
  });
});

describe('DART_SDK', () => {
  it('is used also when it is old', async () => {
    fake.sdk('new', '3.9.0');
    fake.sdk('old', '3.6.0');
    const { sdk } = await find({ DART_SDK: at('old'), PATH: path('new/bin') });
    expect(sdk).toMatchObject({ source: 'DART_SDK', version: '3.6.0', crossCompiles: false });
  });

  it.each([
    ['there is no SDK', () => {}, 'there is no <>/named/bin/dart'],
    [
      'it cannot be executed',
      () => {
        writeTree(at(), { 'named/bin/dart': '' });
        chmodSync(at('named/bin/dart'), 0o644);
      },
      '<>/named/bin/dart cannot be executed',
    ],
    [
      'it does not run',
      () => fake.program('named/bin/dart'),
      '<>/named/bin/dart does not tell its version',
    ],
    [
      'it is a Flutter that was never started',
      () => fake.flutter('named'),
      'the Flutter SDK in <>/named has no Dart yet: run  flutter --version  once',
    ],
  ])('is an error when %s, whatever else there is', async (_, make, problem) => {
    make();
    fake.sdk('new', '3.9.0');
    const { sdk, wrong } = await find({ DART_SDK: at('named'), PATH: path('new/bin') });
    expect(sdk).toBeUndefined();
    expect(wrong).toBe(`DART_SDK is ${at('named')}, but ${problem.replace('<>', at())}`);
  });

  it('may be the folder of a Flutter SDK', async () => {
    const dart = fake.flutter('flutter', '3.9.0');
    expect((await find({ DART_SDK: at('flutter') })).sdk?.dart).toBe(dart);
  });
});

describe('Flutter', () => {
  it("has a script as its dart, and the version of Flutter beside it: the SDK's own is taken", async () => {
    const dart = fake.flutter('flutter', '3.9.2');
    const { sdk } = await find({ PATH: path('flutter/bin') });
    expect(sdk).toMatchObject({ source: 'PATH', dart, version: '3.9.2' });
  });

  it('is found through links, as of Homebrew', async () => {
    const dart = fake.flutter('Caskroom/flutter/3.35.7/flutter', '3.9.2');
    fake.link('bin/flutter', '../Caskroom/flutter/3.35.7/flutter/bin/flutter');
    expect((await find({ PATH: path('bin') })).sdk?.dart).toBe(dart);
    fake.link('bin/dart', '../Caskroom/flutter/3.35.7/flutter/bin/dart');
    expect((await find({ PATH: path('bin') })).sdk).toMatchObject({ source: 'PATH', dart });
  });

  it('is a link itself with fvm', async () => {
    fake.flutter('fvm/versions/3.35.7', '3.9.2');
    const link = fake.link('service/.fvm/flutter_sdk', at('fvm/versions/3.35.7'));
    const { sdk } = await find({}, { serviceDir: at('service') });
    expect(sdk?.dart).toBe(join(link, 'bin/cache/dart-sdk/bin/dart'));
  });

  it('has no Dart before it is started, which is told once', async () => {
    fake.flutter('flutter');
    const env = { PATH: path('flutter/bin'), FLUTTER_ROOT: at('flutter') };
    const { sdk, searched } = await find(env);
    expect(sdk).toBeUndefined();
    expect(searched.map(({ found }) => found).slice(0, 3)).toEqual(Array(3).fill('not started'));
    expect(problemsOf(searched)).toEqual([
      `the Flutter SDK in ${at('flutter')} has no Dart yet: run  flutter --version  once`,
      `none fetched into ${at(CACHE)}`,
    ]);
  });

  it('may be a shim, and FLUTTER_ROOT no Flutter at all', async () => {
    const shim = fake.program('shims/flutter');
    const { searched } = await find({ PATH: path('shims'), FLUTTER_ROOT: at('nowhere') });
    expect(problemsOf(searched)).toEqual([
      'no dart on PATH',
      `FLUTTER_ROOT is ${at('nowhere')}, which is no Flutter SDK`,
      `${shim} does not tell where its SDK is; FLUTTER_ROOT can`,
      `none fetched into ${at(CACHE)}`,
    ]);
  });
});

describe('fetched SDKs', () => {
  it('are taken from the newest on, a release after its pre-releases', async () => {
    for (const version of ['3.9.4', '3.10.0-1.0.dev', '3.10.0', '3.7.0']) {
      fake.sdk(`${CACHE}/${version}-linux-x64`, version);
    }
    fake.sdk(`${CACHE}/3.11.0-linux-arm64`, '3.11.0');
    expect((await find({})).sdk?.version).toBe('3.10.0');
    expect((await find({}, { architecture: 'arm64' })).sdk?.version).toBe('3.11.0');
    expect((await find({}, { architecture: 'ia32' })).sdk).toBeUndefined();
  });

  it('are passed over when they are too old or not whole', async () => {
    fake.sdk(`${CACHE}/3.7.0-linux-x64`, '3.7.0');
    mkdirSync(at(`${CACHE}/3.12.0-linux-x64`), { recursive: true });
    const { sdk, searched } = await find({});
    expect(sdk).toBeUndefined();
    expect(problemsOf(searched).slice(-2)).toEqual([
      `there is no ${at(`${CACHE}/3.12.0-linux-x64/bin/dart`)}`,
      `Dart 3.7.0 at ${at(`${CACHE}/3.7.0-linux-x64/bin/dart`)} is older than 3.8.0`,
    ]);
  });

  it('are told of when their folder cannot be read', async () => {
    writeTree(at(), { 'home/.cache': 'a file' });
    expect(problemsOf((await find({})).searched)).toContain(
      `${at(CACHE)} cannot be read (ENOTDIR)`,
    );
  });
});
