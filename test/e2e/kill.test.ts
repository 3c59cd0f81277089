import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, rmSync, watch } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { readTree, temporaryFolder } from '../support/folders.ts';

const flags = ['--yes', '--no-git'];

/** Runs create and kills it `delay` ms after its first write. Returns what is left under the name. */
async function killedAfter(cwd: string, name: string, delay: number) {
  const child = spawn(inject('cli'), [name, ...flags], { cwd, stdio: 'ignore' });
  const exited = once(child, 'exit');
  // Before it writes, a run removes what killed ones have left; that is no write of its own.
  const ownFolder = `.create-lambda-hello-${child.pid}-`;
  const firstWrite = new Promise<void>((resolve) => {
    const watcher = watch(cwd, (_event, file) => {
      if (file?.startsWith(ownFolder)) resolve();
    });
    exited.finally(() => watcher.close());
  });
  await Promise.race([firstWrite, exited]);
  // A timer would be too coarse: all is written within a few milliseconds.
  for (const end = performance.now() + delay; performance.now() < end; );
  child.kill('SIGKILL');
  const [, signal] = await exited;
  const killed = signal === 'SIGKILL';
  return { killed, left: existsSync(join(cwd, name)) ? readTree(join(cwd, name)) : undefined };
}

describe('create, killed at any moment', () => {
  it('leaves the whole service under its name, or nothing', async () => {
    const cwd = temporaryFolder();
    const whole = readTree(await wholeService(cwd));
    rmSync(join(cwd, 'shop'), { recursive: true });
    const seen = { killed: 0, nothing: 0, whole: 0 };
    // On a busy machine it takes longer until all is written.
    for (let run = 0; run < 80 || (seen.whole === 0 && run < 800); run++) {
      const { killed, left } = await killedAfter(cwd, 'shop', run * 0.25);
      if (killed) seen.killed += 1;
      if (left === undefined) seen.nothing += 1;
      else {
        expect(left).toEqual(whole);
        seen.whole += 1;
        rmSync(join(cwd, 'shop'), { recursive: true });
      }
    }
    // Both outcomes were met, so the moments before and after the rename were.
    expect(seen.killed).toBeGreaterThan(10);
    expect(seen.nothing).toBeGreaterThan(0);
    expect(seen.whole).toBeGreaterThan(0);
    // A run that ends by itself removes what the killed ones left beside it.
    await wholeService(cwd);
    expect(Object.keys(readTree(cwd)).filter((path) => !path.startsWith('shop/'))).toEqual([]);
  });
});

async function wholeService(cwd: string): Promise<string> {
  const child = spawn(inject('cli'), ['shop', ...flags], { cwd, stdio: 'ignore' });
  expect((await once(child, 'exit'))[0]).toBe(0);
  return join(cwd, 'shop');
}
