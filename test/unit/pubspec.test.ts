import { describe, expect, it } from 'vitest';
import { pubspecName, withDependency } from '../../src/service/pubspec.ts';

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

describe('withDependency', () => {
  const add = (text: string) => withDependency(text, 'http', '^1.5.0');

  it.each([
    ['a section of its own', 'name: a\n', 'name: a\n\ndependencies:\n  http: ^1.5.0\n'],
    [
      'one above those of development and their comment',
      'name: a\n\n# For tests.\ndev_dependencies:\n  test: ^1.0.0\n',
      'name: a\n\ndependencies:\n  http: ^1.5.0\n\n# For tests.\ndev_dependencies:\n  test: ^1.0.0\n',
    ],
    [
      'a line behind the others, and behind a comment',
      'name: a\ndependencies:\n    shelf: ^1.0.0 # the app\n\ndev_dependencies:\n  test: ^1.0.0\n',
      'name: a\ndependencies:\n    shelf: ^1.0.0 # the app\n    http: ^1.5.0\n\ndev_dependencies:\n  test: ^1.0.0\n',
    ],
    [
      'a line behind a dependency of several lines',
      'name: a\ndependencies:\n  b:\n    path: ../b\nflutter:\n  assets: []\n',
      'name: a\ndependencies:\n  b:\n    path: ../b\n  http: ^1.5.0\nflutter:\n  assets: []\n',
    ],
    [
      'a line in an empty section',
      'name: a\ndependencies:\n',
      'name: a\ndependencies:\n  http: ^1.5.0\n',
    ],
    ['a block for {}', 'name: a\ndependencies: {}\n', 'name: a\ndependencies:\n  http: ^1.5.0\n'],
    [
      'an entry of a map in a line',
      'name: a\ndependencies: {b: ^1.0.0}\n',
      'name: a\ndependencies: {b: ^1.0.0, http: ^1.5.0}\n',
    ],
    [
      'a line at the end without a line break',
      'name: a\ndependencies:\n  b: any',
      'name: a\ndependencies:\n  b: any\n  http: ^1.5.0\n',
    ],
    [
      'the line breaks of the file',
      'name: a\r\ndependencies:\r\n  b: any\r\n',
      'name: a\r\ndependencies:\r\n  b: any\r\n  http: ^1.5.0\r\n',
    ],
  ])('adds %s', (_, before, after) => {
    expect(add(before)).toBe(after);
    expect(add(after)).toBe(after);
  });

  it('keeps a version that is there', () => {
    const text = 'name: a\ndependencies:\n  http: ^0.13.0\n';
    expect(add(text)).toBe(text);
  });

  it('refuses what it cannot edit', () => {
    expect(() => add('name: a\nx: &d {b: any}\ndependencies: *d\n')).toThrow(
      'cannot be added safely',
    );
  });
});
