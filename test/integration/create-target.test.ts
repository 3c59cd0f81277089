import { existsSync, mkdirSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { type CreateGiven, create } from '../support/commands.ts';
import { scripted } from '../support/context.ts';
import { failure } from '../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';

const bare: CreateGiven = { git: false };

let cwd: string;
beforeEach(() => {
  cwd = temporaryFolder();
});

describe('create, into a folder that is there', () => {
  it('fills an empty one and keeps its permissions', async () => {
    mkdirSync(join(cwd, 'shop'), { mode: 0o700 });
    await create(scripted({ cwd }).context, 'shop', bare);
    expect(existsSync(join(cwd, 'shop/serverless.yml'))).toBe(true);
    expect(statSync(join(cwd, 'shop')).mode & 0o777).toBe(0o700);
  });

  it('fills the current folder in place', async () => {
    mkdirSync(join(cwd, 'shop'));
    const inode = statSync(join(cwd, 'shop')).ino;
    const { context, results } = scripted({ cwd: join(cwd, 'shop') });
    await create(context, '.', bare);
    expect(existsSync(join(cwd, 'shop/serverless.yml'))).toBe(true);
    expect(statSync(join(cwd, 'shop')).ino).toBe(inode);
    expect(results.join('\n')).not.toContain('cd ');
  });

  it('refuses the current one where it is named like a package, and asks for another beside it', async () => {
    mkdirSync(join(cwd, 'path'));
    const { context } = scripted({ cwd: join(cwd, 'path') });
    const error = await failure(create(context, '.', bare));
    expect(error.message).toContain('"path" cannot be the name of a service');
    expect(error.hint).toBe('create-lambda-hello ../path-service');
    expect(readTree(cwd)).toEqual({ 'path/': '' });
  });

  it('lets version control, licence, README and editor folders stay, untouched', async () => {
    const mine = {
      'shop/.git/HEAD': 'ref: refs/heads/main\n',
      'shop/LICENSE': 'mine\n',
      'shop/readme.MD': 'mine\n',
      'shop/.vscode/settings.json': '{}',
      'shop/.idea/x.iml': '',
    };
    writeTree(cwd, mine);
    const { context, notes } = scripted({ cwd });
    await create(context, 'shop', bare);
    const files = readTree(cwd);
    expect(files).toMatchObject(mine);
    expect(files['shop/README.md']).toBeUndefined();
    expect(files['shop/serverless.yml']).toBeDefined();
    expect(notes.join('\n')).toContain('Your README was kept');
  });

  it.each([
    ['no', false],
    ['yes', true],
  ])('asks in a terminal before it joins other files (%s)', async (answer, written) => {
    writeTree(cwd, { 'shop/diary.txt': 'mine', 'shop/.git/HEAD': '' });
    const question = `${join(cwd, 'shop')} already contains other files (diary.txt). Create the service there anyway?`;
    const given = { api: 'rest', arch: 'arm64', region: 'eu-west-1', memory: '128', timeout: '10' };
    const { context, questions } = scripted({ cwd, answers: { [question]: answer } });
    const done = create(context, 'shop', { ...bare, ...given });
    if (written) await done;
    else expect((await failure(done)).exitCode).toBe(130);
    expect(questions).toHaveLength(1);
    expect(existsSync(join(cwd, 'shop/serverless.yml'))).toBe(written);
    expect(readTree(cwd)['shop/diary.txt']).toBe('mine');
  });

  it('lists what would be overwritten and writes nothing', async () => {
    const mine = {
      'shop/serverless.yml': 'mine\n',
      'shop/lib/main.dart': '',
      'shop/test': 'a file',
    };
    writeTree(cwd, mine);
    const error = await failure(create(scripted({ cwd }).context, 'shop', bare));
    expect(error.exitCode).toBe(1);
    for (const path of ['serverless.yml', 'lib/main.dart', 'test']) {
      expect(error.message).toContain(`\n  ${path}`);
    }
    expect(readTree(cwd)).toEqual(mine);
  });

  it('does not write through a link out of the folder', async () => {
    writeTree(cwd, { 'shop/x': '', 'elsewhere/y': '' });
    symlinkSync(join(cwd, 'elsewhere'), join(cwd, 'shop/lib'));
    const error = await failure(create(scripted({ cwd }).context, 'shop', bare));
    expect(error.message).toContain('\n  lib');
    expect(readTree(join(cwd, 'elsewhere'))).toEqual({ y: '' });
  });

  it('completes what an earlier run began', async () => {
    await create(scripted({ cwd }).context, 'whole', bare);
    const whole = readTree(join(cwd, 'whole'));
    writeTree(cwd, { 'part/whole/Makefile': whole.Makefile ?? '', 'part/whole/.git/HEAD': '' });
    await create(scripted({ cwd }).context, 'part/whole', bare);
    expect(readTree(join(cwd, 'part/whole'))).toEqual({ ...whole, '.git/HEAD': '' });
  });

  it('follows a link that is the folder itself', async () => {
    mkdirSync(join(cwd, 'real'));
    symlinkSync(join(cwd, 'real'), join(cwd, 'shop'));
    await create(scripted({ cwd }).context, 'shop', bare);
    expect(existsSync(join(cwd, 'real/serverless.yml'))).toBe(true);
  });

  it.each([
    ['a file', (path: string) => writeTree(path, { shop: 'mine' }), 'is a file'],
    ['a broken link', (path: string) => symlinkSync('nowhere', join(path, 'shop')), 'is a link to'],
  ])('refuses %s', async (_name, prepare, message) => {
    prepare(cwd);
    const error = await failure(create(scripted({ cwd }).context, 'shop', bare));
    expect(error.message).toContain(message);
    expect(error.exitCode).toBe(1);
  });

  it('refuses a path below a file', async () => {
    writeTree(cwd, { file: 'mine' });
    const error = await failure(create(scripted({ cwd }).context, 'file/shop', bare));
    expect(error.message).toContain('a part of the path is a file');
    expect(readTree(cwd)).toEqual({ file: 'mine' });
  });
});
