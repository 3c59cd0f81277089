import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permanentFolder, writeTree } from '../../support/folders.ts';
import { modelOf } from '../../support/models.ts';
import { runtimeFiles } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

type Kind = 'request' | 'response' | 'patch';

/** A sample, and bodies that its model reads; `=` is written back as it was, else it is refused. */
const CASES: readonly (readonly [Kind, sample: string, body: string, outcome: string])[] = [
  ['request', 'r:map<double>', '{"r":{"USD":1.5,"":2,"a.b":3,"__proto__":4,"ü\\n":5}}', '='],
  ['request', 'r:map<double>', '{"r":{}}', '='],
  ['request', 'r:map<double>', '{"r":{"USD":"x"}}', 'field "r["USD"]" must be a number'],
  ['request', 'r:map<double>', '{"r":{"USD":null}}', 'field "r["USD"]" must be a number'],
  ['request', 'r:map<double>', '{"r":[]}', 'field "r" must be an object'],
  ['request', 'r:map<double>', '{"r":null}', 'field "r" must be an object, but it is null'],
  ['request', 'r:map<double>?', '{"r":null}', '='],
  ['request', 'r:map<int?>', '{"r":{"a":null,"b":1}}', '='],
  ['request', 'r:map<date[]>', '{"r":{"a":["2024-02-29"]}}', '='],
  ['request', 'r:map<date[]>', '{"r":{"a":["x"]}}', 'field "r["a"][0]" must be a date such as'],
  ['request', 'r:map<map<datetime?>>', '{"r":{"a":{"b":"2024-02-29T12:30:00Z","c":null}}}', '='],
  ['request', 'r:map<any>', '{"r":{"a":[1,null,{"b":2}]}}', '='],
  ['request', 'r:map<enum(a,b)>', '{"r":{"x":"b"}}', '='],
  ['request', 'r:map<decimal>[]', '{"r":[{"x":"1.50"},{}]}', '='],
  ['request', 's:enum(open,in transit)', '{"s":"in transit"}', '='],
  ['request', 's:enum(open,paid)', '{"s":"Open"}', 'must be one of open, paid, but it is "Open"'],
  ['request', 's:enum(open,paid)', '{"s":1}', 'field "s" must be a string, but it is a number'],
  ['request', 's:enum(open,paid)', '{"s":null}', 'field "s" must be a string, but it is null'],
  ['request', 's:enum(open,paid)', '{}', 'field "s" is missing'],
  ['request', 's:enum(open,paid)?', '{"s":null}', '='],
  ['request', 's:enum(open,paid)[]', '{"s":["paid","open"]}', '='],
  [
    'request',
    's:enum(open,paid)[]',
    '{"s":["paid","x"]}',
    'field "s[1]" must be one of open, paid',
  ],
  ['request', 's:enum(open,paid)?[]', '{"s":["paid",null]}', '='],
  ['request', 's?:enum(open,paid)', '{}', '='],
  ['response', 's:enum(open,paid)', '{"s":"refunded"}', '='],
  ['response', 's:enum(open,paid)?', '{"s":null}', '='],
  ['response', 's?:enum(open,paid)?', '{"s":"refunded"}', '='],
  ['response', 's:enum(open,paid)', '{"s":1}', 'field "s" must be a string'],
  ['response', 's:enum(open,paid)[]?', '{"s":["refunded","open"]}', '='],
  ['response', 's:map<enum(open,paid)>', '{"s":{"a":"refunded"}}', '='],
  ['request', 'd:decimal', '{"d":"12.50"}', '='],
  ['request', 'd:decimal', '{"d":"-0.000000000000000000001"}', '='],
  ['request', 'd:decimal', '{"d":"123456789012345678901234567890.10"}', '='],
  ['request', 'd:decimal', '{"d":12.50}', 'field "d" must be a string, but it is a number'],
  [
    'request',
    'd:decimal',
    '{"d":"12,50"}',
    'must be a decimal number such as 12.50, but it is "12',
  ],
  ...['', '.5', '5.', '01', '+1', '1e3', ' 1', '1\\n', 'NaN', '٧', '--1'].map(
    (text) => ['request', 'd:decimal', `{"d":"${text}"}`, 'must be a decimal number'] as const,
  ),
  ['request', 'd:decimal[]?', '{"d":["1","2.0"]}', '='],
  ['request', 'l:int[][]', '{"l":[[1],[]]}', '='],
  ['request', 'l:string?[]?', '{"l":["a",null]}', '='],
  ['request', 'a:any[]', '{"a":[1,"x",null,{"b":[]}]}', '='],
  ['request', 'n:int', '{"n":9223372036854775807}', '='],
  ['request', 'n:int', '{"n":9223372036854775808}', 'must be an integer'],
  ['request', 'n?:string?', '{"n":null}', '='],
  ['request', 'n?:string?', '{}', '='],
  ['request', '{"d":{"2024-02-29":{"a":1},"2024-03-01":{"a":2}}}', '{"d":{"x":{"a":3}}}', '='],
  ['patch', 'name:string,note:string?,at:date', '{"name":"a"}', '='],
  ['patch', 'name:string,note:string?,at:date', '{"at":"2024-02-29","note":null}', '='],
  ['patch', 'name:string,note:string?', '{}', '='],
  ['patch', 'name:string,note:string?', '{"note":"b","color":"red"}', '{"note":"b"}'],
  ['patch', 'name:string', '{"name":null}', 'field "name" must be a string, but it is null'],
  ['patch', 'tags:string[],rates:map<int?>?', '{"tags":[],"rates":null}', '='],
  ['patch', 's:enum(open,paid)', '{"s":"x"}', 'must be one of open, paid'],
  ['patch', 's:enum(open,paid)?,d:decimal', '{"s":null,"d":"0"}', '='],
  ['patch', '{"a":{"b":1,"c":"2024-02-29"}}', '{"a":{"b":1}}', 'field "a.c" is missing'],
  ['patch', '{"a":{"b":1,"c":"2024-02-29"}}', '{"a":{"b":1,"c":"2024-02-29"}}', '='],
  ['patch', '{"a":[{"b":1}],"n":null}', '{"n":{"any":1},"a":[{"b":2}]}', '='],
];

