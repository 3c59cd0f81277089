import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, inject, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

const cli = inject('cli');
const installed = join(dirname(cli), '..', 'create-lambda-hello');

describe('the packed package', () => {
  it('holds what runs and nothing else', () => {
    const rest = inject('packedFiles').filter((path) => !/^(bin|dist)\//.test(path));
    expect(rest.sort()).toEqual(['CHANGELOG.md', 'LICENSE', 'README.md', 'package.json']);
  });

  it('needs no other package', () => {
    const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8'));
    expect(manifest.dependencies).toBeUndefined();
    expect(manifest.peerDependencies).toBeUndefined();
  });

  it('keeps .gitignore, which npm would leave out', () => {
    const cwd = temporaryFolder();
    execFileSync(cli, ['shop', '--yes', '--no-git'], { cwd, stdio: 'ignore' });
    expect(readFileSync(join(cwd, 'shop/.gitignore'), 'utf8')).toContain('.dart_tool/\n');
  });

  it('keeps the mode of the command', () => {
    const mode = statSync(join(installed, 'bin/create-lambda-hello.cjs')).mode;
    expect(mode & 0o111).toBe(0o111);
  });

  it('has the licences of what is bundled', () => {
    const text = readFileSync(join(installed, 'dist/licenses.txt'), 'utf8');
    const packages = [...text.matchAll(/^(\S+) \d\S* \((.+)\)$/gm)];
    const names = packages.map(([, name]) => name);
    for (const name of ['commander', 'handlebars', 'quicktype-core', '@lumis-sh/wasm-dart']) {
      expect(names).toContain(name);
    }
    // As SECURITY.md says.
    expect([...new Set(packages.map(([, , licence]) => licence))].sort()).toEqual([
      'Apache-2.0',
      'BSD-2-Clause',
      'BSD-3-Clause',
      'ISC',
      'MIT',
    ]);
  });

  it('is small', () => {
    expect(sizeOf(inject('packedFiles').map((path) => join(installed, path)))).toBeLessThan(3.3e6);
  });
});

describe('only what is needed is loaded', () => {
  /** Node's own modules that are slow to load, or that only some commands can need. */
  const HEAVY =
    /^(node:)?(child_process|http|https|http2|worker_threads|crypto|inspector|readline)$/;

  /** The files of the package that a command loads, and such modules. */
  function loaded(...args: string[]): { files: string[]; builtins: string[]; all: string[] } {
    const cwd = temporaryFolder();
    const hook = join(cwd, 'hook.cjs');
    writeFileSync(
      hook,
      `process.on('exit', () => {
        const modules = process.moduleLoadList.filter((name) => name.startsWith('NativeModule '));
        require('node:fs').writeFileSync('modules', modules.join('\\n').replaceAll('NativeModule ', ''));
      });`,
    );
    const env = { ...process.env, NODE_V8_COVERAGE: join(cwd, 'coverage'), CI: 'true' };
    const bin = join(installed, 'bin/create-lambda-hello.cjs');
    execFileSync(process.execPath, ['--require', hook, bin, ...args], { cwd, env });
    const [coverage = ''] = readdirSync(join(cwd, 'coverage'));
    const { result } = JSON.parse(readFileSync(join(cwd, 'coverage', coverage), 'utf8'));
    const urls: string[] = result.map(({ url }: { url: string }) => url);
    const all = readFileSync(join(cwd, 'modules'), 'utf8').split('\n');
    return {
      all,
      files: urls
        .filter((url) => url.startsWith('file:'))
        .map((url) => fileURLToPath(url))
        .filter((path) => path !== hook),
      builtins: all.filter((name) => HEAVY.test(name)),
    };
  }
  const namesOf = (files: string[]): string[] =>
    files.map((path) => basename(path).replace(/-[\w-]{8}\.cjs$/, '.cjs')).sort();
  const BASE = ['base.cjs', 'create-lambda-hello.cjs', 'main.cjs', 'rolldown-runtime.cjs'];

  it.each(['--help', '--version'])('%s', (option) => {
    const { files, builtins } = loaded(option);
    expect(namesOf(files)).toEqual(BASE);
    expect(sizeOf(files)).toBeLessThan(88_000);
    expect(builtins).toEqual([]);
  });

  // zlib has the checksum of a file, for half of what crypto takes to load.
  it('creating a service, which needs neither sockets nor crypto of Node', () => {
    const { files, builtins, all } = loaded('shop', '--yes', '--no-git');
    expect(all.filter((name) => /^(net|tty|crypto|fs\/promises)$/.test(name))).toEqual([]);
    expect(namesOf(files)).toEqual([...BASE, 'create.cjs', 'service.cjs'].sort());
    // service.cjs is the text of the templates, as long as what they generate.
    const code = files.filter((path) => !/[\\/]service-[\w-]{8}\.cjs$/.test(path));
    expect(code).toHaveLength(files.length - 1);
    expect(sizeOf(code)).toBeLessThan(113_000);
    expect(builtins).toEqual([]);
  });

  it('the parser of Dart, quicktype and the local server are in files of their own', () => {
    const sizes = readdirSync(join(installed, 'dist')).filter((name) => name.endsWith('.cjs'));
    const textOf = (name: string) => readFileSync(join(installed, 'dist', name), 'utf8');
    for (const text of ['inferEnums', 'tree-sitter.wasm', '/2018-06-01/runtime']) {
      const names = namesOf(sizes.filter((name) => textOf(name).includes(text)));
      expect(names.length, text).toBeGreaterThan(0);
      expect(names.filter((name) => [...BASE, 'create.cjs'].includes(name))).toEqual([]);
    }
  });
});

const sizeOf = (paths: string[]): number =>
  paths.map((path) => statSync(path).size).reduce((sum, bytes) => sum + bytes, 0);
