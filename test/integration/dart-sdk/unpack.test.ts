import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { CancelledError } from '../../../src/errors.ts';
import { makeZip, rename, sdkFiles, VERSION, withOneSdk } from '../../support/dart-archive.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';

const windows = process.platform === 'win32';
const link = (text: string) => ({ text, mode: 0o120777 });

/** Fetches the zip, with a checksum that is right; everything around the cache is looked at too. */
async function install(zip: Buffer) {
  const { archive, cache, install: run } = await withOneSdk();
  archive.add(VERSION, 'linux-x64', zip);
  return { cache, around: dirname(dirname(cache)), done: run() };
}

/** The whole SDK, with one file more. */
const zipWith = (files: Parameters<typeof makeZip>[0]) =>
  makeZip({ ...sdkFiles(VERSION), ...files });

describe('a zip file that would write outside of its folder', () => {
  it.each([
    ['a name with ../', '../evil.txt'],
    ['one that climbs far', '../../../../e'],
    ['one in its middle', 'dart-sdk/../../evil'],
    ['an absolute name', '/tmp/evil.txt'],
    ['a backslash', 'dart-sdk\\evil'],
    ['a way up by backslashes', '..\\..\\evil'],
    ['a drive', 'C:/evil.txt'],
    ['a second content of a file', 'dart-sdk/version:evil'],
    ['a name of no length', 'dart-sdk//evil'],
    ['a line break', 'dart-sdk/\nevil'],
  ])('is refused for %s', async (_, name) => {
    const usual = 'x'.repeat(name.length);
    const zip = rename(await zipWith({ [usual]: 'evil' }), usual, name);
    const { cache, around, done } = await install(zip);
    const error = await failure(done);
    expect(error.message).toMatch(/^the file of the Dart SDK cannot be unpacked: .*kept\.$/s);
    expect(error.exitCode).toBe(1);
    expect(readdirSync(cache)).toEqual([]);
    expect(readTree(around)).toEqual({ 'cache/dart-sdk/': '' });
    expect(existsSync('/tmp/evil.txt')).toBe(false);
  });

  it.skipIf(windows).each([
    ['an absolute one', { 'dart-sdk/out': link('/etc') }],
    ['one that leads up', { 'dart-sdk/out': link('../../..') }],
    ['one that leads beside the folder', { 'dart-sdk/out': link('../../unpacked-too') }],
    // By their words alone, both stay inside.
    [
      'one by way of another',
      { 'dart-sdk/lib/up': link('../..'), 'dart-sdk/lib/out': link('up/../../..') },
    ],
    ['one to what is not an SDK', { 'dart-sdk/out': link('..') }],
    ['one in place of the SDK', { 'dart-sdk': link('elsewhere') }],
    ['one to nothing', { 'dart-sdk/out': link('nothing') }],
    ['one to itself', { 'dart-sdk/out': link('out') }],
  ])('is refused for a link, %s', async (_, files) => {
    const { cache, done } = await install(await zipWith(files));
    expect((await failure(done)).message).toMatch(/outside of its folder|it has dart-sdk twice/);
    expect(readdirSync(cache)).toEqual([]);
  });

  it.skipIf(windows)('is refused for a link and a file by way of it', async () => {
    const outside = temporaryFolder();
    const { done, cache } = await install(
      await zipWith({ 'dart-sdk/out': link(outside), 'dart-sdk/out/evil': 'evil' }),
    );
    expect((await failure(done)).message).toContain('it has dart-sdk/out twice');
    expect(readTree(outside)).toEqual({});
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe('a zip file that is none of an SDK', () => {
  it.each([
    ['nothing in it', async () => makeZip({}), 'it has no dart-sdk/bin/dart'],
    ['no program', async () => makeZip({ 'dart-sdk/version': '' }), 'it has no dart-sdk/bin/dart'],
    [
      'a name twice',
      async () => zipWith({ 'dart-sdk/VERSION': '' }),
      'it has dart-sdk/VERSION twice',
    ],
    [
      'a device',
      async () => zipWith({ 'dart-sdk/null': { text: '', mode: 0o020666 } }),
      'dart-sdk/null is not a file, folder or link',
    ],
    ['no zip', async () => Buffer.from('<html>'.repeat(100)), 'not a zip file'],
    [
      'half of a zip',
      async () => (await zipWith({})).subarray(0, 300),
      'not a zip file, or file is truncated',
    ],
    [
      'other bytes in a file',
      async () => {
        const zip = await zipWith({ 'dart-sdk/big': 'a'.repeat(1000) });
        // The kind of the first block of the first file: there is no such kind.
        zip.writeUInt8(0xff, 30 + 'dart-sdk/bin/dart'.length);
        return zip;
      },
      'cannot be unpacked',
    ],
  ])('is refused with %s', async (_, zip, message) => {
    const { cache, done } = await install(await zip());
    expect((await failure(done)).message).toContain(message);
    expect(readdirSync(cache)).toEqual([]);
  });
});

it('is cancelled by the signal while it is unpacked, and nothing is kept', async () => {
  const { install: run, cache } = await withOneSdk();
  const stop = new AbortController();
  const onProgress = (step: string) => step === 'unpack' && stop.abort();
  await expect(run({ signal: stop.signal, onProgress })).rejects.toBeInstanceOf(CancelledError);
  expect(readdirSync(cache)).toEqual([]);
});

it.skipIf(windows)('links inside of the folder are kept', async () => {
  const { done } = await install(
    await zipWith({ 'dart-sdk/bin/dartaot': link('dart'), 'dart-sdk/core': link('lib/core') }),
  );
  const { folder } = await done;
  expect(readlinkSync(join(folder, 'bin/dartaot'))).toBe('dart');
  expect(readFileSync(join(folder, 'core/core.dart'), 'utf8')).toBe('library;\n');
});

describe('a disk that is too small', () => {
  it('is noticed before anything is downloaded', async () => {
    const { install: run, cache, zip } = await withOneSdk();
    const steps: string[] = [];
    const error = await failure(
      run({ freeBytes: async () => zip.length * 4, onProgress: (step) => steps.push(step) }),
    );
    expect(error.message).toMatch(/^the Dart SDK needs \d+ kB in .*, where \d+ kB are free\./);
    expect(error.hint).toContain('XDG_CACHE_HOME');
    expect(steps).toEqual([]);
    expect(readdirSync(cache)).toEqual([]);
  });

  it('is noticed before anything is unpacked', async () => {
    const { install: run, cache } = await withOneSdk({
      ...sdkFiles(VERSION),
      'dart-sdk/zeros': Buffer.alloc(1_000_000),
    });
    const steps = new Set<string>();
    const error = await failure(
      run({
        freeBytes: async () => 500_000,
        onProgress: (step, { done }) => done > 0 && steps.add(step),
      }),
    );
    expect(error.message).toContain('the Dart SDK needs 1 MB in');
    expect([...steps]).toEqual(['fetch']);
    expect(readdirSync(cache)).toEqual([]);
  });

  const disk = smallDisk();
  it.skipIf(disk === undefined).each([
    ['while it is downloaded', 3_000_000, true],
    ['while it is unpacked', 3_000_000, false],
  ])('is full %s', async (_, size, random) => {
    const folder = disk?.() ?? '';
    const content = Buffer.alloc(size);
    // What cannot be compressed is too large as a zip file already.
    if (random) for (let i = 0; i < size; i++) content[i] = (i * i * 31 + (i >> 3) * 17) & 0xff;
    const { install: run } = await withOneSdk({ ...sdkFiles(VERSION), 'dart-sdk/big': content });
    const cache = join(folder, 'dart-sdk');
    const error = await failure(run({ cache, freeBytes: async () => Number.POSITIVE_INFINITY }));
    expect(error.message).toMatch(/^cannot write to .*: the disk is full\.$/);
    expect(readdirSync(cache)).toEqual([]);
    // The size of the disk is asked for where nobody says another.
    const asked = await failure(run({ cache }));
    expect(asked.message).toContain('the Dart SDK needs');
  });
});

describe('a cache that cannot be written', () => {
  it.each([
    ['is a file', (cache: string) => cache],
    ['would be in a file', dirname],
  ])('%s', async (_, file) => {
    const { install: run, cache } = await withOneSdk();
    mkdirSync(dirname(file(cache)), { recursive: true });
    writeFileSync(file(cache), '');
    expect((await failure(run())).message).toBe(
      `cannot write to ${cache}: a part of the path is a file.`,
    );
  });
});

/** Makes a disk of 2 MB in memory, where this user may; undefined elsewhere, and says so. */
function smallDisk(): (() => string) | undefined {
  const make = () => {
    const folder = temporaryFolder();
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=2m', 'tmpfs', folder], { stdio: 'pipe' });
    onTestFinished(() => void execFileSync('umount', ['-l', folder]));
    return folder;
  };
  if (process.platform === 'linux' && process.getuid?.() === 0) return make;
  console.warn('\n*** Not root on Linux: what a full disk does is not tested. ***\n');
  return undefined;
}
