import * as realFs from 'node:fs/promises';
import type { ChangeSet } from '../../src/changes/change-set.ts';
import type { Fs } from '../../src/changes/staging.ts';
import { temporaryFolder, writeTree } from './folders.ts';

/** The files of a service before it is changed. */
export const BEFORE: Record<string, string> = {
  'serverless.yml': '\uFEFFservice: shop\r\n',
  'lib/main.dart': 'void main() {}\n',
  'lib/old/models/a.dart': 'class A {}\n',
  'lib/old/b.dart': 'class B {}\n',
  'notes.txt': 'mine',
};
/** A change of each kind. */
export const CHANGES: ChangeSet = [
  { kind: 'create', path: 'lib/new/handlers/c.dart', content: 'class C {}\r\n' },
  {
    kind: 'update',
    path: 'lib/main.dart',
    before: 'void main() {}\n',
    after: 'void main() => 1;\n',
  },
  {
    kind: 'update',
    path: 'serverless.yml',
    before: BEFORE['serverless.yml'] ?? '',
    after: 'x: ü\n',
  },
  { kind: 'delete', path: 'lib/old/models/a.dart', before: 'class A {}\n' },
  { kind: 'delete', path: 'lib/old/b.dart', before: 'class B {}\n' },
];
/** The files after the changes. */
export const AFTER: Record<string, string> = {
  'serverless.yml': 'x: ü\n',
  'lib/main.dart': 'void main() => 1;\n',
  'lib/new/handlers/c.dart': 'class C {}\r\n',
  'notes.txt': 'mine',
};

/** A new folder with the files before the changes. */
export function service(): string {
  const root = temporaryFolder();
  writeTree(root, BEFORE);
  return root;
}

/** A file system of which the call with that number, from 0, fails. */
export function failingFs(failAt: number, code = 'EIO'): { fs: Fs; calls: string[] } {
  const real: Fs = realFs;
  const calls: string[] = [];
  const wrap =
    (name: keyof Fs) =>
    (...args: unknown[]) => {
      calls.push(name);
      if (calls.length - 1 === failAt) {
        return Promise.reject(Object.assign(new Error(`${code}: ${name}`), { code }));
      }
      return (real[name] as (...args: unknown[]) => unknown)(...args);
    };
  const names: (keyof Fs)[] = [
    'chmod',
    'link',
    'lstat',
    'mkdir',
    'readdir',
    'readFile',
    'rename',
    'rm',
    'rmdir',
    'writeFile',
  ];
  return { fs: Object.fromEntries(names.map((n) => [n, wrap(n)])) as unknown as Fs, calls };
}
