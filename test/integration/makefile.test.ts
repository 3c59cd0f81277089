import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, utimesSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { VERSION, versionRange } from '../../src/version.ts';
import { folder, makeService, program, root } from '../support/doctor.ts';

/** Says what it was asked for, as each program of this machine does. */
const SAY = 'echo "$(basename "$0") $*" >> "$CALLS"';
const OSLS = 'node_modules/osls/package.json';

describe('make in a new service', () => {
  let calls: string;
  beforeEach(async () => {
    await makeService();
    calls = join(folder, 'calls');
    program('npm', `${SAY}\nmkdir -p node_modules/osls && echo {} > ${OSLS}`);
    for (const name of ['npx', 'dart']) program(name, SAY);
  });

  function make(...args: string[]) {
    rmSync(calls, { force: true });
    const PATH = `${join(folder, 'bin')}${delimiter}${process.env.PATH}`;
    const env = { ...process.env, PATH, CALLS: calls };
    const { status, stdout } = spawnSync('make', args, { cwd: root, env, encoding: 'utf8' });
    const called = existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n') : [];
    return { status, stdout, called };
  }

  it.each(['build', 'deploy', 'remove'])('%s installs osls where it is missing', (target) => {
    const first = make(target);
    expect(first.called).toEqual(['npm install', `npx serverless ${target} --stage dev`]);
    expect(first.stdout).toContain('Installing osls, which builds and deploys. It is 96 MB, once.');
    expect(make(target).called).toEqual([`npx serverless ${target} --stage dev`]);
  });

  it('build installs again after package.json was changed', () => {
    make('build');
    const later = new Date(Date.now() + 60_000);
    utimesSync(join(root, 'package.json'), later, later);
    expect(make('build').called[0]).toBe('npm install');
  });

  it('build installs again where that was interrupted', () => {
    program('npm', `${SAY}\nmkdir -p node_modules/osls && echo {} > ${OSLS}\nkill -INT $PPID $$`);
    expect(make('build').status).not.toBe(0);
    program('npm', `${SAY}\nmkdir -p node_modules/osls && echo {} > ${OSLS}`);
    expect(make('build').called[0]).toBe('npm install');
  });

  it('build goes on with an osls that a workspace has put elsewhere', () => {
    program('npm', SAY);
    expect(make('build').called).toEqual(['npm install', 'npx serverless build --stage dev']);
  });

  it('dev fetches nothing but this tool', () => {
    expect(make('dev').called).toEqual([
      `npx create-lambda-hello@${versionRange(VERSION)} dev --stage dev --port 3000`,
    ]);
    expect(existsSync(join(root, 'node_modules'))).toBe(false);
  });

  it('names its targets', () => {
    const names = [...make('help').stdout.matchAll(/^(\w+)\t/gm)].map(([, name]) => name);
    expect(names).toEqual(['help', 'build', 'dev', 'test', 'deploy', 'remove', 'clean']);
  });
});
