import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { modelOf } from '../../support/models.ts';
import { runtimeFiles } from '../../support/service.ts';
import { dartRuns } from '../../support/speed.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const SEED = 20261127;
const SAMPLES = dartRuns(200);

const dart = await requireDart();

const pairOf = (value: fc.Arbitrary<unknown>) => fc.tuple(value, value);
const name = fc.oneof(
  fc.stringMatching(/^[a-z][a-zA-Z_]{0,9}$/),
  fc.constantFrom('copyWith', 'hashCode', 'value', 'optional', 'isPresent', 'other', 'json'),
);
const item = fc.record({ sku: fc.string({ maxLength: 5 }), count: fc.nat() });
/** Two values of one type; of some, one is null or missing. */
const pair = fc
  .oneof(
    pairOf(fc.string({ maxLength: 5 })),
    pairOf(fc.integer()),
    pairOf(fc.constantFrom(0, -1.5, 0.5, 1e21)),
    pairOf(fc.boolean()),
    pairOf(fc.constantFrom('2024-02-29', '1999-12-31')),
    pairOf(fc.constantFrom('2024-02-29T12:30:00Z', '1999-12-31T00:00:00Z')),
    pairOf(fc.array(fc.integer(), { minLength: 1, maxLength: 3 })),
    pairOf(
      fc.array(fc.array(item, { minLength: 1, maxLength: 2 }), { minLength: 1, maxLength: 2 }),
    ),
    pairOf(item),
    pairOf(fc.constant(null)),
  )
  .chain(([a, b]) => fc.constantFrom([a, b], [a, b], [a, null], [a, undefined], [null, undefined]));
const samples = fc
  .uniqueArray(fc.tuple(name, pair), { minLength: 1, maxLength: 6, selector: ([key]) => key })
  .map((fields) =>
    [0, 1].map((which) => Object.fromEntries(fields.map(([key, values]) => [key, values[which]]))),
  );

/** The parameters of `copyWith`, each with whether it takes an `Optional` for what may be null. */
function copied(content: string, className: string): (readonly [name: string, boolean])[] {
  const [, list = ''] = new RegExp(`  ${className} copyWith\\(\\{([^}]*)\\}`).exec(content) ?? [];
  const absent = /\s*=\s*const Optional\.absent\(\)/;
  return list
    .split(/,(?![^<]*>)/)
    .filter((parameter) => parameter.trim() !== '')
    .map((text) => [/\w+$/.exec(text.replace(absent, '').trim())?.[0] ?? '', absent.test(text)]);
}

describe.skipIf(dart === null)(`the models of ${SAMPLES} random samples`, () => {
  it('are values: equal by their fields, and copied with other ones', async () => {
    const folder = temporaryFolder();
    writeTree(folder, runtimeFiles());
    const imports: string[] = [];
    const checks: string[] = [];
    for (const [index, values] of fc.sample(samples, { numRuns: SAMPLES, seed: SEED }).entries()) {
      const text = JSON.stringify(values);
      const options = { className: `Model${index}`, description: 'A model.' };
      const { content, decode, encode } = await modelOf(text, options);
      writeTree(folder, { [`lib/models/model${index}.dart`]: content, [`${index}.json`]: text });
      imports.push(`import 'lib/models/model${index}.dart';`);
      const fields = copied(content, `Model${index}Item`);
      expect(fields.length).toBeGreaterThan(0);
      const given = fields.map(
        ([key, wrap]) => `${key}: ${wrap ? `Optional(y.${key})` : `y.${key}`}`,
      );
      const ones = fields.map(([key], at) => `(x.copyWith(${given[at]}).${key}, y.${key})`);
      checks.push(`  check(
    ${index},
    ${decode},
    ${encode},
    (x) => x.copyWith(),
    (x, y) => x.copyWith(${given.join(', ')}),
    (x, y) => [${ones.join(', ')}],
  );`);
    }
    writeTree(folder, { 'main.dart': program(imports, checks) });
    const main = join(folder, 'main.dart');
    const output = execFileSync(dart?.dart ?? '', ['run', main], { cwd: folder, encoding: 'utf8' });
    expect(output.trim().split('\n')).toEqual([`${SAMPLES} checked`]);
  });
});

function program(imports: readonly string[], checks: readonly string[]): string {
  return `
import 'dart:io';

import 'lib/runtime/json_model.dart';
${imports.join('\n')}

var checked = 0;

void check<T extends JsonModel>(
  int index,
  List<T> Function(String) decode,
  String Function(List<T>) encode,
  T Function(T x) copy,
  T Function(T x, T y) copyAll,
  List<(Object?, Object?)> Function(T x, T y) copyEach,
) {
  final source = File('$index.json').readAsStringSync();
  void law(String name, bool holds) {
    if (!holds) print('$index: not $name: $source');
  }

  final [x, y] = decode(source);
  final [again, _] = decode(encode([x, y]));
  law('equal to itself, decoded', x == again && x.hashCode == again.hashCode);
  law('equal as text', '$x' == '$again' && '$x'.startsWith('\${x.runtimeType}('));
  law('a copy that is equal', x == copy(x) && x.hashCode == copy(x).hashCode);
  final isSame = encode([x]) == encode([y]);
  law('unequal to another', (x == y) == isSame && (Optional(x) == Optional(y)) == isSame);
  law('the other, with all of its fields', copyAll(x, y) == y);
  for (final (copied, given) in copyEach(x, y)) {
    law('copied with $given', Optional(copied) == Optional(given));
  }
  checked++;
}

void main() {
${checks.join('\n')}
  print('$checked checked');
}
`;
}
