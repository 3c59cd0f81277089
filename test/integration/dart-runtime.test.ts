import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { RUNTIME_TESTS } from '../support/runtime-tests.ts';
import { newService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

/** Runs the tests of test/runtime/ in a new service, whose runtime may be changed. */
function testRuntime(change: (source: string) => string = (source) => source) {
  const root = temporaryFolder();
  const files = newService({ name: 'shop' });
  const runtime = Object.entries(files).filter(([path]) => path.startsWith('lib/runtime/'));
  const changed = runtime.map(([path, source]) => [path, change(source)]);
  writeTree(root, { ...files, ...RUNTIME_TESTS, ...Object.fromEntries(changed) });
  const options = { cwd: root, encoding: 'utf8' as const };
  const tests = ['test', ...Object.keys(RUNTIME_TESTS)];
  const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', tests, options);
  return { status, output: stdout + stderr };
}

describe.skipIf(dart === null)('the runtime of a service', () => {
  it(
    'passes its tests',
    () => {
      const { status, output } = testRuntime();
      expect(status, output).toBe(0);
      expect(output).toContain('All tests passed!');
      expect(Object.keys(RUNTIME_TESTS).length).toBeGreaterThan(3);
    },
    dartTime(60_000),
  );

  it(
    'fails them when it is wrong',
    () => {
      const { status } = testRuntime((source) => source.replaceAll("'Set-Cookie'", "'Set-Cooky'"));
      expect(status).toBe(1);
    },
    dartTime(60_000),
  );
});

it('has its tests here, and a new service those of its handlers and models', () => {
  const tests = Object.keys(newService()).filter((path) => path.startsWith('test/'));
  expect(tests).toEqual([
    'test/handlers/hello_test.dart',
    'test/handlers/post_request_test.dart',
    'test/models/post_request_model_test.dart',
  ]);
});
