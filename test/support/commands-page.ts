import { type CommandSpec, GROUPS } from '../../src/cli/command-spec.ts';
import { COMMANDS, createCommand } from '../../src/cli/commands.ts';
import { optionSpecs } from '../../src/cli/option-specs.ts';
import { argumentSyntax, exampleLines, PROGRAM } from '../../src/cli/program.ts';

/** The content of docs/commands.md: what the table of commands says, for reading. */
export async function commandsPage(): Promise<string> {
  const groups = GROUPS.map((group) => ({
    group,
    specs: [createCommand, ...COMMANDS].filter((spec) => spec.group === group),
  }));
  const sections = await Promise.all(groups.flatMap(({ specs }) => specs.map(section)));
  const contents = groups.map(
    ({ group, specs }) =>
      `- ${group}: ${specs.map((spec) => `[${nameOf(spec)}](#${anchorOf(nameOf(spec))})`).join(', ')}`,
  );
  return `# Commands

What \`${PROGRAM} --help\` and \`${PROGRAM} help <command>\` say, on one page.
\`npm run docs\` makes it of the table in \`src/cli/\`, and a test compares the two.

${contents.join('\n')}

Every command has \`-h\`, \`--help\`; \`${PROGRAM} --version\` prints the version. In a service
that is not installed globally, begin with \`npx\`.

${sections.join('\n')}`;
}

async function section(spec: CommandSpec): Promise<string> {
  const { argument, notes } = spec;
  const options = optionSpecs((await spec.options?.()) ?? {});
  const syntax = argument ? argumentSyntax(argument) : '';
  const usage = [PROGRAM, spec.name, options.length > 0 ? '[options]' : '', syntax];
  const rows = [
    ...(argument ? [[`\`${syntax}\``, argument.description]] : []),
    ...options
      .filter(({ hidden }) => !hidden)
      .map(({ flags, description }) => [`\`${flags}\``, description]),
  ].map(([what = '', description = '']) => `| ${what} | ${cell(description)} |`);
  return [
    `## ${nameOf(spec)}`,
    '',
    `${spec.summary[0]?.toUpperCase()}${spec.summary.slice(1).replace(/\.$/, '')}.`,
    '',
    fence([usage.filter(Boolean).join(' ')]),
    ...(rows.length > 0 ? ['| | |', '| --- | --- |', ...rows, ''] : []),
    ...(notes ? [fence(notes.split('\n'))] : []),
    'Examples:',
    '',
    fence(exampleLines(spec)),
  ].join('\n');
}

/** The creation of a service has no name but the program's. */
const nameOf = ({ name }: CommandSpec): string => name || PROGRAM;

const anchorOf = (heading: string): string => heading.toLowerCase().replaceAll(' ', '-');

const cell = (text: string): string => text.replace(/ {2,}/g, ' ').replaceAll('|', '\\|');

const fence = (lines: readonly string[]): string => `\`\`\`text\n${lines.join('\n')}\n\`\`\`\n`;
