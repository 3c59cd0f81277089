import { describe, expect, it } from 'vitest';
import { isDelivered } from '../../../src/local/event-sources/filters.ts';

describe('a filter', () => {
  it.each<[string, unknown, unknown, boolean]>([
    ['a value', ['a'], 'a', true],
    ['another value', ['a'], 'b', false],
    ['any of a list', ['a'], ['b', 'a'], true],
    ['null', [null], null, true],
    ['nothing', [null], undefined, false],
    ['a prefix', [{ prefix: 'a' }], 'ab', true],
    ['a prefix in any case', [{ prefix: { 'equals-ignore-case': 'A' } }], 'ab', true],
    ['a suffix', [{ suffix: 'b' }], 'ab', true],
    ['another suffix', [{ suffix: 'a' }], 'ab', false],
    ['a text in any case', [{ 'equals-ignore-case': 'A' }], 'a', true],
    ['anything but', [{ 'anything-but': ['a'] }], 'a', false],
    ['anything but a prefix', [{ 'anything-but': { prefix: 'a' } }], 'b', true],
    ['anything but, of nothing', [{ 'anything-but': ['a'] }], undefined, false],
    ['a number', [{ numeric: ['=', 5] }], 5, true],
    ['a range', [{ numeric: ['>', 0, '<=', 5] }], 5, true],
    ['outside of a range', [{ numeric: ['>', 0, '<', 5] }], 5, false],
    ['a number as a text', [{ numeric: ['=', 5] }], '5', false],
    ['what exists', [{ exists: true }], 'a', true],
    ['what does not exist', [{ exists: false }], undefined, true],
    ['what exists after all', [{ exists: false }], 'a', false],
    ['a wildcard', [{ wildcard: 'a*c*e' }], 'abcde', true],
    ['another wildcard', [{ wildcard: 'a*ba' }], 'aba', true],
    ['a wildcard that is too long', [{ wildcard: 'ab*ba' }], 'aba', false],
    ['a rule that nobody knows', [{ regex: 'a' }], 'a', false],
  ])('wants or refuses %s', (_name, rules, value, wanted) => {
    expect(isDelivered([{ field: rules }], { field: value })).toBe(wanted);
  });

  it('looks into the JSON of a text, or compares the text', () => {
    const json = [{ body: { kind: ['a'] } }];
    expect(isDelivered(json, { body: '{"kind":"a"}' }, 'body')).toBe(true);
    expect(isDelivered(json, { body: '{"kind":"b"}' }, 'body')).toBe(false);
    expect(isDelivered(json, { body: 'no JSON' }, 'body')).toBe(false);
    expect(isDelivered([{ body: ['text'] }], { body: 'text' }, 'body')).toBe(true);
  });

  it('matches by any of several filters, and all of its fields', () => {
    const filters = [{ a: ['1'], b: ['2'] }, { $or: [{ a: ['3'] }, { b: ['4'] }] }];
    expect(isDelivered(filters, { a: '1', b: '2' })).toBe(true);
    expect(isDelivered(filters, { a: '1' })).toBe(false);
    expect(isDelivered(filters, { b: '4' })).toBe(true);
    expect(isDelivered([], {})).toBe(true);
  });
});
