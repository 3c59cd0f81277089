import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { permanentFolder, writeTree } from '../../support/folders.ts';
import { runtimeFiles } from '../../support/service.ts';
import { requireDart } from '../../toolchain/fetch-dart-vm.mjs';

const dart = await requireDart();

/** Texts by the type that they are read as, of which the first ones are taken. */
const TEXTS: Readonly<Record<string, { readonly taken: string[]; readonly refused: string[] }>> = {
  int: {
    taken: ['0', '-0', '7', '-7', '9223372036854775807', '-9223372036854775808'],
    refused: [
      ...['', '+7', '007', '0x10', ' 7 ', '7\n', '7 8', '1.0', '1e3', '9223372036854775808'],
      ...['1e400', 'NaN', 'Infinity', '٧', 'null', '"7"', '1,000', '1_000', '--7', '%37'],
    ],
  },
  double: {
    taken: ['0', '-0.0', '7', '1.5', '1e3', '1E-7', '1e308', '9223372036854775808', '5e-324'],
    refused: [
      ...['', '+1.5', '01.5', '1.', '.5', ' 1.5', '0x10', 'NaN', '-NaN', 'Infinity', '-Infinity'],
      ...['1e400', '-1e400', `1${'0'.repeat(309)}`, '1,5', '1.5f', 'null'],
    ],
  },
  bool: {
    taken: ['true', 'false'],
    refused: ['', 'TRUE', 'True', ' true', 'true\n', '1', '0', 'yes', 'null'],
  },
  date: {
    taken: ['2024-02-29', '2000-12-31', '0001-01-01'],
    refused: [
      ...['', '2023-02-29', '2024-02-30', '2024-13-01', '2024-00-10', '2024-01-00', '2024-2-9'],
      ...['20240229', '+2024-02-29', '2024-02-29T00:00:00Z', '2024-02-29 ', '2024-02-29\n'],
    ],
  },
  datetime: {
    taken: [
      ...['2024-02-29T12:30:00Z', '2024-02-29T12:30:00.500Z', '2024-02-29T23:30:00-05:00'],
      ...['2024-02-29T12:30:00+23:59', '2024-02-29T12:30:00.123456789Z'],
    ],
    refused: [
      ...['', '2024-02-29', '2024-02-30T12:30:00Z', '2024-02-29T24:00:00Z', '2024-02-29T12:60:00Z'],
      ...['2024-02-29T12:30:60Z', '2024-02-29T12:30:00', '2024-02-29 12:30:00Z'],
      ...['2024-02-29T12:30Z', '2024-02-29T12:30:00+24:00', '2024-02-29T12:30:00+00:60'],
      ...['2024-02-29T12:30:00+0200', '20240229T123000Z', '2024-02-29t12:30:00z'],
    ],
  },
};

interface Result {
  readonly parameter: string | null;
  readonly field: string | null;
}

/** Reads every text as a parameter, and as a field of a body: how Dart prints what it became. */
function readAll(folder: string): Record<string, Record<string, Result>> {
  const texts = Object.entries(TEXTS).map(([type, { taken, refused }]) => [
    type,
    [...taken, ...refused],
  ]);
  writeTree(folder, {
    ...runtimeFiles(),
    'main.dart': PROGRAM,
    'texts.json': JSON.stringify(Object.fromEntries(texts)),
  });
  const output = execFileSync(dart?.dart ?? '', ['run', join(folder, 'main.dart')], {
    cwd: folder,
    encoding: 'utf8',
  });
  return JSON.parse(output);
}

const both = (type: string, method: string, more = '') => `
      '${type}': both(
        texts['${type}'],
        parameter: (parameters) => parameters.${method}('a'),
        field: (json) => json.${method}('a')${more},
      ),
`;

/** In a body, numbers and booleans stand without quotes, where they are what JSON has. */
const PROGRAM = `
import 'dart:convert';
import 'dart:io';

import 'lib/runtime/runtime.dart';

String? attempt(Object? Function() read) {
  try {
    final value = read();
    return value is DateTime ? '\${value.isUtc} $value' : '$value';
  } on FormatException {
    return null;
  }
}

Map<String, Object?> both(
  List<dynamic> texts, {
  required Object? Function(Map<String, String> parameters) parameter,
  required Object? Function(Map<String, dynamic> json) field,
  bool quoted = false,
}) => {
  for (final String text in texts.cast())
    text: {
      'parameter': attempt(() => parameter({'a': text})),
      'field': attempt(() {
        // White space around a value is part of JSON, and none of the value.
        final isJson = !quoted && text.trim() == text;
        final source = '{"a": \${isJson ? text : json.encode(text)}}';
        return field(decodeJson(source, asMap));
      }),
    },
};

void main() {
  final texts = json.decode(File('texts.json').readAsStringSync());
  print(
    json.encode({
${[
  both('int', 'integer'),
  both('double', 'number'),
  both('bool', 'boolean'),
  both('date', 'date', ', quoted: true'),
  both('datetime', 'dateTime', ', quoted: true'),
].join('')}    }),
  );
}
`;

describe.skipIf(dart === null)('a parameter of a path or a query', () => {
  const { folder, remove } = permanentFolder();
  afterAll(remove);
  let results: ReturnType<typeof readAll>;
  beforeAll(() => {
    results = readAll(folder);
  });
  const textsOf = (which: 'taken' | 'refused') =>
    Object.entries(TEXTS).flatMap(([type, texts]) => texts[which].map((text) => ({ type, text })));

  it.each(textsOf('taken'))('takes $text as $type, as a body does', ({ type, text }) => {
    const { parameter, field } = results[type]?.[text] ?? {};
    expect(parameter).toEqual(expect.any(String));
    expect(parameter).toBe(field);
  });

  it.each(textsOf('refused'))('refuses $text as $type, as a body does', ({ type, text }) => {
    expect(results[type]?.[text]).toEqual({ parameter: null, field: null });
  });

  it('is the moment in UTC that the text says', () => {
    expect(results.date?.['2024-02-29']?.parameter).toBe('true 2024-02-29 00:00:00.000Z');
    expect(results.datetime?.['2024-02-29T23:30:00-05:00']?.parameter).toBe(
      'true 2024-03-01 04:30:00.000Z',
    );
  });
});
