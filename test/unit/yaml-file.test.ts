import { describe, expect, it, vi } from 'vitest';
import { UserError } from '../../src/errors.ts';
import { readServerlessYml } from '../../src/serverless-yml/read.ts';
import { parseYaml } from '../../src/serverless-yml/yaml-file.ts';
import { addFunction, removeFunction } from '../support/functions-edit.ts';

const parse = (text: string): unknown => parseYaml(text, 'serverless.yml').value;
const lines = (count: number, line: (index: number) => string): string =>
  Array.from({ length: count }, (_, index) => line(index)).join('\n');

const TOO_MANY = 'its aliases stand for too many values.';
const KEY = 'a key is a list or a map.';
const TWICE = 'Map keys must be unique.';
const MERGE = '`<<` takes maps only.';

const refused: [name: string, text: string, message: string][] = [
  ['a list within itself', 'a: &a [*a]', '1:8: the alias *a is inside the node that it refers to.'],
  [
    'a map within itself',
    'a: &a\n  b: *a',
    '2:6: the alias *a is inside the node that it refers to.',
  ],
  [
    'a key within itself',
    'a: &a\n  *a : b',
    '2:3: the alias *a is inside the node that it refers to.',
  ],
  [
    'a merge within itself',
    'a: &a\n  <<: *a',
    '2:7: the alias *a is inside the node that it refers to.',
  ],
  [
    'an alias without an anchor',
    'a: *b',
    '1:4: Unresolved alias (the anchor must be set before the alias): b.',
  ],
  [
    'an alias before its anchor',
    'a: *b\nb: &b 1',
    '1:4: Unresolved alias (the anchor must be set before the alias): b.',
  ],
  ['a merged text', 'a: &a x\nb:\n  <<: *a', `3:7: ${MERGE}`],
  ['a merged number', '<<: 1', `1:5: ${MERGE}`],
  ['a merged nothing', '<<:', `1:4: ${MERGE}`],
  ['a merged list of texts', 'a: &a [x]\nb:\n  <<: *a', `3:7: ${MERGE}`],
  ['a merged list with a text', 'a: &a x\nb:\n  <<: [{}, *a]', `3:7: ${MERGE}`],
  ['a key twice', 'a: 1\nb: { c: 1, c: 2 }\na: 2', `2:12: ${TWICE}`],
  ['a key twice, once in quotes', 'a: 1\n"a": 2', `2:1: ${TWICE}`],
  ['a list as a key', '? [a]\n: b', `1:3: ${KEY}`],
  ['a map as a key', 'a: { ? { x: 1 } : 2 }', `1:8: ${KEY}`],
  ['an alias of a list as a key', 'a: &a [x]\nb:\n  *a : 1', `3:3: ${KEY}`],
  [
    'aliases of aliases',
    `a0: &a0 [x, x]\n${lines(40, (i) => `a${i + 1}: &a${i + 1} [*a${i}, *a${i}]`)}`,
    `19:11: ${TOO_MANY}`,
  ],
  [
    'merges of merges',
    `a0: &a0 { x: 1 }\n${lines(40, (i) => `a${i + 1}: &a${i + 1} { <<: [*a${i}, *a${i}] }`)}`,
    `19:17: ${TOO_MANY}`,
  ],
  ['closed brackets', `a: ${'['.repeat(5000)}${']'.repeat(5000)}`, ' it is nested too deeply.'],
  ['open brackets', `a: ${'['.repeat(50_000)}`, ' it is nested too deeply.'],
];

describe('parseYaml', () => {
  it.each(refused)('refuses %s, saying where', (_, text, message) => {
    const warn = vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
    const started = performance.now();
    try {
      expect(() => parse(text)).toThrow(UserError);
      expect(() => parse(text)).toThrow(new RegExp(`^serverless\\.yml:${escaped(message)}$`));
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it.each(refused)('has every reader and every edit refuse %s', (_, text) => {
    const file = 'serverless.yml';
    const fn = { key: 'f', handler: 'main.f', method: 'GET', path: '/f' };
    expect(() => readServerlessYml(text, { file, env: {} })).toThrow(UserError);
    expect(() => addFunction(text, fn, { file })).toThrow(UserError);
    expect(() => removeFunction(text, 'f', { file, force: true })).toThrow(UserError);
  });

  it.each<[string, string, unknown]>([
    ['an alias', 'a: &a [1]\nb: *a', { a: [1], b: [1] }],
    ['an anchor set twice', 'a: &a 1\nb: &a 2\nc: *a', { a: 1, b: 2, c: 2 }],
    ['an anchor set anew within itself', 'a: &a\n  b: &a 1\n  c: *a', { a: { b: 1, c: 1 } }],
    ['an alias as a key', '- &a x\n- *a : 1', ['x', { x: 1 }]],
    ['a merged map', 'a: &a { x: 1 }\nb: { <<: *a, y: 2 }', { a: { x: 1 }, b: { x: 1, y: 2 } }],
    ['a merged map written out', '<<: { x: 1 }', { x: 1 }],
    [
      'a merged list',
      'a: &a { x: 1 }\nb: { <<: [*a, { y: 2 }] }',
      { a: { x: 1 }, b: { x: 1, y: 2 } },
    ],
    [
      'two merges',
      'a: &a { x: 1 }\nb:\n  <<: *a\n  <<: { y: 2 }',
      { a: { x: 1 }, b: { x: 1, y: 2 } },
    ],
    ['a quoted merge key', '"<<": 1', { '<<': 1 }],
    ['keys that are no texts', '1: a\ntrue: b\nnull: c', { 1: 'a', true: 'b', '': 'c' }],
    ['an empty file', '', null],
  ])('reads %s', (_, text, value) => {
    expect(parse(text)).toEqual(value);
  });

  it('takes an anchor a thousand times', () => {
    const text = `a: &a { x: 1 }\ns: &s y\n${lines(1000, (i) => `f${i}: { <<: *a, s: *s }`)}`;
    expect(parse(text)).toMatchObject({ f0: { x: 1, s: 'y' }, f999: { x: 1, s: 'y' } });
  });
});

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
