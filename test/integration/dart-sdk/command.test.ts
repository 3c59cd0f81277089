import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { completeWords } from '../../../src/cli/complete.ts';
import { knownNames } from '../../../src/commands/complete.ts';
import { CancelledError } from '../../../src/errors.ts';
import { sdkTarget } from '../../../templates/service/tool/dart-cache.mjs';
import { type InstallDartGiven, installDart } from '../../support/commands.ts';
import { type Script, scripted } from '../../support/context.ts';
import { makeZip, sdkFiles, startArchive, VERSION } from '../../support/dart-archive.ts';
import { failure } from '../../support/failure.ts';
import { temporaryFolder } from '../../support/folders.ts';

/** This machine, or a usual one where there is no SDK for this one. */
const TARGET = sdkTarget() ?? '';

/** An archive with an SDK for this machine, an empty cache and what runs the command. */
async function setUp(): Promise<{
  archive: Awaited<ReturnType<typeof startArchive>>;
  cache: string;
  folder: string;
  zip: Buffer;
  run: (
    flags: InstallDartGiven,
    script?: Partial<Script>,
  ) => ReturnType<typeof scripted> & { done: Promise<void> };
}> {
  const archive = await startArchive();
  const zip = await makeZip(sdkFiles(VERSION, process.platform === 'win32'));
  archive.add(VERSION, TARGET, zip);
  archive.newest('stable', VERSION);
  const cwd = temporaryFolder();
  const env = {
    FLUTTER_STORAGE_BASE_URL: archive.origin,
    [process.platform === 'win32' ? 'LOCALAPPDATA' : 'XDG_CACHE_HOME']: cwd,
  };
  const cache = join(cwd, 'create-lambda-hello/dart-sdk');
  return {
    archive,
    cache,
    folder: join(cache, `${VERSION}-${TARGET}`),
    zip,
    run: (flags, script) => {
      const all = scripted({ cwd, env, ...script });
      return { ...all, done: installDart(all.context, flags) };
    },
  };
}

// On macOS the cache has no variable of its own: nothing of the user's is to be touched.
describe.skipIf(process.platform === 'darwin' || TARGET === '')('install-dart', () => {
  it('fetches without a question where there is no terminal, and tells from where in one line', async () => {
    const { run, folder, archive } = await setUp();
    const { done, results, notes, questions } = run({});
    await done;
    expect(results).toEqual([`Dart 3.10.1 is in ${folder}`]);
    expect(notes).toEqual([
      expect.stringMatching(`^Fetching Dart 3.10.1 for ${TARGET} \\(\\d kB\\): ${archive.origin}/`),
    ]);
    expect(questions).toEqual([]);
    expect(readdirSync(folder).sort()).toEqual(['bin', 'lib', 'version']);
  });

  const question = 'Fetch Dart 3.10.1 (about 1 kB) now?';

  it('asks in a terminal before it fetches, and says how large it is', async () => {
    const { run, folder } = await setUp();
    const { done, results, questions } = run({}, { answers: { [question]: 'yes' } });
    await done;
    expect(questions.map(({ message }) => message)).toEqual([question]);
    expect(results).toEqual([`Dart 3.10.1 is in ${folder}`]);
  });

  it('fetches nothing when the answer is no', async () => {
    const { run, cache } = await setUp();
    const { done, results } = run({}, { answers: { [question]: 'no' } });
    await expect(done).rejects.toBeInstanceOf(CancelledError);
    expect(results).toEqual([]);
    expect(existsSync(cache)).toBe(false);
  });

  it('asks nothing with --yes, nor for what is there', async () => {
    const { run, folder, archive } = await setUp();
    await run({ yes: true }, { answers: {} }).done;
    archive.requests.length = 0;
    const { done, results } = run({ version: VERSION }, { answers: {} });
    await done;
    expect(results).toEqual([`Dart 3.10.1 is already in ${folder}`]);
    expect(archive.requests).toEqual([]);
  });

  it('prints one JSON document with --json', async () => {
    const { run, folder } = await setUp();
    const sdk = { version: VERSION, folder, dart: expect.stringContaining(join(folder, 'bin')) };
    const first = run({ json: true });
    await first.done;
    expect(first.results.map((text) => JSON.parse(text))).toEqual([{ ...sdk, fetched: true }]);
    const list = run({ list: true, json: true });
    await list.done;
    expect(list.results.map((text) => JSON.parse(text))).toEqual([{ sdks: [sdk] }]);
    const removed = run({ remove: VERSION, json: true });
    await removed.done;
    expect(removed.results.map((text) => JSON.parse(text))).toEqual([{ removed: sdk }]);
  });

  it('lists what was fetched, and removes it', async () => {
    const { run, folder, cache, archive } = await setUp();
    const none = run({ list: true });
    await none.done;
    expect(none.results).toEqual([]);
    expect(none.notes.join()).toContain('No Dart SDK has been fetched.');
    await run({}).done;
    archive.requests.length = 0;
    const one = run({ list: true });
    await one.done;
    expect(one.results).toEqual([`3.10.1  ${folder}`]);
    const removed = run({ remove: VERSION });
    await removed.done;
    expect(removed.results).toEqual([`Removed Dart 3.10.1 from ${folder}.`]);
    expect(readdirSync(cache)).toEqual([]);
    expect(archive.requests).toEqual([]);
  });

  it('says what there is to remove when there is no such version', async () => {
    const { run } = await setUp();
    const error = await failure(run({ remove: '3.9.0' }).done);
    expect(error.message).toBe('install-dart has not fetched a Dart SDK 3.9.0.');
    expect(error.hint).toBe('create-lambda-hello install-dart --list');
    expect(error.exitCode).toBe(1);
  });

  it.each([
    [{ version: '3.10' }, '--version: "3.10" is not the version of a Dart SDK.'],
    [{ version: '' }, '--version: "" is not the version of a Dart SDK.'],
    [{ version: '3.7.3' }, '--version: Dart 3.7.3 is too old'],
    [{ version: VERSION, remove: VERSION }, '--version and --remove cannot be combined.'],
    [{ list: true, remove: VERSION }, '--list and --remove cannot be combined.'],
  ])('is a wrong command line with %j', async (flags, message) => {
    const { run, archive } = await setUp();
    const error = await failure(run(flags).done);
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(2);
    expect(archive.requests).toEqual([]);
  });

  it('completes the versions that can be removed', async () => {
    const { run } = await setUp();
    const { done, context } = run({});
    await done;
    const { candidates } = await completeWords(
      ['install-dart', '--remove', ''],
      knownNames(context),
    );
    expect(candidates).toEqual([[VERSION, '']]);
  });
});
