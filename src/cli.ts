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
    .description('Create an AWS Lambda service in Dart, run it on this machine and deploy it.')
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
  $ cd hello && create-lambda-hello dev           # serve it on this machine
  $ create-lambda-hello add-endpoint getOrder --path /orders/{id}
  $ create-lambda-hello deploy --smoke            # take it to AWS, and call it there`,
    )
    .action(async (directory: string | undefined, flags) => {
      const { create } = await import('./commands/create.ts');
      await create(await makeContext({ verbose: flags.verbose ?? false }), directory, flags);
    });

  localCommands(program, makeContext);
  endpointCommands(program, makeContext);
  deployCommands(program, makeContext);

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

/** The commands that run functions. */
function localCommands(program: Command, makeContext: MakeContext): void {
  program
    .command('dev')
    .description('serve the service of this folder on this machine')
    .option('--port <port>', 'port of the API  (default: 3000)')
    .option('--host <address>', 'address to listen on  (default: 127.0.0.1)')
    .option('--stage <stage>', 'stage, as in serverless deploy --stage  (default: dev)')
    .option('--env-file <file>', 'file with environment variables, besides .env')
    .option('--concurrency <number>', 'processes of a function at once  (default: the cores)')
    .option('--no-reload', 'do not follow changes of the files')
    .option('--bootstrap', 'run what  build  has compiled, not the sources')
    .option('--json', 'print a JSON document a line')
    .option('--quiet', 'show only what goes wrong, and what functions print')
    .option('--verbose', 'say more about what is done')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      `
Examples:
  $ create-lambda-hello dev
  $ create-lambda-hello dev --port 8080 --env-file test.env`,
    )
    .action(async (flags) => {
      const { dev } = await import('./commands/dev.ts');
      await dev(await makeContext({ verbose: flags.verbose ?? false }), flags);
    });

  program
    .command('invoke [function]')
    .description('call a function: of the running dev, or with --stage the deployed one')
    .option('--data <json>', 'the event, as JSON')
    .option('--data-file <file>', 'file with the event; - is standard input')
    .option('--event <sample>', 'a sample event  (default: a request of its route, else {})')
    .option('--list-events', 'list the sample events')
    .option('--path <path>', 'path of the sample request, with its query')
    .option('--method <method>', 'method of the sample request')
    .option('--local', 'call the function of the running dev  (default)')
    .option('--port <port>', 'port of dev  (default: where it runs, else 3000)')
    .option('--stage <stage>', 'call the deployed function of the stage')
    .option('--region <region>', 'AWS region  (default: what serverless.yml says)')
    .option('--aws-profile <profile>', 'profile of the AWS configuration')
    .option('--client-context <json>', 'client context, as JSON')
    .option('--json', 'print one JSON document')
    .helpOption('-h, --help', 'print this help')
    .addHelpText(
      'after',
      `
Examples:
  $ create-lambda-hello invoke hello
  $ create-lambda-hello invoke getOrder --path '/orders/7?full=true'
  $ create-lambda-hello invoke worker --event sqs
  $ create-lambda-hello invoke hello --stage dev --data '{"id": 7}'`,
    )
    .action(async (name: string | undefined, flags) => {
      const { invoke } = await import('./commands/invoke.ts');
      await invoke(await makeContext({ verbose: false }), name, flags);
    });
}

