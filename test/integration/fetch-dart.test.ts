import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { build } from '../../src/commands/build.ts';
import { test } from '../../src/commands/test.ts';
import { CancelledError, UserError } from '../../src/errors.ts';
import { quoted } from '../../src/message.ts';
import { type DartFetcher, type FetchHost, fetchDartInstead } from '../../src/tools/dart/fetch.ts';
import { dev } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { fakeSdks } from '../support/fake-sdks.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';

const QUESTION = 'Fetch Dart 3.10.1 (about 210 MB) now?';

const YML = `service: shop
plugins: [./tool/serverless-dart.mjs]
provider: { name: aws, runtime: provided.al2023, region: eu-west-1, architecture: arm64 }
functions:
  hello:
    handler: main.hello
`;

/** A service on a machine without Dart, whose user can fetch one. */
function machine() {
  const cwd = temporaryFolder();
  writeTree(cwd, {
    'serverless.yml': YML,
    'lib/main.dart': '',
    'node_modules/osls/package.json': '{"bin":{"serverless":"serverless.js"}}',
  });
  const fetched = join(cwd, 'fetched/bin/dart');
  const fetcher = {
    newest: vi.fn(async () => ({ version: '3.10.1', bytes: 210e6 })),
    install: vi.fn(async (_version: string) => ({ dart: fetched })),
  } satisfies DartFetcher;
  const env = { PATH: cwd, CONTAINER_ENGINE: 'no-engine' };
  return { cwd, env, fetched, fetcher };
}

describe('with the Flutter SDK of the service', () => {
  it('test runs its Dart and build finds it, and nothing is asked', async () => {
    const { cwd, env, fetcher } = machine();
    const dart = fakeSdks(cwd).flutter('.fvm/flutter_sdk', '3.9.2');
    const osls = join(cwd, 'node_modules/osls/serverless.js');
    const exits = { [`'${dart}' test`]: {}, [`${process.execPath} '${osls}' build`]: {} };
    const { context, commands } = scripted({ cwd, env, answers: {}, exits, fetcher });
    await test(context, []);
    await build(context, {});
    expect(commands).toEqual(Object.keys(exits));
  });
});

describe('without a Dart SDK, in a terminal', () => {
  it('test asks, fetches one and runs it', async () => {
    const { cwd, env, fetched, fetcher } = machine();
    const answers = { [QUESTION]: 'yes' };
    const exits = { [`'${fetched}' test -n a`]: {} };
    const { context, notes, questions } = scripted({ cwd, env, answers, exits, fetcher });
    await test(context, ['-n', 'a']);
    expect(questions).toMatchObject([{ message: QUESTION, initial: 'yes' }]);
    expect(fetcher.install).toHaveBeenCalledExactlyOnceWith('3.10.1');
    expect(notes).toEqual(['$ dart test -n a']);
  });

  it('dev asks, and goes on with what it fetched', async () => {
    const { cwd, env, fetched, fetcher } = machine();
    writeTree(cwd, { 'pubspec.yaml': '' });
    const answers = { [QUESTION]: 'yes' };
    const exits = { [`'${fetched}' pub get`]: { code: 65 } };
    const { context } = scripted({ cwd, env, answers, exits, fetcher });
    const error = await failure(dev(context, {}));
    expect(error.message).toBe('dart pub get failed.');
  });

  it('build does where no engine compiles instead, and osls finds it by itself', async () => {
    const { cwd, env, fetcher } = machine();
    const answers = { [QUESTION]: 'yes' };
    const program = join(cwd, 'node_modules/osls/serverless.js');
    const exits = { [`${process.execPath} '${program}' build`]: {} };
    const { context, questions } = scripted({ cwd, env, answers, exits, fetcher });
    await build(context, {});
    expect(questions).toHaveLength(1);

    fakeSdks(cwd).program('podman', 'exit 0');
    const withEngine = scripted({ cwd, env: { PATH: cwd }, answers: {}, exits, fetcher });
    await build(withEngine.context, {});
    expect(withEngine.questions).toEqual([]);
  });

  it('ends with the ordinary error for a no', async () => {
    const { cwd, env, fetcher } = machine();
    const { context } = scripted({ cwd, env, answers: { [QUESTION]: 'no' }, fetcher });
    const error = await failure(test(context, []));
    expect(error.message).toMatch(/^no Dart SDK was found: no dart on PATH; /);
    expect(fetcher.install).not.toHaveBeenCalled();
  });

  it('ends with what went wrong when fetching fails', async () => {
    const { cwd, env, fetcher } = machine();
    fetcher.install.mockRejectedValue(new UserError(quoted('the disk is full.')));
    const { context } = scripted({ cwd, env, answers: { [QUESTION]: 'yes' }, fetcher });
    expect((await failure(test(context, []))).message).toBe('the disk is full.');
  });

  it('asks nothing when DART_SDK is wrong: it would be taken still', async () => {
    const { cwd, env, fetcher } = machine();
    const DART_SDK = join(cwd, 'nowhere');
    const { context } = scripted({ cwd, env: { ...env, DART_SDK }, answers: {}, fetcher });
    for (const command of [test(context, []), build(context, {})]) {
      const error = await failure(command);
      expect(error.message).toBe(
        `DART_SDK is ${DART_SDK}, but there is no ${join(DART_SDK, 'bin/dart')}.`,
      );
      expect(error.hint).toMatch(
        /^set (DART_SDK|it) to the folder of a Dart SDK, or unset it\.?$/i,
      );
    }
  });

  it('asks nothing where nothing can be fetched', async () => {
    const { cwd, env } = machine();
    const { context } = scripted({ cwd, env, answers: {} });
    expect((await failure(test(context, []))).message).toMatch(/^no Dart SDK was found: /);
  });
});

