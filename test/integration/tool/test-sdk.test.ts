import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeEach, describe, expect, it } from 'vitest';
import { fakeSdksForEach } from '../../support/fake-sdks.ts';
import { findSdk } from '../../toolchain/sdk.mjs';

const TOOLCHAIN = fileURLToPath(new URL('../../toolchain/', import.meta.url));

const { fake, at } = fakeSdksForEach();
let notes: string[];
beforeEach(() => {
  notes = [];
});

const find = (env: Record<string, string>) =>
  findSdk({ HOME: at(), ...env }, (note) => notes.push(note));

/** An SDK that has the command `pub`, or a bare VM that has none. */
function sdk(name: string, version = '3.9.0', script = '[ "$1" = pub ]'): string {
  fake.sdk(name, version);
  return fake.program(`${name}/bin/dart`, script);
}

describe('the SDK to test with', () => {
  it('is found where the program finds its own', async () => {
    const dart = sdk('.cache/create-lambda-hello/dart-sdk/3.9.0-linux-x64');
    const found = { binDir: join(dart, '..'), dart, version: '3.9.0' };
    expect(await find({})).toEqual(process.arch === 'x64' ? found : undefined);
    const named = sdk('named', '3.10.0');
    expect(await find({ DART_SDK: at('named') })).toMatchObject({ dart: named });
    expect(notes).toEqual([]);
  });

  it('is never the stand-in, a copy of it or a link to it, which goes without saying', async () => {
    const copy = sdk('copy');
    copyFileSync(join(TOOLCHAIN, 'bin/dart'), copy);
    fake.link('bin/dart', join(TOOLCHAIN, 'bin/dart'));
    expect(await find({ DART_SDK: at('copy'), PATH: at('bin') })).toBeUndefined();
    expect(notes).toEqual([]);
  });

  it('is no bare VM and none before 3.8, which is said', async () => {
    const bare = sdk('bare', '3.9.0', 'exit 254');
    const old = sdk('old', '3.7.3');
    const PATH = `${at('bare/bin')}:${at('old/bin')}`;
    expect(await find({ PATH })).toBeUndefined();
    expect(notes).toEqual([
      expect.stringMatching(`not used: ${bare} does not work: `),
      `not used: Dart 3.7.3 at ${old} is older than 3.8.0`,
    ]);
  });

  it.each([
    ['there is none', 'nowhere', /there is no .*nowhere/],
    ['it is a bare VM', 'bare', /does not work/],
    ['it is old', 'old', /is older than 3\.8\.0/],
  ])('is not looked for elsewhere when DART_SDK is set and %s', async (_, name, problem) => {
    sdk('good');
    sdk('bare', '3.9.0', 'exit 254');
    sdk('old', '3.7.3');
    const failed = find({ DART_SDK: at(name), PATH: at('good/bin') });
    await expect(failed).rejects.toThrow(problem);
    await expect(failed).rejects.toThrow(/^DART_SDK is set, but /);
  });
});

it('the version that the stand-in tells by its file is that of its VM', () => {
  const [standIn, version] = ['bin/dart', 'version'].map((name) =>
    readFileSync(join(TOOLCHAIN, name), 'utf8').trim(),
  );
  expect(standIn).toContain(`/dart-vm-${version}`);
});
