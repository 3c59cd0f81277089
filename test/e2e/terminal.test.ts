import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { describe, expect, inject, it } from 'vitest';
import { temporaryFolder } from '../support/folders.ts';
import { CTRL_C, cliTerminal, type Terminal } from '../support/terminal.ts';

const ESC = '\x1b[';
const CLEAR_LINE = `\r${ESC}K`;
const ESCAPES = new RegExp(`${ESC.replace('[', '\\[')}[0-9;?]*[A-Za-z]`, 'g');
const UTF_8 = { LANG: 'C.UTF-8', LC_ALL: undefined };

async function printed(terminal: Terminal): Promise<string> {
  await terminal.exited;
  return terminal.screen;
}

describe('what takes long', () => {
  /** A folder with a `dart` that tells nothing until something is written into a pipe. */
  function slowDart(): {
    cwd: string;
    env: Record<string, string | undefined>;
    answer: () => void;
  } {
    const cwd = temporaryFolder();
    const pipe = join(cwd, 'pipe');
    execFileSync('mkfifo', [pipe]);
    writeFileSync(join(cwd, 'dart'), `#!/bin/sh\nread line < '${pipe}'\necho "$line"\n`);
    chmodSync(join(cwd, 'dart'), 0o755);
    const PATH = `${cwd}${delimiter}${process.env.PATH}`;
    const env = { ...UTF_8, PATH, DART_SDK: undefined };
    return { cwd, env, answer: () => writeFileSync(pipe, 'Dart SDK version: 3.8.0 (stable)\n') };
  }

  it('is told with the time, and the line goes when it is done', async () => {
    const { cwd, env, answer } = slowDart();
    const terminal = cliTerminal(['doctor'], cwd, { env });
    const seconds = async () => {
      await terminal.sees('Checking this machine (');
      return terminal.sees(' s)');
    };
    const first = await seconds();
    while ((await seconds()) === first);
    answer();
    const report = (await printed(terminal)).split(CLEAR_LINE).at(-1);
    expect(report).toContain('Node.js');
    expect(report).not.toContain('Checking this machine');
  });

  it('is not in the way of Ctrl-C', async () => {
    const { cwd, env } = slowDart();
    const terminal = cliTerminal(['doctor'], cwd, { env });
    await terminal.sees('Checking this machine (');
    terminal.types(CTRL_C);
    expect(await terminal.exited).toBe(130);
    const left = terminal.screen.split(CLEAR_LINE).at(-1) ?? '';
    expect(left.replace(ESCAPES, '')).toMatch(/^error: Cancelled\.\r?\n$/);
  });
});

describe('colours', () => {
  it('are for terminals', async () => {
    const cwd = temporaryFolder();
    expect(await printed(cliTerminal(['--help'], cwd))).toContain(`${ESC}1mUsage:`);
    const { stdout, stderr } = spawnSync(inject('cli'), ['--help'], { cwd, encoding: 'utf8' });
    expect(stdout + stderr).not.toMatch(ESCAPES);
  });

  it.each([['--help'], ['dev'], ['doctor'], ['shop', '--yes', '--dry-run']])(
    'are off with NO_COLOR: %s',
    async (...args) => {
      const cwd = temporaryFolder();
      const env = { ...UTF_8, NO_COLOR: '1' };
      const screen = await printed(cliTerminal(args, cwd, { env }));
      const codes = screen.match(ESCAPES) ?? [];
      // It clears the line of what takes long.
      expect(codes.filter((code) => code !== `${ESC}K`)).toEqual([]);
    },
  );
});

describe('the width of the terminal', () => {
  const helpLines = async (cols: number): Promise<string[]> => {
    const terminal = cliTerminal(['dev', '--help'], temporaryFolder(), { cols });
    return (await printed(terminal)).replace(ESCAPES, '').split(/\r?\n/);
  };

  it('is what the help is wrapped to', async () => {
    const narrow = await helpLines(60);
    // Examples are for copying: they stay whole.
    const tooWide = narrow.filter((line) => line.length > 60 && !line.startsWith('  $ '));
    expect(tooWide).toEqual([]);
    const wide = await helpLines(200);
    expect(wide.length).toBeLessThan(narrow.length);
    expect(wide.join('\n')).toMatch(/--stage <stage> +stage, as in serverless deploy.*dev\)\n/);
  });
});

describe('the tree of a new service', () => {
  it.each([
    ['C.UTF-8', '└── serverless.yml'],
    ['C', '`-- serverless.yml'],
  ])('is drawn as the locale %s can show it', async (LANG, line) => {
    const env = { LANG, LC_ALL: undefined, LC_CTYPE: undefined };
    const args = ['shop', '--yes', '--no-git'];
    expect(await printed(cliTerminal(args, temporaryFolder(), { env }))).toContain(line);
  });
});
