import { describe, expect, it, vi } from 'vitest';
import type { Command, RunOptions } from '../../src/tools/command.ts';
import { run } from '../../src/tools/run.ts';
import { isRunning } from '../support/local.ts';

const node = (script: string, ...args: string[]): Command => ({
  tool: process.execPath,
  args: ['-e', script, ...args],
  cwd: process.cwd(),
});
const start = (command: Command, options: Partial<RunOptions> = {}) =>
  run(command, { output: 'capture', ...options });

describe('run', () => {
  it('captures the output and the exit code', async () => {
    const command = node("console.log('out'); console.error('err'); process.exitCode = 3");
    expect(await start(command).exited).toEqual({
      code: 3,
      signal: undefined,
      startError: undefined,
      stdout: 'out',
    });
  });

  it('gives every argument as it is: there is no shell', async () => {
    const odd = ['$(touch x)', 'a b', "'", '"', ';', '*', ''];
    const { stdout } = await start(
      node('console.log(JSON.stringify(process.argv.slice(1)))', ...odd),
    ).exited;
    expect(JSON.parse(stdout)).toEqual(odd);
  });

  it('gives lines as they come, the last one too, and long ones in pieces', async () => {
    const lines: string[] = [];
    const script = "process.stdout.write('a\\r\\nb\\n' + 'x'.repeat(400000) + '\\nend')";
    await start(node(script), { output: (line) => lines.push(line) }).exited;
    expect([lines.slice(0, 2), lines.at(-1)]).toEqual([['a', 'b'], 'end']);
    const long = lines.slice(2, -1);
    expect(long.join('')).toBe('x'.repeat(400_000));
    expect(Math.max(...long.map((line) => line.length))).toBeLessThanOrEqual(2 * 65_536);
  });

  it('tells that a command does not exist, without throwing', async () => {
    const missing = { tool: 'there-is-no-such-command', args: [], cwd: process.cwd() };
    expect(await start(missing).exited).toMatchObject({ code: undefined, startError: 'ENOENT' });
  });

  it('tells the signal that ended it', async () => {
    const running = start(node('setInterval(() => {}, 1000)'), { ownGroup: true });
    running.kill();
    expect(await running.exited).toMatchObject({ code: undefined, signal: 'SIGKILL' });
    running.kill(); // again, when it is gone: nothing happens
  });

  it('ends with the command all that it left running, and does not wait for it', async () => {
    const leaves = `
      const { spawn } = require('node:child_process');
      const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' });
      console.log(child.pid);
      child.unref();
      process.exit(0);`;
    const lines: string[] = [];
    const running = start(node(leaves), { output: (line) => lines.push(line), ownGroup: true });
    expect(await running.exited).toMatchObject({ code: 0 });
    // Its signal is sent by then, but it is no child of ours, whose end could be awaited.
    await vi.waitUntil(() => !isRunning(Number(lines[0])));
  });

  it('starts a command with the environment of this process, or with its own', async () => {
    const command = node('console.log(process.env.OWN, process.env.PATH)');
    const both = [start(command), start({ ...command, env: { OWN: 'x' } })];
    const exits = await Promise.all(both.map(({ exited }) => exited));
    expect(exits.map(({ stdout }) => stdout)).toEqual([
      `undefined ${process.env.PATH}`,
      'x undefined',
    ]);
  });
});
