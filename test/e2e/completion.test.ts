import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { beforeAll, describe, expect, inject, it } from 'vitest';
import { permanentFolder, temporaryFolder } from '../support/folders.ts';
import { TAB, Terminal } from '../support/terminal.ts';

/** A shell that is installed here; REQUIRE_SHELLS makes a missing one a failure, as CI does. */
function hasShell(name: string): boolean {
  const found = (process.env.PATH ?? '')
    .split(delimiter)
    .some((folder) => existsSync(join(folder, name)));
  if (!found && process.env.REQUIRE_SHELLS) throw new Error(`${name} is not installed`);
  if (!found) console.warn(`SKIPPED: completion in ${name}, which is not installed`);
  return found;
}

const cli = inject('cli');
const env = { ...process.env, PATH: `${dirname(cli)}${delimiter}${process.env.PATH}` };
const script = (shell: string): string =>
  execFileSync(cli, ['completion', shell], { encoding: 'utf8' });

let service: string;

beforeAll(() => {
  const { folder: cwd, remove } = permanentFolder();
  execFileSync(cli, ['shop', '--yes', '--no-git'], { cwd, stdio: 'ignore' });
  service = join(cwd, 'shop');
  mkdirSync(join(service, 'odd folder'));
  writeFileSync(join(service, 'test.env'), '');
  return remove;
});

/** What is typed before Tab, and what the line is then. `$` stands for the program's name. */
const COMPLETED: readonly (readonly [string, string])[] = [
  ['$ add-e', '$ add-endpoint '],
  ['$ compl', '$ completion '],
  ['$ completion po', '$ completion powershell '],
  ['$ dev --conc', '$ dev --concurrency '],
  ['$ dev --env-file test.', '$ dev --env-file test.env '],
  ['$ dev --env-file=test.', '$ dev --env-file=test.env '],
  ['$ invoke he', '$ invoke hello '],
  ['$ logs --stage prod po', '$ logs --stage prod postRequest '],
  ['$ remove-endpoint --dry-run po', '$ remove-endpoint --dry-run postRequest '],
  ['$ add-endpoint a --method PU', '$ add-endpoint a --method PUT '],
  ['$ shop --arch x', '$ shop --arch x86_64 '],
  ['$ shop --arch=x', '$ shop --arch=x86_64 '],
  ['$ od', '$ odd\\ folder/'],
];

const fill = (line: string): string => line.replace('$', 'create-lambda-hello');

/** How a shell is started without the user's files, learns the completion, and shows its line on ^X. */
const SHELLS = {
  bash: {
    args: ['--norc', '--noprofile'],
    learn: `. ~/completion; bind -x '"\\C-x": echo "[$READLINE_LINE]"'`,
  },
  zsh: {
    args: ['-f'],
    learn: `autoload -U compinit && compinit -u; . ~/completion
show() { print -r -- "[$BUFFER]" }; zle -N show; bindkey '^X' show`,
  },
};

describe.each(Object.entries(SHELLS))('completion in %s', (name, { args, learn }) => {
  const available = hasShell(name);

  it.runIf(available).each(COMPLETED)('makes of %j: %j', async (typed, completed) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'completion'), script(name));
    const shell = new Terminal(name, args, {
      cwd: service,
      env: { ...env, HOME: home, PS1: '> ' },
    });
    shell.types(`${learn.replace('\n', '\r')}; PS1='REA''DY> '\r`);
    await shell.sees('READY> ');
    shell.types(`${fill(typed)}${TAB}\x18`);
    await shell.sees('[create');
    expect(`create${await shell.sees(']')}`).toBe(fill(completed));
    shell.types('\x15exit\r');
    await shell.exited;
  });
});

describe.runIf(hasShell('fish'))('completion in fish', () => {
  it.each(COMPLETED)('makes of %j: %j', (typed, completed) => {
    const home = temporaryFolder();
    writeFileSync(join(home, 'completion'), script('fish'));
    const line = fill(typed);
    const lines = execFileSync('fish', ['-c', 'source ~/completion; complete -C $argv[1]', line], {
      cwd: service,
      env: { ...env, HOME: home },
      encoding: 'utf8',
    });
    const [word = ''] = fill(completed).match(/(?:[^ \\]|\\.)+\s?$/) ?? [];
    expect(
      lines
        .trimEnd()
        .split('\n')
        .map((one) => one.split('\t')[0]),
    ).toContain(word.trim().replaceAll('\\', ''));
  });
});
