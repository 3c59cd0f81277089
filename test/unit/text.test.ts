import { describe, expect, it } from 'vitest';
import { inQuotes } from '../../src/util/text.ts';

describe('inQuotes', () => {
  it.each([
    ['eu-west-1', '"eu-west-1"'],
    ['', '""'],
    ['say "hé"', String.raw`"say \"hé\""`],
    ['a\nb\x1b[2J', String.raw`"a\nb\u001b[2J"`],
    ['\x9b2J\x7f\u2028', String.raw`"\u009b2J\u007f\u2028"`],
  ])('writes %j as one line that moves no cursor', (text, quoted) => {
    expect(inQuotes(text)).toBe(quoted);
    expect(JSON.parse(quoted)).toBe(text);
  });
});
