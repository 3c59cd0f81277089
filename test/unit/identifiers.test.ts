import { describe, expect, it } from 'vitest';
import { lowerCamel, unique } from '../../src/dart/identifiers.ts';
import { planModel } from '../../src/dart/model/model.ts';
import { readSample } from '../../src/sample/sample.ts';

describe('names that clash', () => {
  it('get the first number that is free', () => {
    const taken = new Set(['a', 'a3']);
    const names = [0, 1, 2, 3].map(() => {
      const name = unique('a', taken);
      taken.add(name);
      return name;
    });
    expect(names).toEqual(['a2', 'a4', 'a5', 'a6']);
    expect(unique('b', taken)).toBe('b');
  });

  it('do not mix what different places have taken', () => {
    const [here, there] = [new Set(['a', 'a2']), new Set(['a'])];
    expect(unique('a', here)).toBe('a3');
    expect(unique('a', there)).toBe('a2');
  });

  it('take no name twice, however many there are, and take no time', () => {
    const taken = new Set<string>();
    const started = performance.now();
    for (let count = 0; count < 10_000; count++) taken.add(lowerCamel('a-b', taken));
    expect(performance.now() - started).toBeLessThan(1000);
    expect(taken.size).toBe(10_000);
    expect(taken.has('aB10000')).toBe(true);
  });

  it('number the fields and the classes of a model', async () => {
    const sample = readSample('{"a b": {"x": 1}, "a-b": {"y": 1}, "aB": {"z": 1}}', {
      option: '--response',
    });
    const { content } = await planModel(sample, { className: 'Order', description: 'An order.' });
    expect(content.match(/final \w+ aB\d?;/g)).toEqual([
      'final OrderAB aB;',
      'final OrderAB2 aB2;',
      'final OrderAB3 aB3;',
    ]);
  });
});
