import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { queryFields } from '../../src/dart/endpoint/query.ts';
import { InvalidValueError } from '../../src/errors.ts';
import { readSample } from '../../src/sample/sample.ts';
import { printValue } from '../../src/sample/value.ts';

const read = (text: string, file?: string) =>
  readSample(text, { example: 'name:string,age:int?', ...(file === undefined ? {} : { file }) });
const problem = (text: string, file?: string): string => {
  try {
    read(text, file);
  } catch (error) {
    if (error instanceof InvalidValueError) return error.message;
    throw error;
  }
  throw new Error('it was taken');
};

describe('readSample', () => {
  it('keeps numbers and strings as they were written', () => {
    const text = '{"a": 1.0, "b": 1e3, "c": 12345678901234567890, "d": "\\u00e9"}';
    expect(read(text).json).toBe(text);
  });

  it('prints what does not fit on a line on several, and no more than it takes', () => {
    const items = `[${Array.from({ length: 3 }, (_, id) => `{"id": ${id}, "name": "a chair"}`).join(', ')}]`;
    expect(read(`{"items": ${items}, "empty": [], "total": {"amount": 1}}`).json).toBe(`{
  "items": [
    {"id": 0, "name": "a chair"},
    {"id": 1, "name": "a chair"},
    {"id": 2, "name": "a chair"}
  ],
  "empty": [],
  "total": {"amount": 1}
}`);
  });

  it('takes a byte order mark and any white space', () => {
    expect(read('\uFEFF [ ]\r\n').json).toBe('[]');
  });

  it('reads a list of fields as an example with all of them', () => {
    const { json, values } = read('name:string, tags:string[]?,born:date?');
    expect(JSON.parse(json)).toEqual({ name: 'text', tags: ['text'], born: '2024-02-29' });
    expect(values).toHaveLength(2);
  });

  it('reads lists, maps and enums of each other, and what may be null in them', () => {
    const { values } = read('a:map<int?[]>?,b:enum(x,y z)[], c?:map<map<decimal>>');
    expect(values.map((value) => JSON.parse(printValue(value)))).toEqual([
      { a: { key: [1] }, b: ['x'], c: { key: { key: '12.50' } } },
      { a: { key: [null] }, b: ['x'], c: { key: { key: '12.50' } } },
      { a: null, b: ['x'], c: { key: { key: '12.50' } } },
      { a: { key: [1] }, b: ['x'] },
    ]);
  });

  it.each([
    ['{"a": tru}', 'line 1, column 7: tru is not JSON: strings need double quotes'],
    ['{"a": 1,\n "b": }', 'line 2, column 7: a value is expected.'],
    ['{"a": 1,}', 'line 1, column 9: a name in double quotes is expected.'],
    ["{'a': 1}", 'line 1, column 2: '],
    ['{"a": 1} x', 'line 1, column 10: nothing may come after the end of the JSON.'],
    ['{"a": 1, "a": 2}', 'line 1, column 10: the name "a" appears twice.'],
    ['{"a": "b', 'line 1, column 7: the string has no closing quote on its line.'],
    ['{"a": 1 // one\n}', 'line 1, column 9: JSON has no comments.'],
    ['[1 2]', 'line 1, column 4: a comma or ] is expected.'],
    ['{"a": 1e999}', 'line 1, column 7: the number 1e999 is too large for a double.'],
    ['['.repeat(40), 'line 1, column 33: it is nested deeper than 32 levels.'],
    [`["${'x'.repeat(300_000)}"]`, 'it has 293 kB; a sample has 256 kB at most.'],
    ['  ', 'it is empty.'],
    ['name', 'field 1 is "name", but a field is name:type.'],
    ['a:int,a:int', 'field 2, "a", appears twice.'],
    ['a:int,status:enum(x,)', 'field 2, "status", has an empty value'],
    ['status:enum()', 'field 1, "status", has an empty value; write it as enum(open,paid).'],
    ['status:enum(x,y,x)', 'field 1, "status", has the value "x" twice.'],
    ['status:enum(x,y', 'field 1, "status", has the type "enum(x,y"'],
    ['a:map<uuid>', 'field 1, "a", has the type "uuid"'],
    ['a:map', 'date, decimal, any, enum(open,paid), map<int>, a model, with [] for a list'],
    ['?:int', 'field 1 is "?:int", but a field is name:type.'],
    ['a:uuid', 'field 1, "a", has the type "uuid"; the types are string, int, double, bool'],
  ])('refuses $0', (text, message) => {
    expect(problem(text)).toContain(message);
  });

  it('names a file with the place in it, and takes only JSON from it', () => {
    expect(problem('{\n  x\n}', 'a.json')).toContain('a.json:2:3: x is not JSON');
    expect(problem('7', 'a.json')).toContain('a.json:1:1: an object or an array is expected');
    expect(problem('', 'a.json')).toBe('a.json: it is empty.');
  });

  it('takes exactly what is JSON, of all texts', () => {
    const token = fc.constantFrom('{', '}', '[', ']', ',', ':', '"a"', '1', '-', 'null', ' ', '"');
    fc.assert(
      fc.property(fc.array(token, { maxLength: 10 }), (tokens) => {
        const text = `[${tokens.join('')}]`;
        let parsed: unknown;
        try {
          parsed = JSON.parse(text);
        } catch {
          expect(() => read(text)).toThrow(InvalidValueError);
          return;
        }
        // A name that is there twice is the only JSON that is refused.
        if (/"a".*"a"/.test(text) && text.includes(':')) return;
        expect(JSON.parse(read(text).json)).toEqual(parsed);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('queryFields', () => {
  it('are what one text can be', () => {
    const dates = '"e": "2024-02-29", "f": "2024-02-29T12:30:00Z"';
    const sample = read(`{"a": "x", "b": 1, "c": 1.5, "d": true, ${dates}, "g": null}`);
    expect(queryFields(sample).map(({ shape, nullable }) => [shape, nullable])).toEqual([
      [{ kind: 'string' }, false],
      [{ kind: 'int' }, false],
      [{ kind: 'double' }, false],
      [{ kind: 'bool' }, false],
      [{ kind: 'dateTime', format: 'date' }, false],
      [{ kind: 'dateTime', format: 'seconds' }, false],
      [{ kind: 'string' }, true],
    ]);
    expect(queryFields(read('a:int?')).map(({ nullable }) => nullable)).toEqual([true]);
  });

  it('are lists of what one text can be', () => {
    const sample = read('{"a": ["x", ",", ""], "b": [1, 2.5], "c": [], "d": ["2024-02-29"]}');
    expect(queryFields(sample).map(({ shape, sample, items }) => [shape, sample, items])).toEqual([
      [{ kind: 'string' }, 'x', ['x']],
      [{ kind: 'double' }, '1,2.5', ['1', '2.5']],
      [{ kind: 'string' }, 'text', ['text']],
      [{ kind: 'dateTime', format: 'date' }, '2024-02-29', ['2024-02-29']],
    ]);
  });

  it('may be one of some texts, or a decimal number', () => {
    expect(queryFields(read('a:enum(x,y)[]?,b?:decimal'))).toMatchObject([
      { shape: { kind: 'string' }, oneOf: ['x', 'y'], items: ['x'], nullable: true },
      { shape: { kind: 'decimal' }, sample: '12.50', nullable: true },
    ]);
  });

  it.each([
    '[]',
    '{"a": {}}',
    '{"a": [{}]}',
    '{"a": [[1]]}',
    '{"a": [1, "x"]}',
    'a:map<int>',
    'a:int[][]',
  ])('are refused of %s', (text) => {
    expect(() => queryFields(read(text))).toThrow(InvalidValueError);
  });
});
