import {
  chmodSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import * as realFs from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../src/changes/apply-edit.ts';
import type { ChangeSet } from '../../src/changes/change-set.ts';
import type { Fs } from '../../src/changes/staging.ts';
import { UserError } from '../../src/errors.ts';
import { AFTER, BEFORE, CHANGES, failingFs, service } from '../support/apply-edit.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';

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
