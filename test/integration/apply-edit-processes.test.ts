import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'rolldown';
import { beforeAll, describe, expect, it } from 'vitest';
import { AFTER, CHANGES, service } from '../support/apply-edit.ts';
import { permanentFolder, readTree } from '../support/folders.ts';

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
