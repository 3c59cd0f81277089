import { execFileSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
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
    execFileSync(cli, ['shop', '--yes', '--no-install', '--no-git'], { cwd, stdio: 'ignore' });
    expect(readFileSync(join(cwd, 'shop/.gitignore'), 'utf8')).toContain('.dart_tool/\n');
  });

  it('keeps the mode of the command', () => {
    const mode = statSync(join(installed, 'bin/create-lambda-hello.cjs')).mode;
    expect(mode & 0o111).toBe(0o111);
  });

  it('has the licences of what is bundled', () => {
    const text = readFileSync(join(installed, 'dist/licenses.txt'), 'utf8');
    for (const name of ['commander', 'handlebars', 'quicktype-core', 'tree-sitter-wasms']) {
      expect(text).toMatch(new RegExp(`^${name} \\d`, 'm'));
    }
  });

  it('is small', () => {
    const size = inject('packedFiles')
      .map((path) => statSync(join(installed, path)).size)
      .reduce((sum, bytes) => sum + bytes, 0);
    expect(size).toBeLessThan(3.3e6);
  });
});