describe('without a Dart SDK and without a terminal', () => {
  it('the error names the command that fetches one', async () => {
    const { cwd, env, fetcher } = machine();
    const { context } = scripted({ cwd, env, fetcher });
    const cache = join(cwd, '.cache/create-lambda-hello/dart-sdk');
    const error = await failure(test(context, []));
    expect(error.message).toBe(
      `no Dart SDK was found: no dart on PATH; no flutter on PATH; none fetched into ${cache}.`,
    );
    expect(error.hint).toMatch(/^create-lambda-hello install-dart {2}fetches one; /);
    const built = await failure(build(context, {}));
    expect(built.message).toMatch(
      /^nothing here can compile Dart for Linux arm64\.\n {2}- no dart/,
    );
    expect(built.message).toContain('no-engine: not installed');
    expect(built.hint).toMatch(/^create-lambda-hello install-dart .*; or start a container engine/);
    expect(fetcher.newest).not.toHaveBeenCalled();
  });
});

describe('when the archive is asked for the newest Dart', () => {
  const problem = new UserError(quoted('no Dart SDK was found.'));
  const offer = (newest: DartFetcher['newest'], stop = new AbortController()) => {
    const details: string[] = [];
    const { context } = scripted({ cwd: '/none', answers: {} });
    const host: FetchHost = {
      ...context,
      signal: stop.signal,
      out: { ...context.out, detail: (text) => void details.push(text) },
      dartFetcher: async () => ({ newest, install: () => Promise.reject(new Error('asked')) }),
    };
    return { ended: fetchDartInstead(host, problem, 50), details };
  };

  it('one that is not reached leaves the ordinary error', async () => {
    const { ended, details } = offer(() => Promise.reject(new UserError(quoted('no network.'))));
    await expect(ended).rejects.toBe(problem);
    expect(details).toEqual(['the newest Dart is not known: no network.']);
  });

  it('one that hangs does too, in time, and the question to it is ended', async () => {
    let asked: AbortSignal | undefined;
    const { ended, details } = offer((signal) => {
      asked = signal;
      return new Promise(() => {});
    });
    await expect(ended).rejects.toBe(problem);
    expect(asked?.aborted).toBe(true);
    expect(details).toEqual(['the newest Dart is not known: no answer within 0.05 s.']);
  });

  it('Ctrl-C cancels', async () => {
    const stop = new AbortController();
    const { ended } = offer(() => {
      stop.abort();
      return new Promise(() => {});
    }, stop);
    await expect(ended).rejects.toBeInstanceOf(CancelledError);
  });

  it('a defect is not taken for an archive that is not reached', async () => {
    const defect = new TypeError('x is undefined');
    await expect(offer(() => Promise.reject(defect)).ended).rejects.toBe(defect);
  });
});
