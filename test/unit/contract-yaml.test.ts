import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parse } from 'yaml';
import { writeYaml } from '../../src/contract/yaml.ts';

const TEXTS = [
  ...['', ' ', 'a: b', 'a #b', '- a', 'yes', 'null', '1', '1e3', '0x1', '12:30', '~', '=', '<<'],
  ...['a\nb', 'a\n\nb', ' a\nb', 'a \nb', 'a\n', '\na', 'a\n b', '# a', '/a/{b}', '*', '&a', '!a'],
  ...[
    '\u2028',
    '\ufeffa',
    '\u0085',
    '\u007f',
    'é',
    '日本',
    '🙂',
    '"',
    "'",
    '\\',
    'a:',
    '---',
    '...',
  ],
  ...[
    'a\n---\nb',
    'a\n# b',
    '%a',
    '@a',
    '`',
    '|',
    '>',
    '?',
    '? a',
    'a\tb',
    '2024-02-29',
    '__proto__',
  ],
];

const text = fc.oneof(fc.constantFrom(...TEXTS), fc.string({ unit: 'grapheme' }), fc.string());
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    text,
    fc.oneof(
      fc.boolean(),
      fc.constant(null),
      fc.integer(),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
    ),
    fc.array(tie('value'), { maxLength: 3 }),
    fc
      .uniqueArray(fc.tuple(text, tie('value')), { maxLength: 3, selector: ([name]) => name })
      .map(Object.fromEntries),
  ),
}));

it.each(['1.1', '1.2'] as const)('YAML %s reads what is written of any value', (version) => {
  fc.assert(
    fc.property(value, (given) => {
      const read = parse(writeYaml(given), { version, uniqueKeys: true });
      expect(JSON.stringify(read)).toBe(JSON.stringify(given));
    }),
    { numRuns: 3000 },
  );
});

it('is written in blocks', () => {
  const given = { a: [{ b: 1, c: [] }, [2, [3]]], d: { e: {}, f: 'x\ny' }, '200': true };
  expect(writeYaml(given)).toBe(`"200": true
a:
  - b: 1
    c: []
  -
    - 2
    -
      - 3
d:
  e: {}
  f: |-
    x
    y
`);
});
