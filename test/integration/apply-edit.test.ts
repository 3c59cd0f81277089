import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as realFs from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/changes/apply-edit.ts';
import type { ChangeSet } from '../../src/changes/change-set.ts';
import type { Fs } from '../../src/changes/staging.ts';
import { UserError } from '../../src/errors.ts';
import { permanentFolder, readTree, temporaryFolder, writeTree } from '../support/folders.ts';

const BEFORE: Record<string, string> = {
  'serverless.yml': '\uFEFFservice: shop\r\n',
  'lib/main.dart': 'void main() {}\n',
  'lib/old/models/a.dart': 'class A {}\n',
  'lib/old/b.dart': 'class B {}\n',
  'notes.txt': 'mine',
};
const CHANGES: ChangeSet = [
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
const AFTER: Record<string, string> = {
  'serverless.yml': 'x: ü\n',
  'lib/main.dart': 'void main() => 1;\n',
  'lib/new/handlers/c.dart': 'class C {}\r\n',
  'notes.txt': 'mine',
};

function service(): string {
  const root = temporaryFolder();
  writeTree(root, BEFORE);
  return root;
}

/** A file system of which the call with that number, from 0, fails. */
function failingFs(failAt: number, code = 'EIO'): { fs: Fs; calls: string[] } {
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

describe('applyEdit', () => {
  it('creates, updates and deletes, and leaves nothing else behind', async () => {
    const root = service();
    chmodSync(join(root, 'serverless.yml'), 0o640);
    await applyEdit(root, CHANGES);
    expect(readTree(root)).toEqual(AFTER);
    expect(statSync(join(root, 'serverless.yml')).mode & 0o777).toBe(0o640);
    // Folders that became empty are gone, and no others.
    expect(readdirSync(join(root, 'lib'))).toEqual(['main.dart', 'new']);
  });

  it('takes everything back when any call of the file system fails', async () => {
    const counted = failingFs(-1);
    await applyEdit(service(), CHANGES, counted.fs);
    expect(counted.calls.length).toBeGreaterThan(30);
    const outcomes = new Set<string>();
    for (let failAt = 0; failAt < counted.calls.length; failAt++) {
      const root = service();
      const { fs, calls } = failingFs(failAt);
      const failed = await applyEdit(root, CHANGES, fs).then(
        () => false,
        () => true,
      );
      const what = `call ${failAt}, ${calls[failAt]}`;
      const tree = Object.entries(readTree(root)).filter(([path]) => !path.startsWith('.create-'));
      expect(Object.fromEntries(tree), what).toEqual(failed ? BEFORE : AFTER);
      outcomes.add(`${calls[failAt]} ${failed}`);
    }
    // Only removing what is left of a finished change may fail without harm.
    expect([...outcomes].filter((outcome) => outcome.endsWith('false'))).toEqual(['rm false']);
  });

  it('keeps the old files where taking back fails too, and says where they are', async () => {
    const root = service();
    const { fs } = failingFs(-1);
    const broken: Fs = {
      ...fs,
      rename: (async (from: string, to: string) => {
        // The second deletion fails, and then the first one cannot be taken back.
        if (/b\.dart$/.test(from) || /a\.dart$/.test(to)) throw new Error('the disk is gone');
        await realFs.rename(from, to);
      }) as Fs['rename'],
    };
    const error = await applyEdit(root, CHANGES, broken).catch((caught: unknown) => caught);
    expect(error).toBeInstanceOf(UserError);
    const { message, hint } = error as UserError;
    expect(message).toBe(
      'the change failed, and taking it back failed too:\n  the disk is gone\n  the disk is gone',
    );
    const folder = /in (.+);/.exec(hint ?? '')?.[1] ?? '';
    const kept = readdirSync(folder).map((name) => readFileSync(join(folder, name), 'utf8'));
    expect(kept).toContain('class A {}\n');
  });

  it.each<[string, (root: string) => void, string]>([
    [
      'a file was edited',
      (root) => writeFileSync(join(root, 'lib/main.dart'), '// mine\n'),
      'lib/main.dart was changed',
    ],
    [
      'a file was made',
      (root) => writeTree(root, { 'lib/new/handlers/c.dart': 'mine' }),
      'c.dart was changed',
    ],
    [
      'a folder is in the way',
      (root) => mkdirSync(join(root, 'lib/new/handlers/c.dart'), { recursive: true }),
      'is no file',
    ],
    [
      'a file is in the way of a folder',
      (root) => writeFileSync(join(root, 'lib/new'), ''),
      'lib/new is no folder',
    ],
  ])('changes nothing when %s', async (_what, disturb, message) => {
    const root = service();
    disturb(root);
    const before = readTree(root);
    await expect(applyEdit(root, CHANGES)).rejects.toThrow(message);
    expect(readTree(root)).toEqual(before);
  });

  it('does not follow links, neither of folders nor of files', async () => {
    const elsewhere = temporaryFolder();
    writeTree(elsewhere, { 'c.dart': 'not yours' });
    const root = service();
    mkdirSync(join(root, 'lib/new'));
    symlinkSync(elsewhere, join(root, 'lib/new/handlers'));
    await expect(applyEdit(root, CHANGES)).rejects.toThrow('lib/new/handlers is a link');
    const other = service();
    mkdirSync(join(other, 'lib/new/handlers'), { recursive: true });
    symlinkSync(join(elsewhere, 'c.dart'), join(other, 'lib/new/handlers/c.dart'));
    await expect(applyEdit(other, CHANGES)).rejects.toThrow('c.dart is a link');
    expect(readTree(elsewhere)).toEqual({ 'c.dart': 'not yours' });
  });

  it('refuses a path that leaves the folder', async () => {
    const changes: ChangeSet = [{ kind: 'create', path: '../x', content: '' }];
    await expect(applyEdit(service(), changes)).rejects.toThrow('outside of the service');
  });

  it('finds a file that has the content already done', async () => {
    const root = service();
    writeTree(root, { 'lib/new/handlers/c.dart': 'class C {}\r\n' });
    await applyEdit(root, CHANGES);
    expect(readTree(root)).toEqual(AFTER);
  });

  it('works where the file system has no hard links', async () => {
    const root = service();
    const { fs } = failingFs(-1);
    const link = () => Promise.reject(Object.assign(new Error('no links'), { code: 'EPERM' }));
    await applyEdit(root, CHANGES, { ...fs, link } as unknown as Fs);
    expect(readTree(root)).toEqual(AFTER);
  });

  it('explains a folder that cannot be written', async () => {
    const { fs } = failingFs(1, 'EACCES');
    await expect(applyEdit(service(), CHANGES, fs)).rejects.toThrow(
      /^cannot write to .*: permission denied\.$/,
    );
  });
});

/*
 * In a process of its own: applies the changes, and at the call of the file system with the given
 * number it kills itself, or waits for a line on its standard input.
 */
const PROGRAM = `
import * as real from 'node:fs/promises';
import { readSync } from 'node:fs';
import { applyEdit } from './apply-edit.mjs';
const [root, changes, at, action] = process.argv.slice(2);
let count = 0;
const fs = Object.fromEntries(Object.entries(real).map(([name, call]) => [name, (...args) => {
  if (count++ === Number(at)) {
    if (action === 'kill') process.kill(process.pid, 'SIGKILL');
    process.stdout.write('waiting\\n');
    readSync(0, Buffer.alloc(1));
  }
  return call(...args);
}]));
await applyEdit(root, JSON.parse(changes), fs).then(
  () => console.log('done ' + count),
  (error) => { console.log(error.message); process.exitCode = 1; },
);
`;

describe('applyEdit in processes', () => {
  let program: string;

  beforeAll(async () => {
    const { folder, remove } = permanentFolder();
    program = join(folder, 'program.mjs');
    writeFileSync(program, PROGRAM);
    await build({
      input: 'src/changes/apply-edit.ts',
      platform: 'node',
      output: { file: join(folder, 'apply-edit.mjs') },
    });
    return remove;
  });

  const args = (root: string, at: number, action: string, changes = CHANGES) => [
    program,
    root,
    JSON.stringify(changes),
    String(at),
    action,
  ];

  it('has done a beginning of the steps when it is killed, and completes them when run again', () => {
    const whole = spawnSync('node', args(service(), -1, ''), { encoding: 'utf8' });
    const calls = Number(/done (\d+)/.exec(whole.stdout)?.[1]);
    expect(calls).toBeGreaterThan(30);
    /** The states between the steps, each of which is a service that works. */
    const seen = new Set<number>();
    for (let at = 0; at < calls; at += 1) {
      const root = service();
      const { signal } = spawnSync('node', args(root, at, 'kill'));
      expect(signal).toBe('SIGKILL');
      const done = CHANGES.map((change) => {
        const path = join(root, change.path);
        const content = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
        const wanted =
          change.kind === 'create'
            ? change.content
            : change.kind === 'update'
              ? change.after
              : undefined;
        const before = change.kind === 'create' ? undefined : change.before;
        expect([wanted, before]).toContain(content);
        return content === wanted;
      });
      const steps = done.filter(Boolean).length;
      expect(done, `killed at call ${at}`).toEqual(CHANGES.map((_, index) => index < steps));
      seen.add(steps);
      const left = CHANGES.slice(steps);
      const again = spawnSync('node', args(root, -1, '', left), { encoding: 'utf8' });
      expect(again.stdout, `again after call ${at}`).toMatch(/^done/);
      // A folder that has just become empty may be left, which git does not know either.
      // So may what a run without anything to do has no reason to clean up.
      const isOurs = (path: string) => steps === CHANGES.length && path.startsWith('.create-');
      const files = Object.entries(readTree(root)).filter(
        ([path]) => !path.endsWith('/') && !isOurs(path),
      );
      expect(Object.fromEntries(files)).toEqual(AFTER);
    }
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4, 5]);
  });

  it('lets one of two win, and the other one refuse', async () => {
    const root = service();
    const first = spawn('node', args(root, 30, 'wait'));
    const output: string[] = [];
    first.stdout.on('data', (data) => output.push(String(data)));
    await once(first.stdout, 'data');
    const second = spawnSync('node', args(root, -1, ''), { encoding: 'utf8' });
    expect(second.stdout).toBe(
      `another create-lambda-hello (process ${first.pid}) is changing this service. Nothing was written.\n`,
    );
    first.stdin.end('\n');
    await once(first, 'exit');
    expect(output.join('')).toContain('done');
    expect(readTree(root)).toEqual(AFTER);
  });

  it('takes over the lock of a dead process, one of many that try it', async () => {
    const root = service();
    spawnSync('node', args(root, 12, 'kill'));
    expect(existsSync(join(root, '.create-lambda-hello.lock'))).toBe(true);
    const ended = await Promise.all(
      Array.from({ length: 8 }, async () => {
        const child = spawn('node', args(root, -1, ''));
        const output: string[] = [];
        child.stdout.on('data', (data) => output.push(String(data)));
        await once(child, 'close');
        return output.join('');
      }),
    );
    expect(ended.filter((text) => text.startsWith('done'))).toHaveLength(1);
    expect(readTree(root)).toEqual(AFTER);
  });
});
