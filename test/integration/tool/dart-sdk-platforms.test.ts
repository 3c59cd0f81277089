import { describe, expect, it } from 'vitest';
import { findDartSdk, problemsOf } from '../../../templates/service/tool/dart-sdk.mjs';
import { fakeSdksForEach } from '../../support/fake-sdks.ts';

/** Only Linux runs these tests: what depends on the platform takes it as a value. */
const { fake, at, path } = fakeSdksForEach();

const find = (env: Record<string, string>, options: Parameters<typeof findDartSdk>[0]) =>
  findDartSdk({
    env: { HOME: at('home'), USERPROFILE: at('home'), ...env },
    architecture: 'x64',
    ...options,
  });

describe('on macOS', () => {
  it.each([
    ['to the SDK', { 'brew/bin/dart': '../Cellar/dart/3.10.0/libexec/bin/dart' }],
    [
      'in two steps',
      {
        'brew/bin/dart': '../opt/dart/bin/dart',
        'brew/opt/dart': '../Cellar/dart/3.10.0',
        'brew/Cellar/dart/3.10.0/bin/dart': '../libexec/bin/dart',
      },
    ],
  ])("Homebrew's links lead %s, with its version", async (_, links) => {
    fake.sdk('brew/Cellar/dart/3.10.0/libexec', '3.10.0');
    for (const [from, to] of Object.entries(links)) fake.link(from, to);
    const { sdk } = await find({ PATH: path('brew/bin') }, { platform: 'darwin' });
    expect(sdk).toMatchObject({ dart: at('brew/bin/dart'), version: '3.10.0' });
  });

  it('fetched SDKs are in Library/Caches', async () => {
    const cache = 'home/Library/Caches/create-lambda-hello/dart-sdk';
    const dart = fake.sdk(`${cache}/3.10.0-macos-arm64`, '3.10.0');
    const { sdk } = await find({}, { platform: 'darwin', architecture: 'arm64' });
    expect(sdk).toMatchObject({ source: 'fetched', dart });
  });
});

describe('on Windows', () => {
  const windows = { platform: 'win32' };

  it('dart.exe is found, and PATH may be Path', async () => {
    fake.sdk('unix', '3.9.0');
    const dart = fake.sdk('sdk', '3.9.0', 'dart.exe');
    const Path = path('unix/bin', 'sdk/bin');
    expect((await find({ Path }, windows)).sdk).toMatchObject({ source: 'PATH', dart });
    expect((await find({ DART_SDK: at('sdk') }, windows)).sdk?.dart).toBe(dart);
    expect((await find({ PATH: path('sdk/bin') }, { platform: 'linux' })).sdk).toBeUndefined();
  });

  it("Flutter's dart.bat needs a shell: what it starts is taken", async () => {
    const dart = fake.flutter('flutter', '3.9.2', true);
    expect((await find({ Path: path('flutter/bin') }, windows)).sdk?.dart).toBe(dart);
    expect((await find({ DART_SDK: at('flutter') }, windows)).sdk?.dart).toBe(dart);
    expect((await find({ FLUTTER_ROOT: at('flutter') }, windows)).sdk?.dart).toBe(dart);
  });

  it('a dart.bat of anything else is not taken', async () => {
    fake.program('shims/dart.bat', 'echo \'Dart SDK version: 3.8.2 (stable) on "windows_x64"\'');
    expect((await find({ Path: path('shims') }, windows)).sdk).toBeUndefined();
  });

  it('a Flutter that was never started is told by its flutter.bat', async () => {
    fake.flutter('flutter', undefined, true);
    const { searched } = await find({ Path: path('flutter/bin') }, windows);
    expect(problemsOf(searched)).toContain(
      `the Flutter SDK in ${at('flutter')} has no Dart yet: run  flutter --version  once`,
    );
  });

  it('fetched SDKs are in LOCALAPPDATA', async () => {
    const cache = 'local/create-lambda-hello/dart-sdk';
    const dart = fake.sdk(`${cache}/3.10.0-windows-arm64`, '3.10.0', 'dart.exe');
    const options = { platform: 'win32', architecture: 'arm64' };
    const { sdk } = await find({ LOCALAPPDATA: at('local') }, options);
    expect(sdk).toMatchObject({ source: 'fetched', dart });
  });
});
