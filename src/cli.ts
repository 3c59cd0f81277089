import { CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import { COMMANDS } from './cli/commands.ts';
import {
  buildProgram,
  type HelpOutput,
  type HelpStyle,
  type MakeContext,
  PROGRAM,
} from './cli/program.ts';
import { meantName } from './cli/typo.ts';
import { UsageError } from './errors.ts';
import { quoteWord } from './words.ts';

/** What a shell's completion script calls: `create-lambda-hello complete -- <words>`. */
const COMPLETE = 'complete';

/**
 * Reads the command line and runs the command that it names. Each command is
 * imported only when it runs.
 *
 * @param argv the arguments after the program's name
 * @param style how the help is coloured
 * @param makeContext called once, by the command that runs
 * @param output where the help and the version go
 * @throws UsageError when the command line is wrong
 */
export async function runCli(
  argv: readonly string[],
  style: HelpStyle,
  makeContext: MakeContext,
  output: HelpOutput,
): Promise<void> {
  if (argv[0] === COMPLETE && argv[1] === '--') {
    const { completeWords, formatCompletion } = await import('./cli/complete.ts');
    const { knownNames } = await import('./commands/complete.ts');
    const context = await makeContext({ verbose: false });
    const completion = await completeWords(argv.slice(2), knownNames(context));
    context.out.result(formatCompletion(completion));
    return;
  }
  checkName(argv);
  const named = COMMANDS.filter(({ name }) => argv.includes(name));
  const listed = argv[0] === 'help' || argv.some((word) => word === '-h' || word === '--help');
  const commands = named.length === 0 && listed ? COMMANDS : named;
  const program = buildProgram(commands, packageJson.version, style, makeContext, output);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version arrive here too, with exit code 0.
    if (error.exitCode === 0) return;
    throw toUsageError(error, argv);
  }
}

/** A slip in the name of a command must not create a service of that name. */
function checkName(argv: readonly string[]): void {
  const [word = ''] = argv;
  const names = COMMANDS.map(({ name }) => name);
  const sure = names.includes(word) || argv.includes('--yes') || argv.includes('-y');
  const meant = sure ? undefined : meantName(word, names);
  if (meant === undefined) return;
  throw new UsageError(
    `"${word}" is not a command. Did you mean ${meant}?`,
    `${PROGRAM} ${meant}  (a service of that name: ${PROGRAM} ./${word})`,
  );
}

function toUsageError(error: CommanderError, argv: readonly string[]): UsageError {
  const [first = '', second] = argv;
  const command = COMMANDS.find(({ name }) => name === first);
  if (error.code === 'commander.help') {
    return new UsageError(`"${second}" is not a command.`, `${PROGRAM} --help`);
  }
  if (error.code === 'commander.excessArguments' && command === undefined) {
    const isCreate = /^(create|new|init|generate)$/.test(first);
    return new UsageError(
      `"${first}" is not a command.`,
      isCreate && second !== undefined ? `${PROGRAM} ${quoteWord(second)}` : `${PROGRAM} --help`,
    );
  }
  // "error: unknown option '--ap'\n(Did you mean --api?)"
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (.+)\?/.exec(more.join(' '))?.[1];
  const help = command ? `${PROGRAM} ${command.name} --help` : `${PROGRAM} --help`;
  return new UsageError(message.replace(/\.?$/, '.'), meant ?? help);
}
