import { spawnSync } from 'node:child_process';
import { mkdirSync, rmSync } from 'node:fs';
import * as realFs from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyCreate } from '../../src/changes/apply.ts';
import type { CreateFile } from '../../src/changes/change-set.ts';
import type { Fs } from '../../src/changes/staging.ts';
import { readTarget } from '../../src/changes/target.ts';
import { UserError } from '../../src/errors.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';

const changes: CreateFile[] = [
  { kind: 'create', path: 'serverless.yml', content: 'service: shop\n' },
  { kind: 'create', path: 'lib/main.dart', content: 'void main() {}\n' },
  { kind: 'create', path: 'lib/handlers/hello.dart', content: '// hello\n' },
  { kind: 'create', path: 'Makefile', content: 'dev:\n' },
];
const written = Object.fromEntries(changes.map(({ path, content }) => [path, content]));

/** A file system of which the n-th call of something that writes fails; n counts from 1. */
function failingFs(n: number, code: string) {
  let calls = 0;
  const failing =
    <A extends unknown[], R>(call: (...args: A) => Promise<R>) =>
    async (...args: A): Promise<R> => {
      calls += 1;
      if (calls === n) throw Object.assign(new Error(`${code}: injected`), { code });
      return call(...args);
    };
  const fs = {
    ...realFs,
    chmod: failing(realFs.chmod),
    link: failing(realFs.link),
    mkdir: failing(realFs.mkdir as (...args: unknown[]) => Promise<string | undefined>),
    rename: failing(realFs.rename),
    writeFile: failing(realFs.writeFile as (...args: unknown[]) => Promise<void>),
  } as Fs;
  return { fs, calls: () => calls };
}

describe.each([
  ['a folder that does not exist', {}],
  ['a folder below one that does not exist', {}, 'a/b/shop'],
  ['an empty folder', { 'shop/': '' }],
  ['a folder with files', { 'shop/LICENSE': 'mine', 'shop/lib/mine.dart': 'mine' }],
])('applyCreate into %s', (_name, before, path = 'shop') => {
  function prepare(): string {
    const cwd = temporaryFolder();
    if ('shop/' in before) mkdirSync(join(cwd, 'shop'));
    else writeTree(cwd, before);
    return cwd;
  }

  it('writes every file and leaves nothing else', async () => {
    const cwd = prepare();
    await applyCreate(await readTarget(path, cwd), changes);
    const { 'shop/': _empty, ...kept } = before as Record<string, string>;
    const expected = Object.entries(written).map(([file, content]) => [`${path}/${file}`, content]);
    expect(readTree(cwd)).toEqual({ ...kept, ...Object.fromEntries(expected) });
  });

  it.each(['ENOSPC', 'EACCES', 'EIO'])(
    'takes back everything when a write fails with %s',
    async (code) => {
      for (let n = 1; ; n++) {
        const cwd = prepare();
        const target = await readTarget(path, cwd);
        const failing = failingFs(n, code);
        const failed = await applyCreate(target, changes, failing.fs).then(
          () => undefined,
          (error: unknown) => error,
        );
        if (failing.calls() < n) {
          expect(n).toBeGreaterThan(changes.length);
          return;
        }
        // Beside an empty folder nothing may be written; in it, it may.
        const isEmptyFolder = `${path}/` in before;
        if (isEmptyFolder && code === 'EACCES' && n === 2 && failed === undefined) continue;
        expect(failed, `call ${n}`).toBeInstanceOf(code === 'EIO' ? Error : UserError);
        expect(readTree(cwd), `call ${n}`).toEqual(before);
      }
    },
  );

  it('works on a file system without hard links', async () => {
    const cwd = prepare();
    const link = async () => {
      throw Object.assign(new Error('no links here'), { code: 'EPERM' });
    };
    await applyCreate(await readTarget(path, cwd), changes, { ...realFs, link });
    expect(readTree(join(cwd, path))).toMatchObject(written);
  });
});

describe('applyCreate, when others write too', () => {
  it('does not overwrite a file that came meanwhile', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, { 'shop/LICENSE': 'mine' });
    const target = await readTarget('shop', cwd);
    writeTree(cwd, { 'shop/Makefile': 'mine too' });
    await expect(applyCreate(target, changes)).rejects.toThrow('was changed by something else');
    expect(readTree(cwd)).toEqual({ 'shop/LICENSE': 'mine', 'shop/Makefile': 'mine too' });
  });

  it('keeps the new files in a folder that it names when it cannot take them back', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, { 'shop/LICENSE': 'mine' });
    const gone = () => Promise.reject(new Error('the disk is gone'));
    const fs: Fs = {
      ...realFs,
      link: (from, to) => (String(to).endsWith('Makefile') ? gone() : realFs.link(from, to)),
      rm: gone,
    };
    const error = await applyCreate(await readTarget('shop', cwd), changes, fs).catch(
      (caught: unknown) => caught,
    );
    expect(error).toBeInstanceOf(UserError);
    const { message, hint } = error as UserError;
    expect(message).toMatch(/^the change failed, and taking it back failed too:/);
    expect(readTree(/in (.+);/.exec(hint ?? '')?.[1] ?? '')).toEqual(written);
    expect(readTree(cwd)).toMatchObject({ 'shop/LICENSE': 'mine' });
  });

  it.each<[string, Record<string, string>]>([
    ['a folder', { 'shop/serverless.yml': 'mine' }],
    ['a file', { shop: 'mine' }],
  ])('does not replace %s that came meanwhile', async (_name, came) => {
    const cwd = temporaryFolder();
    const target = await readTarget('shop', cwd);
    writeTree(cwd, came);
    await expect(applyCreate(target, changes)).rejects.toThrow('was changed by something else');
    expect(readTree(cwd)).toEqual(came);
  });

  it('fills an empty folder that cannot be replaced, a mount point for example', async () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'shop'));
    const rename = async () => {
      throw Object.assign(new Error('busy'), { code: 'EBUSY' });
    };
    await applyCreate(await readTarget('shop', cwd), changes, { ...realFs, rename });
    expect(readTree(cwd)).toEqual(
      Object.fromEntries(Object.entries(written).map(([path, text]) => [`shop/${path}`, text])),
    );
  });

  it.each(['EACCES', 'EROFS'])(
    'fills an empty folder of a parent that refuses: %s',
    async (code) => {
      const cwd = temporaryFolder();
      mkdirSync(join(cwd, 'shop'));
      const mkdir = (async (path: string, options?: object) => {
        if (dirname(path) !== cwd) return realFs.mkdir(path, options);
        if (options !== undefined) return undefined;
        throw Object.assign(new Error('refused'), { code });
      }) as Fs['mkdir'];
      await applyCreate(await readTarget('shop', cwd), changes, { ...realFs, mkdir });
      expect(readTree(join(cwd, 'shop'))).toEqual(written);
    },
  );

  it('removes what killed runs left, and nothing of running ones', async () => {
    const cwd = temporaryFolder();
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    const running = `.create-lambda-hello-${process.ppid}-1700000000000/x`;
    writeTree(cwd, {
      [`.create-lambda-hello-${dead}-1700000000000/lib/main.dart`]: 'half',
      [running]: '',
      '.create-lambda-hello-mine/x': '',
    });
    await applyCreate(await readTarget('shop', cwd), changes);
    rmSync(join(cwd, 'shop'), { recursive: true });
    expect(readTree(cwd)).toEqual({ [running]: '', '.create-lambda-hello-mine/x': '' });
  });
});
