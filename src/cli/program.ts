import { Command, InvalidArgumentError, Option } from 'commander';
import type { Context } from '../context.ts';
import { readFlags } from '../options/option.ts';
import { type ArgumentSpec, type CommandSpec, GROUPS } from './command-spec.ts';
import { createCommand } from './commands.ts';
import { optionSpecs } from './option-specs.ts';

/** Makes the context of a command after its command line was parsed. */
export type MakeContext = (options: { verbose: boolean }) => Promise<Context>;

/** Colours the parts of the help. */
export interface HelpStyle {
  bold(text: string): string;
  cyan(text: string): string;
}

/** Receives the help and the version. */
export interface HelpOutput {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

export const PROGRAM = 'create-lambda-hello';

/**
 * Builds the parser of the command line.
 *
 * @param commands those that the command line may name: building all of them takes longer than
 * creating a service
 * @param listed commands that are only listed by the help, which does not need their options
 * @param output receives the help and the version
 */
export async function buildProgram(
  commands: readonly CommandSpec[],
  listed: readonly CommandSpec[],
  version: string,
  style: HelpStyle,
  makeContext: MakeContext,
  output: HelpOutput,
): Promise<Command> {
  const shown = [...commands, ...listed];
  const program = new Command(PROGRAM)
    .description(createCommand.summary)
    .version(version, '-V, --version', 'print the version')
    // Options after a command's name belong to that command.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => output.write(text),
      writeErr: () => {},
      getOutHelpWidth: () => (output.isTTY ? output.columns : undefined) as number,
      // The style itself omits colours if there are none.
      getOutHasColors: () => true,
    })
    .configureHelp({
      // Wraps even in a narrow terminal.
      minWidthToWrap: 20,
      subcommandTerm: (subcommand) => {
        const spec = shown.find(({ name }) => name === subcommand.name());
        return spec ? usageOf(spec) : 'help [command]';
      },
      styleTitle: style.bold,
      styleCommandText: style.cyan,
      styleSubcommandText: style.cyan,
      styleOptionText: style.cyan,
      styleArgumentText: style.cyan,
    });
  await fill(program, createCommand, style, makeContext);
  program.addHelpCommand(
    new Command('help')
      .argument('[command]')
      .description('print the help of a command')
      .helpOption(false)
      .helpGroup('Help:'),
  );
  for (const group of GROUPS) {
    program.commandsGroup(`${group}:`);
    for (const spec of shown.filter((one) => one.group === group)) {
      const command = program.command(spec.name).description(spec.summary);
      if (commands.includes(spec)) await fill(command, spec, style, makeContext);
    }
  }
  return program;
}

async function fill(
  command: Command,
  spec: CommandSpec,
  style: HelpStyle,
  makeContext: MakeContext,
): Promise<void> {
  const { argument, secondArgument } = spec;
  const options = (await spec.options?.()) ?? {};
  if (argument) command.argument(argumentSyntax(argument), argument.description);
  if (secondArgument) {
    command.argument(argumentSyntax(secondArgument), secondArgument.description);
  }
  if (argument?.passedOn) command.allowUnknownOption().passThroughOptions();
  for (const { flags, description, hidden, repeatable, takesValue } of optionSpecs(options)) {
    const option = new Option(flags, description).hideHelp(hidden);
    if (repeatable) {
      option.argParser((value, before: string[] = []) => [...before, notEmpty(value)]);
    } else if (takesValue) option.argParser(notEmpty);
    command.addOption(option);
  }
  command
    .helpOption('-h, --help', 'print this help')
    .addHelpText('after', `\n${helpEnd(spec, style)}`)
    .action(async (...given) => {
      const count = [argument, secondArgument].filter(Boolean).length;
      const values: unknown[] = given.slice(0, count).flat();
      const words = values.filter((value): value is string => typeof value === 'string');
      const help = [PROGRAM, spec.name, '--help'].filter(Boolean).join(' ');
      const flags = readFlags(options, command.opts(), help);
      const context = await makeContext({ verbose: flags.verbose === true });
      const [first, second] = words;
      await spec.run(context, {
        argument: first,
        secondArgument: second,
        passedOn: words,
        flags,
      });
    });
}

/** Refuses an empty value, which is usually an unset variable of a shell. */
function notEmpty(value: string): string {
  if (value.trim() === '') throw new InvalidArgumentError('');
  return value;
}

/** Formats a command for the list of commands: `invoke [options] [function]`. */
function usageOf({ name, options, argument, secondArgument }: CommandSpec): string {
  const syntax = [argument, secondArgument].map((one) => one && argumentSyntax(one));
  return [name, options && '[options]', ...syntax].filter(Boolean).join(' ');
}

/** Formats an argument for usage lines: `<function>`, `[directory]`, `[options...]`. */
export function argumentSyntax({ name, required, passedOn }: ArgumentSpec): string {
  return required ? `<${name}>` : `[${name}${passedOn ? '...' : ''}]`;
}

/** Formats the examples of a command in columns, each with its comment. */
export function exampleLines({ examples }: CommandSpec): readonly string[] {
  const lines = examples.map(([line, comment]) => [`${PROGRAM} ${line}`, comment] as const);
  const width = Math.max(...lines.map(([line, comment]) => (comment ? line.length : 0)));
  return lines.map(([line, comment]) =>
    comment === undefined ? line : `${line.padEnd(width)}   # ${comment}`,
  );
}

/** Returns the help below the options. */
function helpEnd(spec: CommandSpec, style: HelpStyle): string {
  const { notes } = spec;
  const examples = exampleLines(spec).map((line) => `  $ ${line}`);
  return [...(notes ? [notes, ''] : []), style.bold('Examples:'), ...examples].join('\n');
}
