import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeEndpoint } from '../../../src/commands/remove-function.ts';
import { UserError } from '../../../src/errors.ts';
import { addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { type EndpointInput, endpointInput } from '../../support/endpoint-inputs.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { newService, writeService } from '../../support/service.ts';
import { dartRuns } from '../../support/speed.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

/** The same inputs in every run: a failure can be looked into. */
const SEED = 20261123;
const RUNS = dartRuns(1500);
/** As many of them are compiled at once. */
const BATCH = 500;

// Names differ, so that all of them can be compiled together.
const inputs = fc
  .sample(endpointInput, { numRuns: RUNS, seed: SEED })
  .map((input, index) => ({ ...input, name: `${input.name}${index}` }));
const batches = Array.from({ length: Math.ceil(RUNS / BATCH) }, (_, index) => ({
  first: index * BATCH,
  batch: inputs.slice(index * BATCH, (index + 1) * BATCH),
}));

const dart = await requireDart();

type Outcome = { readonly refused: string } | { readonly files: Record<string, string> };

/** Adds an endpoint and takes it out again; the service must be as it was after either. */
async function tryInput(root: string, before: Record<string, string>, input: EndpointInput) {
  const { name, ...flags } = input;
  let outcome: Outcome;
  try {
    await addEndpoint(scripted({ cwd: root }).context, name, flags);
    const after = readTree(root);
    const changed = Object.entries(after).filter(([path, content]) => before[path] !== content);
    outcome = { files: Object.fromEntries(changed) };
    await removeEndpoint(scripted({ cwd: root }).context, name, {});
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    outcome = { refused: error.message };
  }
  expect(readTree(root)).toEqual(before);
  return outcome;
}

describe(`${RUNS} random endpoints`, () => {
  it.each(batches)(
    'are refused, or added so that they compile, pass their tests and can be removed, from number $first on',
    async ({ batch }) => {
      const root = writeService(temporaryFolder());
      const before = readTree(root);
      const added: Record<string, string>[] = [];
      const refused: string[] = [];
      for (const input of batch) {
        const outcome = await tryInput(root, before, input);
        if ('files' in outcome) added.push(outcome.files);
        else refused.push(outcome.refused);
      }
      expect(added.length).toBeGreaterThan(batch.length / 2);
      expect(refused.length).toBeGreaterThan(batch.length / 20);
      if (dart !== null) runTests(added, dart.dart);
    },
  );
});

/** Runs the tests of all the endpoints in one service, where their main files lie side by side. */
function runTests(endpoints: readonly Record<string, string>[], program: string): void {
  const service = temporaryFolder();
  const { 'pubspec.yaml': pubspec = '', ...files } = newService();
  const runtime = Object.entries(files).filter(([path]) => /^lib\/.*\.dart$/.test(path));
  writeTree(service, { 'pubspec.yaml': pubspec, ...Object.fromEntries(runtime) });
  const mains = endpoints.map((endpoint, index) => {
    const { 'lib/main.dart': main = '', ...others } = endpoint;
    const dartFiles = Object.entries(others).filter(([path]) => path.endsWith('.dart'));
    writeTree(service, { ...Object.fromEntries(dartFiles), [`lib/main${index}.dart`]: main });
    return `import 'package:shop/main${index}.dart' as main${index};`;
  });
  const uses = mains.map((_, index) => `  expect(main${index}.main, isNotNull);`);
  const test = `test('all of them compile', () {\n${uses.join('\n')}\n});`;
  const all = `${mains.join('\n')}\nimport 'package:test/test.dart';\nvoid main() {\n${test}\n}\n`;
  writeTree(service, { 'test/mains_test.dart': all });
  try {
    execFileSync(program, ['test'], { cwd: service, encoding: 'utf8', maxBuffer: 1e9 });
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string };
    const lines = `${stdout}\n${stderr}`
      .split('\n')
      .filter((line) => !/^\s*\+?\d*:? ?✓/.test(line));
    throw new Error(`dart test failed in ${join(service)}:\n${lines.slice(0, 60).join('\n')}`);
  }
}
