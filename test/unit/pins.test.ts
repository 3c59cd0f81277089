import { describe, expect, it } from 'vitest';
import { raisePin } from '../../src/service/pins.ts';

const PACKAGE = '{\n\t"devDependencies": { "osls": "4.3.1" }\n}\n';
const PUBSPEC = 'name: shop # mine\n\nenvironment:\n  sdk: ^3.8.0\n';

describe('a pin', () => {
  it.each([
    [PACKAGE, '"4.3.1"', '"4.4.0"'],
    [PACKAGE.replace('4.3.1', '~4.3.1'), '"~4.3.1"', '"~4.4.0"'],
    ["# c\r\n{devDependencies: {osls: '3.99.1'}}\r\n", "'3.99.1'", "'4.4.0'"],
  ])('of osls is raised, and not one other byte: %j', (text, from, to) => {
    const pin = raisePin('package.json', text, PACKAGE.replace('4.3.1', '4.4.0'));
    expect(pin?.after).toBe(text.replace(from, to));
    expect(pin?.name).toBe('osls');
  });

  it.each([
    [PUBSPEC, '^3.10.0'],
    [PUBSPEC.replace('^3.8.0', "'>=3.8.0'"), '>=3.10.0'],
  ])('of the Dart SDK is raised: %j', (text, to) => {
    const pin = raisePin('pubspec.yaml', text, PUBSPEC.replace('3.8.0', '3.10.0'));
    expect(pin).toMatchObject({ name: 'sdk', to });
    expect(pin?.after).toBe(text.replace('3.8.0', '3.10.0'));
  });

  it.each([
    PACKAGE,
    PACKAGE.replace('4.3.1', '4.3.2'),
    PACKAGE.replace('4.3.1', '5.0.0'),
    PACKAGE.replace('4.3.1', 'latest'),
    PACKAGE.replace('4.3.1', '>=4.0.0 <5'),
    PACKAGE.replace('osls', 'serverless'),
    '{',
    '[]',
  ])('is left where it is as high, of another form, or not there: %j', (text) => {
    expect(raisePin('package.json', text, PACKAGE)).toBeUndefined();
  });

  it('is in no other file', () => {
    expect(raisePin('serverless.yml', PACKAGE, PACKAGE.replace('4.3.1', '4.4.0'))).toBeUndefined();
  });
});
