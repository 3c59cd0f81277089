import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import { listGetters } from '../support/event-getters.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import {
  COMPATIBLE_TESTS,
  EVENT_FIXTURES,
  EVENT_SAMPLES,
  EVENT_TESTS,
} from '../support/runtime-tests.ts';
import { eventTypes, newService } from '../support/service.ts';
import { dartTime } from '../support/speed.ts';
import { requireDart } from '../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

/** Runs tests in a new service that has the whole event library, maybe with other sources. */
function testEvents(
  tests: Readonly<Record<string, string>>,
  change: (source: string) => string = (source) => source,
) {
  const root = temporaryFolder();
  const library = Object.fromEntries(
    Object.entries(eventTypes()).map(([path, source]) => [path, change(source)]),
  );
  writeTree(root, {
    ...newService({ runtime: 'compatible' }),
    ...library,
    ...tests,
    ...EVENT_FIXTURES,
    ...EVENT_SAMPLES,
    'test/runtime/events/getters.dart': listGetters(library),
  });
  const paths = Object.keys(tests).filter((path) => path.endsWith('_test.dart'));
  const options = { cwd: root, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync(dart?.dart ?? '', ['test', ...paths], options);
  return { status, output: stdout + stderr };
}

describe.skipIf(dart === null)('the event library', () => {
  it.each([
    ['its tests', EVENT_TESTS],
    ['those that use it by the names of aws_lambda_dart_runtime 1.1.0', COMPATIBLE_TESTS],
  ])(
    'passes %s',
    (_, tests) => {
      const { status, output } = testEvents(tests);
      expect(status, output).toBe(0);
      expect(output).toContain('All tests passed!');
    },
    dartTime(120_000),
  );

  it.each([
    ['reads a field by another name', "string('messageId')", "string('messageID')"],
    ['casts a field', "raw.string('messageId')", "raw['messageId'] as String"],
  ])(
    'fails them when a getter %s',
    (_, from, to) => {
      const { status, output } = testEvents(EVENT_TESTS, (source) => source.replaceAll(from, to));
      expect(status, output).toBe(1);
      expect(output).toContain('_test.dart: ');
    },
    dartTime(120_000),
  );
});

it('has a list of its getters that forgets none', () => {
  const list = listGetters(eventTypes());
  for (const [path, source] of Object.entries(eventTypes())) {
    for (const [, name] of source.matchAll(
      /^class (\w+) extends (?:EventJson|AwsCognitoEvent)/gm,
    )) {
      expect(list, path).toContain(`${name}: {`);
    }
  }
  expect(list).toContain("'senderId': (view) => AwsSqsAttributes.fromJson(view.raw).senderId");
  expect(list).toContain("'window': (view) => AwsKinesisEvent.fromJson(view.raw).window");
});
