import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { UserError } from '../../../src/errors.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { endpointInput } from '../../support/endpoint-inputs.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import {
  COMPATIBLE_TESTS,
  EVENT_TESTS,
  RUNTIME_TESTS,
  SHELF_TESTS,
} from '../../support/runtime-tests.ts';
import { eventTypes, newService, writeService } from '../../support/service.ts';
import { requireDartFormat } from '../../toolchain/dart-format.mjs';

const format = await requireDartFormat();

/** The Dart files that dart format would change, with what it would make of them. */
function unformatted(files: Record<string, string>): [string, string][] {
  const sources = Object.entries(files).filter(([path]) => path.endsWith('.dart'));
  expect(sources.length).toBeGreaterThan(0);
  const formatted = format?.(Object.fromEntries(sources)) ?? {};
  return Object.entries(formatted).filter(([path, source]) => files[path] !== source);
}

describe.skipIf(format === null)('dart format', () => {
  it.each(['a', 'shop', 'a-service-with-a-long-name'])(
    'changes nothing in a service called %s',
    (name) => {
      expect(unformatted(newService({ name }))).toEqual([]);
      expect(unformatted(newService({ name, app: 'shelf' }))).toEqual([]);
      expect(unformatted(newService({ name, runtime: 'compatible' }))).toEqual([]);
      expect(unformatted(newService({ name, runtime: 'package' }))).toEqual([]);
    },
  );

  it('changes nothing in the tests of the runtime', () => {
    expect(unformatted({ ...RUNTIME_TESTS, ...SHELF_TESTS })).toEqual([]);
  });

  it('changes nothing in the event library and its tests', () => {
    expect(
      unformatted({
        ...eventTypes(),
        ...EVENT_TESTS,
        ...COMPATIBLE_TESTS,
      }),
    ).toEqual([]);
  });

  it('changes nothing in random endpoints', async () => {
    const root = writeService(temporaryFolder());
    const before = readTree(root);
    const files: Record<string, string> = {};
    for (const [index, input] of fc
      .sample(endpointInput, { numRuns: 400, seed: 20261124 })
      .entries()) {
      const { name, ...flags } = input;
      try {
        await addEndpoint(scripted({ cwd: root }).context, name, flags);
      } catch (error) {
        if (error instanceof UserError) continue;
        throw error;
      }
      for (const [path, content] of Object.entries(readTree(root))) {
        if (before[path] !== content) files[`${index}/${path}`] = content;
      }
      await removeEndpoint(scripted({ cwd: root }).context, name, {});
    }
    const differing = unformatted(files);
    expect(differing.map(([path, source]) => ({ path, is: files[path], wanted: source }))).toEqual(
      [],
    );
  });
});
