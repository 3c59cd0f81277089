import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/docs.ts';

interface Locked {
  readonly integrity?: string;
  readonly resolved?: string;
  readonly hasInstallScript?: boolean;
  readonly license?: string;
}

const readJson = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8'));
const { '': _, ...packages }: Record<string, Locked> = readJson('package-lock.json').packages;
const pathsOf = (wrong: (locked: Locked) => boolean): string[] =>
  Object.keys(packages).filter((path) => wrong(packages[path] as Locked));

describe('package-lock.json', () => {
  it('pins the content of every package', () => {
    expect(Object.keys(packages).length).toBeGreaterThan(100);
    expect(pathsOf(({ integrity }) => !/^sha512-/.test(integrity ?? ''))).toEqual([]);
  });

  it('takes packages from the registry that npm is set to, and from nowhere else', () => {
    expect(pathsOf(({ resolved }) => resolved !== undefined)).toEqual([]);
  });

  it('has no package that runs a script when it is installed', () => {
    // What openapi-explorer names and its bundle for browsers has in it: the script prints a banner.
    const banner = ['node_modules/core-js-pure'];
    expect(pathsOf(({ hasInstallScript }) => hasInstallScript === true)).toEqual(banner);
  });

  it('has licences that are known to allow the use', () => {
    const known =
      /^(MIT|ISC|0BSD|BSD-[23]-Clause|Apache-2\.0|MPL-2\.0|PSF-2\.0|Unlicense|MIT OR Apache-2\.0)$/;
    // Python-2.0: of the command line of js-yaml, which nothing here runs or bundles.
    const unused = /(^|\/)node_modules\/argparse$/;
    const others = pathsOf(({ license }) => !known.test(license ?? ''));
    expect(others.filter((path) => !unused.test(path))).toEqual([]);
  });
});

it('the package depends on no other, and runs no script when it is installed', () => {
  const manifest = readJson('package.json');
  expect(manifest).not.toHaveProperty('dependencies');
  expect(manifest).not.toHaveProperty('optionalDependencies');
  expect(Object.keys(manifest.scripts).filter((name) => /^(pre|post)?install$/.test(name))).toEqual(
    [],
  );
});

it('src/ names no host but those that hints lead to, and those of Dart', () => {
  const hosts = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.ts'))
    .flatMap((path) => {
      const text = readFileSync(join(root, 'src', path), 'utf8');
      // Comments name the documents that are followed.
      const code = text.replace(/^\s*(\/\/|\/?\*).*$/gm, '');
      return [...code.matchAll(/https?:\/\/([\w.-]+\.[a-z]+)/g)].map(([, host = '']) => host);
    });
  expect([...new Set(hosts)].sort()).toEqual([
    'dart.dev',
    'nodejs.org',
    // What doctor and install-dart ask.
    'pub.dev',
    'storage.googleapis.com',
  ]);
});
