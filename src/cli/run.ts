import { CommanderError } from 'commander';
import { createOptions } from '../commands/create/options.ts';
import { UsageError } from '../errors.ts';
import { quoted } from '../message.ts';
import { quoteWord } from '../util/shell-words.ts';
import { inQuotes, withFullStop } from '../util/text.ts';
import { VERSION } from '../version.ts';
import { COMMANDS, createCommand } from './commands.ts';
import * as messages from './messages.ts';
import { optionSpecs, positionals } from './option-specs.ts';
import {
  buildProgram,
  type HelpOutput,
  type HelpStyle,
  type MakeContext,
  PROGRAM,
} from './program.ts';
import { meantName } from './typo.ts';

/** The hidden command that completion scripts call: `create-lambda-hello complete -- <words>`. */
const COMPLETE = 'complete';

/**
 * Parses the command line and runs the command that it names. Each command is imported only when
 * it runs.
 *
 * @param argv the arguments after the program's name
 * @param style colours the help
 * @param makeContext called once, for the command that runs
 * @param output receives the help and the version
 * @param findService finds the file of the service that contains the current folder
 * @throws UsageError when the command line is invalid
 */
export async function runCli(
  argv: readonly string[],
  style: HelpStyle,
  makeContext: MakeContext,
  output: HelpOutput,
  findService: () => string | undefined,
): Promise<void> {
  if (argv[0] === COMPLETE && argv[1] === '--') {
    const { completeWords, formatCompletion } = await import('./complete.ts');
    const { knownNames } = await import('../commands/complete.ts');
    const context = await makeContext({ verbose: false });
    const completion = await completeWords(argv.slice(2), knownNames(context));
    context.out.result(formatCompletion(completion));
    return;
  }
  checkName(argv, findService);
  const named = COMMANDS.filter(({ name }) => argv.includes(name));
  const help = argv[0] === 'help' || argv.some((word) => word === '-h' || word === '--help');
  const listed = named.length === 0 && help ? COMMANDS : [];
  const program = await buildProgram(named, listed, VERSION, style, makeContext, output);
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // commander also throws after it has printed help or version, with exit code 0.
    if (error.exitCode === 0) return;
    throw toUsageError(error, argv);
  }
}

/**
 * Refuses to create a service from a word that was probably meant as a command: one with a typo,
 * or any word inside a service.
 */
function checkName(argv: readonly string[], findService: () => string | undefined): void {
  const [word, second] = positionals(argv, optionSpecs(createOptions));
  if (word === undefined || word === 'help' || COMMANDS.some(({ name }) => name === word)) return;
  if (/^\.|[/\\]/.test(word)) return;
  const slip = meantName(word, COMMAND_NAMES);
  const sure = argv.includes('--yes') || argv.includes('-y');
  if (slip !== undefined && !sure) throw notACommand(word, [slip]);
  const service = findService();
  if (service === undefined) return;
  const meant = slip === undefined ? calledElsewhere(word) : [slip];
  if (meant.length > 0) throw notACommand(word, meant);
  const name = isCreate(word) ? (second ?? word) : word;
  throw new UsageError(
    messages.serviceIsHere({ word: inQuotes(word), file: service }),
    `${PROGRAM} --help  (another service: ${PROGRAM} ${quoteWord(`./${name}`)})`,
  );
}

const COMMAND_NAMES = COMMANDS.map(({ name }) => name);

/** Returns the commands that other tools call by that word. */
const calledElsewhere = (word: string): readonly string[] =>
  COMMANDS.filter((command) => command.calledElsewhere?.includes(word)).map(({ name }) => name);

const isCreate = (word: string): boolean => createCommand.calledElsewhere?.includes(word) ?? false;

function notACommand(word: string, meant: readonly string[]): UsageError {
  return new UsageError(
    messages.meantAnother({ word: inQuotes(word), command: meant.join(' or ') }),
    `${PROGRAM} ${meant[0]}  (a service of that name: ${PROGRAM} ${quoteWord(`./${word}`)})`,
  );
}

function toUsageError(error: CommanderError, argv: readonly string[]): UsageError {
  const [first = '', second] = argv;
  const command = COMMANDS.find(({ name }) => name === first);
  if (error.code === 'commander.help') {
    return new UsageError(
      messages.notACommand({ word: inQuotes(second ?? '') }),
      `${PROGRAM} --help`,
    );
  }
  if (error.code === 'commander.excessArguments' && command === undefined) {
    const meant = calledElsewhere(first);
    if (meant.length > 0) return notACommand(first, meant);
    return new UsageError(
      messages.notACommand({ word: inQuotes(first) }),
      isCreate(first) && second !== undefined
        ? `${PROGRAM} ${quoteWord(second)}`
        : `${PROGRAM} --help`,
    );
  }
  const help = command ? `${PROGRAM} ${command.name} --help` : `${PROGRAM} --help`;
  if (error.code === 'commander.invalidArgument') {
    // commander's message: "error: option '-y, --yes <value>' argument '' is invalid."
    const option = /--[\w-]+/.exec(error.message)?.[0] ?? '';
    return new UsageError(messages.emptyValue({ option }), help);
  }
  // commander's message: "error: unknown option '--ap'\n(Did you mean --api?)"
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (.+)\?/.exec(more.join(' '))?.[1];
  return new UsageError(quoted(withFullStop(message)), meant ?? help);
}
