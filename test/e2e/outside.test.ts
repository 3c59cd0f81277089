import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { fakeSdks } from '../support/fake-sdks.ts';
import { readTree, temporaryFolder, writeTree } from '../support/folders.ts';
import { OFFLINE } from '../support/offline.ts';

/** Runs the installed command as a script would: no terminal, every output by itself. */
function run(cwd: string, ...args: string[]) {
  const env = { ...process.env, ...OFFLINE, HOME: cwd, NO_COLOR: '1', LC_ALL: 'C.UTF-8' };
  const { status, stdout, stderr } = spawnSync(inject('cli'), args, { cwd, env, encoding: 'utf8' });
  return { status, stdout, stderr };
}

describe('the command, seen from outside', () => {
  it('puts the result on stdout and nothing else', () => {
    const cwd = temporaryFolder();
    const { status, stdout, stderr } = run(cwd, 'shop', '--no-git');
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    expect(stdout).toMatch(/^shop\/\n├── lib\/\n[\s\S]*\nNext steps:\n {2}cd shop\n/);
  });

  it('makes a git repository without a commit', () => {
    const cwd = temporaryFolder();
    expect(run(cwd, 'shop')).toMatchObject({
      status: 0,
      stderr: '$ git init --quiet\n',
    });
    expect(existsSync(join(cwd, 'shop/.git/HEAD'))).toBe(true);
    expect(readTree(join(cwd, 'shop/.git/refs'))).toEqual({ 'heads/': '', 'tags/': '' });
  });

  it.each<[string, string[], number, string]>([
    [
      'no directory',
      [],
      2,
      'error: [directory] is missing, and there is no terminal to ask in.\nTry: create-lambda-hello hello\n',
    ],
    [
      'an unknown option',
      ['shop', '--nope'],
      2,
      "error: unknown option '--nope'.\nTry: create-lambda-hello --help\n",
    ],
    [
      'an odd name',
      ['a b'],
      2,
      'error: "a b" cannot be the name of a service: it has a space; CloudFormation takes letters, digits and hyphens.\nTry: create-lambda-hello a-b\n',
    ],
    ['dev without a service', ['dev'], 1, 'error: '],
  ])(
    'tells of %s in one message with one hint, and exits with its code',
    (_name, args, status, stderr) => {
      const cwd = temporaryFolder();
      const result = run(cwd, ...args);
      expect(result).toMatchObject({ status, stdout: '' });
      expect(result.stderr.slice(0, stderr.length)).toBe(stderr);
      expect(result.stderr).toMatch(/^error: [^\n]+\nTry: [^\n]+\n$/);
      expect(readTree(cwd)).toEqual({});
    },
  );

  it('prints one JSON document for doctor --json', () => {
    const { status, stdout } = run(temporaryFolder(), 'doctor', '--json');
    const { ok, checks } = JSON.parse(stdout) as { ok: boolean; checks: { id: string }[] };
    expect(status).toBe(ok ? 0 : 1);
    expect(checks.map(({ id }) => id)).toEqual(expect.arrayContaining(['node', 'npm', 'port']));
  });

  it('says so where it may not write', () => {
    const cwd = temporaryFolder();
    mkdirSync(join(cwd, 'locked'));
    chmodSync(join(cwd, 'locked'), 0o500);
    // root may write everywhere but in /proc
    const where = process.getuid?.() === 0 ? '/proc/shop' : 'locked/shop';
    const { status, stderr } = run(cwd, where, '--no-git');
    expect(status).toBe(1);
    expect(stderr).toMatch(/^error: cannot write to [^\n]*shop: [^\n]+\nTry: [^\n]+\n$/);
  });

  it('refuses to overwrite, and leaves every file as it was', () => {
    const cwd = temporaryFolder();
    const mine = { 'shop/package.json': '{}', 'shop/notes/a.txt': 'mine' };
    writeTree(cwd, mine);
    const { status, stdout, stderr } = run(cwd, 'shop');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('\n  package.json\nTry: ');
    expect(readTree(cwd)).toEqual(mine);
  });
});

describe('exit codes', () => {
  /** A service, and a `dart` that does as the script says. */
  function service(script: string): { cwd: string; env: NodeJS.ProcessEnv } {
    const home = temporaryFolder();
    run(home, 'shop', '--no-git');
    fakeSdks(home).sdk('sdk', '3.9.0');
    fakeSdks(home).program('sdk/bin/dart', script);
    const PATH = `${join(home, 'sdk/bin')}${delimiter}${process.env.PATH}`;
    const env = { ...process.env, HOME: home, DART_SDK: undefined, PATH };
    return { cwd: join(home, 'shop'), env };
  }

  it.each([0, 1, 79])('%i of the program that was run is that of the command', (code) => {
    const { status } = spawnSync(inject('cli'), ['test'], service(`exit ${code}`));
    expect(status).toBe(code);
  });

  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('130 for %s', async (signal) => {
    const child = spawn(inject('cli'), ['test'], service('echo begun; exec sleep 600'));
    await once(child.stdout, 'data');
    child.kill(signal);
    expect(await once(child, 'exit')).toEqual([130, null]);
  });

  it('are 0 for help and version, wherever they stand', () => {
    const cwd = temporaryFolder();
    for (const args of [['--help'], ['help'], ['help', 'dev'], ['dev', '-h'], ['--version']]) {
      expect(run(cwd, ...args)).toMatchObject({ status: 0, stderr: '' });
    }
  });
});