/** The commands that edit the service of a folder. */
function endpointCommands(program: Command, makeContext: MakeContext): void {
  const edits = (nameAndArguments: string, description: string): Command =>
    program
      .command(nameAndArguments)
      .description(description)
      .option('--dry-run', 'print the diff, write nothing')
      .option('-y, --yes', 'ask nothing')
      .option('--json', 'print one JSON document')
      .helpOption('-h, --help', 'print this help');

  edits('add-endpoint [name]', 'add a function with its handler, models and test')
    .option(
      '--method <method>',
      'GET, POST, PUT, PATCH, DELETE, HEAD, OPTIONS, ANY  (default: GET)',
    )
    .option('--path <path>', 'path, with {parameters}; {id:int} is typed  (default: /<name>)')
    .option('--request <sample>', 'JSON, @file.json or name:type,... of the body (GET: the query)')
    .option('--response <sample>', 'the same of the answer')
    .addHelpText(
      'after',
      `
Types: string, int, double, bool, datetime, date, any. With a ? (int?) it may be null or
missing; with [] (string[]) it is a list.

Examples:
  $ create-lambda-hello add-endpoint getOrder --path /orders/{id:int} --response @order.json
  $ create-lambda-hello add-endpoint listOrders --path /orders --request limit:int?,after:string?
  $ create-lambda-hello add-endpoint createOrder --method POST --path /orders \\
      --request '{"sku": "a-1", "count": 2}' --response id:int,total:double
  $ create-lambda-hello add-endpoint getOrder --dry-run`,
    )
    .action(async (name: string | undefined, flags) => {
      const { addEndpoint } = await import('./commands/add-endpoint.ts');
      await addEndpoint(await makeContext({ verbose: false }), name, flags);
    });

  edits('remove-endpoint [name]', 'take out what add-endpoint has added')
    .option('--force', 'delete edited files too')
    .addHelpText(
      'after',
      `
Files that were edited, and models that other files import, are kept.

Examples:
  $ create-lambda-hello remove-endpoint getOrder --dry-run
  $ create-lambda-hello remove-endpoint getOrder`,
    )
    .action(async (name: string | undefined, flags) => {
      const { removeEndpoint } = await import('./commands/remove-endpoint.ts');
      await removeEndpoint(await makeContext({ verbose: false }), name, flags);
    });

  program
    .command('endpoints')
    .description('list the endpoints of the service, and what does not fit together')
    .option('--stage <stage>', 'show the URLs that the deployed stage has')
    .option('--region <region>', 'AWS region  (default: what serverless.yml says)')
    .option('--aws-profile <profile>', 'profile of the AWS configuration')
    .option('--json', 'print one JSON document')
    .helpOption('-h, --help', 'print this help')
    .action(async (flags) => {
      const { endpoints } = await import('./commands/endpoints.ts');
      await endpoints(await makeContext({ verbose: false }), flags);
    });
}

/** The commands that have to do with AWS. */
function deployCommands(program: Command, makeContext: MakeContext): void {
  const contextOf = (flags: { verbose?: boolean }) =>
    makeContext({ verbose: flags.verbose ?? false });
  const onAws = (nameAndArguments: string, description: string): Command =>
    program
      .command(nameAndArguments)
      .description(description)
      .option('--stage <stage>', 'stage  (default: what serverless.yml says, dev)')
      .option('--region <region>', 'AWS region  (default: what serverless.yml says)')
      .option('--aws-profile <profile>', 'profile of the AWS configuration')
      .helpOption('-h, --help', 'print this help');

  onAws('build', 'compile the service of this folder for AWS Lambda')
    .option('--force', 'build, even if nothing has changed')
    .option('--build-in-container', 'compile in a container, even if there is a Dart SDK')
    .action(async (flags) => {
      const { build } = await import('./commands/build.ts');
      await build(await contextOf(flags), flags);
    });

  onAws('deploy', 'take the service of this folder to AWS')
    .option('--smoke', 'then call each GET endpoint; fail on a 5xx')
    .option('--build-in-container', 'compile in a container, even if there is a Dart SDK')
    .action(async (flags) => {
      const { deploy } = await import('./commands/deploy.ts');
      await deploy(await contextOf(flags), flags);
    });

  onAws('remove', 'take the service of this folder away from AWS')
    .option('-y, --yes', 'do not ask; needed where there is no terminal')
    .action(async (flags) => {
      const { remove } = await import('./commands/remove.ts');
      await remove(await contextOf(flags), flags);
    });

  onAws('info', 'show what of the service is on AWS').action(async (flags) => {
    const { info } = await import('./commands/info.ts');
    await info(await contextOf(flags), flags);
  });

  onAws('logs <function>', 'show what a function has logged on AWS')
    .option('--tail', 'go on with what it logs from now on, until Ctrl-C')
    .action(async (name: string, flags) => {
      const { logs } = await import('./commands/logs.ts');
      await logs(await contextOf(flags), name, flags);
    });

  program
    .command('doctor')
    .description('look for what is missing on this machine')
    .option('--json', 'print one JSON document')
    .helpOption('-h, --help', 'print this help')
    .action(async (flags) => {
      const { doctor } = await import('./commands/doctor.ts');
      await doctor(await contextOf(flags), flags);
    });
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
