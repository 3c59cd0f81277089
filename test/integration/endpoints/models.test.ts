import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonSample } from '../../support/endpoint-inputs.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { modelOf } from '../../support/models.ts';
import { runtimeFiles } from '../../support/service.ts';
import { dartRuns } from '../../support/speed.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const SEED = 20261123;
const SAMPLES = dartRuns(300);

const dart = await requireDart();

describe.skipIf(dart === null)(`the models of ${SAMPLES} random samples`, () => {
  it('decode their own sample and encode it back to equal JSON', async () => {
    const folder = temporaryFolder();
    writeTree(folder, runtimeFiles());
    const samples = fc.sample(jsonSample, { numRuns: SAMPLES, seed: SEED });
    const imports: string[] = [];
    const checks: string[] = [];
    for (const [index, text] of samples.entries()) {
      const options = { className: `Model${index}`, description: 'A model.' };
      const { content, sample, roundTrip } = await modelOf(text, options);
      writeTree(folder, {
        [`lib/models/model${index}.dart`]: content,
        [`samples/${index}.json`]: sample.json,
      });
      imports.push(`import 'lib/models/model${index}.dart';`);
      checks.push(`  check(${index}, ${roundTrip});`);
    }
    writeTree(folder, { 'main.dart': program(imports, checks) });
    const main = join(folder, 'main.dart');
    const output = execFileSync(dart?.dart ?? '', ['run', main], { cwd: folder, encoding: 'utf8' });
    expect(output.trim().split('\n')).toEqual([`${SAMPLES} checked`]);
  });
});

/** Compares numbers too: 1 and 1.0 are equal JSON, and so are they in Dart. */
function program(imports: readonly string[], checks: readonly string[]): string {
  return `
import 'dart:convert';
import 'dart:io';

${imports.join('\n')}

bool same(Object? a, Object? b) => switch ((a, b)) {
  (Map a, Map b) =>
    a.length == b.length && a.keys.every((k) => b.containsKey(k) && same(a[k], b[k])),
  (List a, List b) =>
    a.length == b.length && Iterable.generate(a.length).every((i) => same(a[i], b[i])),
  _ => a == b,
};

var checked = 0;

void check(int index, String Function(String) roundTrip) {
  final sample = File('samples/$index.json').readAsStringSync();
  String? result;
  try {
    result = roundTrip(sample);
    if (!same(json.decode(sample), json.decode(result))) print('$index: $sample became $result');
  } catch (error) {
    print('$index: $sample threw $error');
  }
  checked++;
}

void main() {
${checks.join('\n')}
  print('$checked checked');
}
`;
}
