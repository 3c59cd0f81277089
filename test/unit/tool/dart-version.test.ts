import { describe, expect, it } from 'vitest';
import {
  comparePrecedence,
  compareVersions,
  crossCompiles,
} from '../../../templates/service/tool/dart-version.mjs';

describe('compareVersions', () => {
  it.each([
    ['3.8.0', '3.8.0', 0],
    ['3.10.0', '3.8.0', 1],
    ['3.7.3', '3.8.0', -1],
    ['4.0.0', '3.8.0', 1],
    ['3.8.0-70.1.beta', '3.8.0', 0],
  ])('has for %s and %s the sign %i', (a, b, sign) =>
    expect(Math.sign(compareVersions(a, b))).toBe(sign),
  );
});

describe('comparePrecedence', () => {
  it('puts pre-releases before their release, and numbers in their order', () => {
    const sorted = [
      '3.9.4',
      '3.10.0-1.0.dev',
      '3.10.0-2.0.dev',
      '3.10.0-10.0.dev',
      '3.10.0-290.1.beta',
      '3.10.0-290.1.beta.1',
      '3.10.0',
      '3.10.1',
    ];
    const shuffled = [3, 6, 0, 7, 2, 5, 1, 4].map((index) => sorted[index] as string);
    expect(shuffled.sort(comparePrecedence)).toEqual(sorted);
  });

  it('takes a build number for nothing', () => {
    expect(comparePrecedence('3.10.0+1', '3.10.0')).toBe(0);
  });
});

it('Dart compiles for other systems since 3.8', () => {
  expect(['3.7.3', '3.8.0', '3.8.0-171.2.beta', '3.10.0'].map(crossCompiles)).toEqual([
    false,
    true,
    true,
    true,
  ]);
});
