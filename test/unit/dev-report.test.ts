import { expect, it } from 'vitest';
import { newWarnings } from '../../src/commands/dev-report.ts';

it('tells a warning of serverless.yml once, and again where it has come back', () => {
  const added = newWarnings();
  expect(added(['a', 'b'])).toEqual(['a', 'b']);
  expect(added(['a', 'b'])).toEqual([]);
  expect(added(['b', 'c'])).toEqual(['c']);
  expect(added(['a', 'b', 'c'])).toEqual(['a']);
});
