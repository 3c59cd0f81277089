import { describe, expect, it } from 'vitest';
import { pubspecName } from '../../src/service/pubspec.ts';

describe('pubspecName', () => {
  it('is the name of the package', () => {
    expect(pubspecName('# a comment\nname: hello # mine\nenvironment:\n  sdk: ^3.8.0\n')).toBe(
      'hello',
    );
  });

  it.each([
    ['', 'it has no name'],
    ['- a list', 'it has no name'],
    ['name: [', 'pubspec.yaml: '],
  ])('refuses %j', (text, message) => {
    expect(() => pubspecName(text)).toThrow(message);
  });
});