async function readAll(folder: string): Promise<string[]> {
  writeTree(folder, runtimeFiles());
  const imports: string[] = [];
  const calls: string[] = [];
  for (const [index, [kind, sample, body]] of CASES.entries()) {
    const { content, decode, encode } = await modelOf(sample, {
      className: `Model${index}`,
      description: 'A model.',
      patch: kind === 'patch',
      openEnums: kind === 'response',
    });
    writeTree(folder, {
      [`lib/models/model${index}.dart`]: content,
      [`bodies/${index}.json`]: body,
    });
    imports.push(`import 'lib/models/model${index}.dart';`);
    calls.push(`  read(${index}, ${decode}, ${encode});`);
  }
  writeTree(folder, {
    'main.dart': `
import 'dart:convert';
import 'dart:io';

${imports.join('\n')}

void read<T>(int index, T Function(String) decode, String Function(T) encode) {
  try {
    final value = decode(File('bodies/$index.json').readAsStringSync());
    final text = encode(value);
    final isEqual = value == decode(text) && '$value' == '\${decode(text)}';
    print(json.encode(isEqual ? text : 'not equal: $text'));
  } on FormatException catch (error) {
    print(json.encode(error.message));
  }
}

void main() {
${calls.join('\n')}
}
`,
  });
  const options = { cwd: folder, encoding: 'utf8' } as const;
  const output = execFileSync(dart?.dart ?? '', ['run', join(folder, 'main.dart')], options);
  return output
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

describe.skipIf(dart === null)('a model', () => {
  const { folder, remove } = permanentFolder();
  afterAll(remove);
  let results: string[];
  beforeAll(async () => {
    results = await readAll(folder);
  });

  it.each(CASES.map((one, index) => [...one, index] as const))(
    'of a $0, $1, makes of $2: $3',
    (_kind, _sample, body, outcome, index) => {
      const written = outcome === '=' ? body : outcome;
      if (!written.startsWith('{')) expect(results[index]).toContain(outcome);
      else expect(JSON.parse(results[index] ?? '')).toEqual(JSON.parse(written));
    },
  );
});
