import { Command, CommanderError } from 'commander';
import packageJson from '../package.json' with { type: 'json' };
import type { Context } from './context.ts';
import { UsageError } from './errors.ts';

/** Makes the context of a command, once its command line has been read. */
export type MakeContext = (options: { verbose: boolean }) => Promise<Context>;

/**
 * Reads the command line and runs the command that it names. Each command is
 * imported only when it runs.
 *
 * @param argv the arguments after the program's name
 * @param makeContext called once, by the command that runs
 * @throws UsageError when the command line is wrong
 */
export async function runCli(argv: readonly string[], makeContext: MakeContext): Promise<void> {
  const program = new Command('create-lambda-hello')
    .description('Create an AWS Lambda service in Dart, and run it on this machine.')
    .argument('[directory]', 'folder of the new service; its name becomes the name of the service')
    .option('--api <kind>', 'rest (API Gateway REST API) or http (HTTP API)  (default: rest)')
    .option('--arch <architecture>', 'arm64 or x86_64  (default: arm64)')
    .option(
      '--region <region>',
      'AWS region  (default: from the AWS configuration, else us-east-1)',
    )
    .option('--memory <MB>', 'memory of a function, 128 to 10240  (default: 128)')
    .option('--timeout <seconds>', 'timeout of a function, 1 to 900  (default: 10)')
    .option('-y, --yes', 'take the defaults, ask nothing')
    .option('--no-install', 'do not run npm install')
    .option('--no-git', 'do not run git init')
    .option('--dry-run', 'show what would be made, write nothing')
    .option('--verbose', 'say more about what is done')
    .version(packageJson.version, '-V, --version', 'print the version')
    .helpOption('-h, --help', 'print this help')
    .helpCommand(false)
    // Options after a command's name belong to that command.
    .enablePositionalOptions()
    .exitOverride()
    .configureOutput({ outputError: () => {} })
    .addHelpText(
      'after',
      `
Examples:
  $ create-lambda-hello hello                     # asks for the rest
  $ create-lambda-hello hello --yes               # asks nothing
  $ create-lambda-hello shop --api http --region eu-central-1
  $ cd hello && create-lambda-hello dev           # serve it on this machine`,
    )
    .action(async (directory: string | undefined, flags) => {
      const { create } = await import('./commands/create.ts');
      await create(await makeContext({ verbose: flags.verbose ?? false }), directory, flags);
    });

  program
    .command('dev')
    .description('serve the service of this folder on this machine')
    .option('--port <port>', 'port of the API  (default: 3000)')
    .option('--host <address>', 'address to listen on  (default: 127.0.0.1)')
    .option('--stage <stage>', 'stage, as in serverless deploy --stage  (default: dev)')
    .option('--verbose', 'say more about what is done')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      `
Examples:
  $ create-lambda-hello dev
  $ create-lambda-hello dev --port 8080`,
    )
    .action(async (flags) => {
      const { dev } = await import('./commands/dev.ts');
      await dev(await makeContext({ verbose: flags.verbose ?? false }), flags);
    });

  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    // Help and version arrive here too, with exit code 0.
    if (error.exitCode === 0) return;
    const named = program.commands.find((command) => command.name() === argv[0]);
    throw toUsageError(error, ['create-lambda-hello', named?.name(), '--help']);
  }
}

function toUsageError(error: CommanderError, help: (string | undefined)[]): UsageError {
  // "error: unknown option '--ap'\n(Did you mean --api?)"
  const [message = '', ...more] = error.message.replace(/^error: /, '').split('\n');
  const meant = /Did you mean (.+)\?/.exec(more.join(' '))?.[1];
  return new UsageError(
    message.replace(/\.?$/, '.'),
    meant ?? help.filter((word) => word !== undefined).join(' '),
  );
}
