import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { COMMANDS, createCommand } from '../../src/cli/commands.ts';
import { flagsOf, optionSpecs } from '../../src/cli/option-specs.ts';
import { buildProgram } from '../../src/cli/program.ts';
import type { Context } from '../../src/context.ts';
import { PLAIN } from '../../src/ui/style.ts';
import { commandsPage } from '../support/commands-page.ts';
import { allPages, type Page, proseOf, root, SERVICE_README, stepsOf } from '../support/docs.ts';
import { newService } from '../support/service.ts';

/*
 * What the documents say is held against the program. Their commands are run by
 * test/e2e/docs.test.ts.
 */

const PAGES = allPages();

it('docs/commands.md is what the table of commands says (npm run docs makes it)', async () => {
  await expect(await commandsPage()).toMatchFileSnapshot(join(root, 'docs/commands.md'));
});

/** The headings of a page as GitHub anchors them. */
const anchorsOf = ({ text }: Page): string[] =>
  [...proseOf(text).matchAll(/^#+ (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\- ]/g, '')
      .replaceAll(' ', '-'),
  );

describe.each(PAGES)('$path', (page) => {
  const { path, text } = page;

  it('links to what is there', () => {
    const broken = [...proseOf(text).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
      .map(([, link = '']) => link)
      .filter((link) => {
        const [file = '', anchor] = link.split('#');
        const target = file === '' ? path : join(dirname(path), file);
        if (target !== path && !existsSync(join(root, target))) return true;
        if (anchor === undefined) return false;
        const linked = PAGES.find((other) => other.path === target);
        return linked === undefined || !anchorsOf(linked).includes(anchor);
      });
    expect(broken).toEqual([]);
  });

  it('names commands, options and targets that exist', () => {
    const code = [
      ...[...proseOf(text).matchAll(/`([^`\n]+)`/g)].map(([, inline = '']) => inline),
      ...stepsOf(page).flatMap((step) => {
        if (step.kind === 'commands') return step.commands.map((command) => command.text);
        return [];
      }),
    ];
    expect(code.flatMap(problemsOf)).toEqual([]);
  });
});

const MAKEFILE = newService({ name: 'hello' }).Makefile ?? '';
const TARGETS = [...MAKEFILE.matchAll(/^([a-z]+):/gm)].map(([, target]) => target);

/** The options of each command. */
const OPTIONS = new Map(
  await Promise.all(
    [createCommand, ...COMMANDS].map(async (spec) => [spec, await spec.options?.()] as const),
  ),
);

/** What a command line of a document names that does not exist. */
function problemsOf(line: string): string[] {
  const make = /^make ((?:[a-z]+ ?)+)/.exec(line)?.[1]?.trim().split(' ') ?? [];
  const noTargets = make.filter((target) => !TARGETS.includes(target));
  const words = /(?:^|npx )create-lambda-hello (.*)/s.exec(line)?.[1]?.split(/\s+/) ?? [];
  const command = COMMANDS.find(({ name }) => name === words[0]) ?? createCommand;
  const known = new Set([
    '-h',
    '--help',
    '-V',
    '--version',
    '--',
    ...optionSpecs(OPTIONS.get(command) ?? {}).flatMap(flagsOf),
  ]);
  const noOptions = command.argument?.passedOn
    ? []
    : words
        .filter((word) => word.startsWith('-'))
        .map((word) => word.replace(/=.*/, ''))
        .filter((word) => !known.has(word));
  return [...noTargets, ...noOptions].map((name) => `${line}: ${name}`);
}

describe('an example of docs/commands.md', () => {
  const examples = [createCommand, ...COMMANDS].flatMap((spec) =>
    spec.examples.map(([line]) => ({ line, name: spec.name })),
  );
  it.each(examples)('is what the command line reads: $line', async ({ line, name }) => {
    const called: string[] = [];
    const create = vi.spyOn(createCommand, 'run').mockImplementation(async () => {
      called.push('');
    });
    const commands = COMMANDS.map((spec) => ({
      ...spec,
      run: async () => void called.push(spec.name),
    }));
    const program = await buildProgram(commands, [], '1.0.0', PLAIN, async () => ({}) as Context, {
      write: () => {},
    });
    const words = execFileSync('bash', ['-c', `printf '%s\\0' ${line.replace(/ >>? .*/, '')}`]);
    await program.parseAsync(words.toString().split('\0').slice(0, -1), { from: 'user' });
    create.mockRestore();
    // The help of the creation names `dev`, which comes after it.
    expect(called).toEqual([line === 'dev' ? 'dev' : name]);
  });
});

describe('a wrong document', () => {
  it.each([
    ['create-lambda-hello dev --prot 80', 1],
    ['npx create-lambda-hello hello --yes', 0],
    ['create-lambda-hello deploy --yes', 1],
    ['make deplyo', 1],
    ['make dev STAGE=prod', 0],
  ])('with the line %s has %i problems', (line, problems) => {
    expect(problemsOf(line)).toHaveLength(problems);
  });

  it('is known by the anchors of its headings', () => {
    expect(anchorsOf(SERVICE_README)).toContain('add-an-endpoint');
    expect(anchorsOf({ path: '', text: '## Exit codes: 0, 1\n```sh\n# no\n```' })).toEqual([
      'exit-codes-0-1',
    ]);
  });
});

describe('the map in README.md', () => {
  const map = /^## The map of `src\/`\n+```\w*\n(.*?)```/ms.exec(
    readFileSync(join(root, 'README.md'), 'utf8'),
  )?.[1];
  const entries = (map ?? '')
    .split('\n')
    .flatMap((line) => /^\S.*?(?= {2}|$)/.exec(line)?.[0].split(', ') ?? []);

  it('has what src/ has', () => {
    // What the build writes there is not in the repository.
    const there = readdirSync(join(root, 'src'), { withFileTypes: true })
      .filter(({ name }) => name !== 'generated')
      .map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name));
    expect(entries.toSorted()).toEqual(there.toSorted());
  });
});
