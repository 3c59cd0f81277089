import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';

/** Starts bin/create-lambda-hello.cjs with a program of the test's in place of the built one. */
function start(program: string, ...nodeOptions: string[]) {
  const folder = temporaryFolder();
  cpSync('bin', join(folder, 'bin'), { recursive: true });
  mkdirSync(join(folder, 'dist'));
  writeFileSync(join(folder, 'package.json'), '{"type": "module"}');
  writeFileSync(join(folder, 'dist/main.cjs'), program);
  writeFileSync(
    join(folder, 'old.cjs'),
    "Object.defineProperty(process, 'versions', { value: { node: '18.20.8' } });",
  );
  const args = [...nodeOptions, 'bin/create-lambda-hello.cjs'];
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: folder, encoding: 'utf8' });
  return { status, stderr };
}

it.each([
  ['exports.ended = Promise.resolve();', 0],
  ['process.exitCode = 13; exports.ended = Promise.resolve();', 13],
  ['process.exit(0);', 0],
])('the exit code is the program’s: %s', (program, status) => {
  expect(start(program)).toEqual({ status, stderr: '' });
});

it('a program that ends while it waits has failed, and says so', () => {
  const { status, stderr } = start('exports.ended = new Promise(() => {});');
  expect(status).toBe(1);
  expect(stderr).toContain('error: a defect of create-lambda-hello, please report it');
});

it('a Node.js that is too old is told so', () => {
  expect(start('', '--require', './old.cjs')).toEqual({
    status: 1,
    stderr:
      'error: create-lambda-hello needs Node.js 20.19 or newer, this is 18.20.8.\n' +
      'Try: install a current Node.js from https://nodejs.org\n',
  });
});
