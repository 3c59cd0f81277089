import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { upperCamel } from '../../../src/dart/identifiers.ts';
import { temporaryFolder, writeTree } from '../../support/folders.ts';
import { modelOf } from '../../support/models.ts';
import { runtimeFiles } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

/*
 * Samples in the shapes of what services of many kinds send and take: payments, webhooks of source
 * hosting, geography, invoices, chat, sensors, calendars, files, people. All values are made up.
 */
const FOLDER = fileURLToPath(new URL('../../fixtures/api-samples/', import.meta.url));
const SAMPLES = readdirSync(FOLDER).map((file) => ({
  name: basename(file, '.json'),
  text: readFileSync(join(FOLDER, file), 'utf8'),
}));

const dart = await requireDart();

/** The forms in which an endpoint has a sample, each with the JSON that it must read and write. */
function formsOf(text: string) {
  const [[first, value] = ['', undefined]] = Object.entries(JSON.parse(text));
  return [
    { form: 'Request', sample: text, json: text },
    { form: 'Response', sample: text, json: text, openEnums: true },
    { form: 'List', sample: `[${text}]`, json: `[${text},${text}]` },
    { form: 'Patch', sample: text, json: JSON.stringify({ [first]: value }), patch: true },
    { form: 'None', sample: text, json: '{}', patch: true },
  ];
}

describe.skipIf(dart === null)(`the models of ${SAMPLES.length} samples of APIs`, () => {
  it('decode and encode a request, a response, a list and a PATCH to equal JSON', async () => {
    expect(SAMPLES).toHaveLength(60);
    const folder = temporaryFolder();
    writeTree(folder, runtimeFiles());
    const imports: string[] = [];
    const checks: string[] = [];
    for (const { name, text } of SAMPLES) {
      for (const { form, sample, json, ...options } of formsOf(text)) {
        const className = `${upperCamel(name)}${form}`;
        const library = `${name.toLowerCase()}_${form.toLowerCase()}`;
        const description = 'A model.';
        const { content, roundTrip } = await modelOf(sample, {
          className,
          description,
          ...options,
        });
        writeTree(folder, { [`lib/models/${library}.dart`]: content, [`${library}.json`]: json });
        imports.push(`import 'lib/models/${library}.dart' as ${library};`);
        checks.push(
          `  check('${library}', ${roundTrip.replace(/\b(\w+(?:From|To)Json)\(/g, `${library}.$1(`)});`,
        );
      }
    }
    const main = join(folder, 'main.dart');
    writeTree(folder, { 'main.dart': program(imports, checks) });
    const output = execFileSync(dart?.dart ?? '', ['run', main], { cwd: folder, encoding: 'utf8' });
    expect(output.trim().split('\n')).toEqual([`${5 * SAMPLES.length} checked`]);
  });
});

const program = (imports: readonly string[], checks: readonly string[]): string => `
import 'dart:convert';
import 'dart:io';

${imports.join('\n')}

var checked = 0;

bool same(Object? a, Object? b) => switch ((a, b)) {
  (final Map<dynamic, dynamic> a, final Map<dynamic, dynamic> b) =>
    a.length == b.length && a.keys.every((k) => b.containsKey(k) && same(a[k], b[k])),
  (final List<dynamic> a, final List<dynamic> b) =>
    a.length == b.length && a.indexed.every((item) => same(item.$2, b[item.$1])),
  _ => a == b,
};

void check(String name, String Function(String) roundTrip) {
  final source = File('$name.json').readAsStringSync();
  final result = roundTrip(source);
  if (!same(json.decode(result), json.decode(source))) print('$name: $result');
  checked++;
}

void main() {
${checks.join('\n')}
  print('$checked checked');
}
`;
