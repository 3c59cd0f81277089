import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { RUNTIME_TESTS, SHELF_TESTS } from '../support/runtime-tests.ts';
import { newService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

/** Runs tests in a new service, whose runtime may be changed. */
function testRuntime(
  tests: Readonly<Record<string, string>>,
  app?: 'shelf',
  change: (source: string) => string = (source) => source,
) {
  const root = temporaryFolder();
  const files = newService({ name: 'shop', ...(app && { app }) });
  const runtime = Object.entries(files).filter(([path]) => path.startsWith('lib/runtime/'));
  const changed = runtime.map(([path, source]) => [path, change(source)]);
  writeTree(root, { ...files, ...tests, ...Object.fromEntries(changed) });
  const options = { cwd: root, encoding: 'utf8' as const };
  const paths = Object.keys(tests).filter((path) => path.endsWith('_test.dart'));
  const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', ['test', ...paths], options);
  return { status, output: stdout + stderr, paths };
}

describe.skipIf(dart === null).each([
  ['a service', RUNTIME_TESTS, undefined, 3],
  ['a service with a shelf app', SHELF_TESTS, 'shelf', 1],
] as const)('the runtime of %s', (_, tests, app, least) => {
  it(
    'passes its tests',
    () => {
      const { status, output, paths } = testRuntime(tests, app);
      expect(status, output).toBe(0);
      expect(output).toContain('All tests passed!');
      expect(paths.length).toBeGreaterThan(least);
    },
    dartTime(60_000),
  );

  it(
    'fails them when it is wrong',
    () => {
      const { status } = testRuntime(tests, app, (source) =>
        source.replaceAll("'Set-Cookie'", "'Set-Cooky'"),
      );
      expect(status).toBe(1);
    },
    dartTime(60_000),
  );
});

it('has its tests here, and a new service those of its own code', () => {
  const testsOf = (files: object) => Object.keys(files).filter((path) => path.startsWith('test/'));
  expect(testsOf(newService({ app: 'shelf' }))).toEqual(['test/app_test.dart']);
  expect(testsOf(newService())).toEqual([
    'test/handlers/hello_test.dart',
    'test/handlers/post_request_test.dart',
    'test/models/post_request_model_test.dart',
  ]);
});
