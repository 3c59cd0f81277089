import type { CommandSpec } from './command-spec.ts';
import { paramOption } from './param-option.ts';

const samples = async () =>
  Object.keys((await import('../service/sample-events.ts')).SAMPLE_EVENTS);
const methods = async () => (await import('../service/endpoint-rules.ts')).REQUEST_METHODS;

/** The commands that run a service on this machine. */
export const localCommands: readonly CommandSpec[] = [
  {
    name: 'dev',
    calledElsewhere: ['serve', 'start', 'run', 'up', 'offline', 'watch'],
    group: 'On this machine',
    summary: 'serve the service of this folder on this machine',
    options: [
      { flags: '--port <port>', description: 'port of the API  (default: 3000)' },
      { flags: '--host <address>', description: 'address to listen on  (default: 127.0.0.1)' },
      {
        flags: '--stage <stage>',
        description: 'stage, as in serverless deploy --stage  (default: dev)',
      },
      paramOption,
      {
        flags: '--env-file <file>',
        description: 'file with environment variables, besides .env',
        values: 'file',
      },
      {
        flags: '--concurrency <number>',
        description: 'processes of a function at once  (default: the cores)',
      },
      { flags: '--no-reload', description: 'do not follow changes of the files' },
      { flags: '--bootstrap', description: 'run what  build  has compiled, not the sources' },
      { flags: '--json', description: 'print a JSON document a line' },
      {
        flags: '--quiet',
        description: 'show only what goes wrong, and what functions print',
      },
      { flags: '--verbose', description: 'say more about what is done' },
    ],
    examples: [['dev'], ['dev --port 8080 --env-file test.env']],
    run: async (context, { flags }) => (await import('../commands/dev.ts')).dev(context, flags),
  },
  {
    name: 'invoke',
    calledElsewhere: ['call', 'exec', 'run', 'start'],
    group: 'On this machine',
    summary: 'call a function: of the running dev, or with --stage the deployed one',
    argument: { name: 'function', description: 'its key in serverless.yml', values: 'function' },
    options: [
      { flags: '--data <json>', description: 'the event, as JSON' },
      {
        flags: '--data-file <file>',
        description: 'file with the event; - is standard input',
        values: 'file',
      },
      {
        flags: '--event <sample>',
        description: 'a sample event  (default: a request of its route, else {})',
        values: samples,
      },
      { flags: '--list-events', description: 'list the sample events' },
      { flags: '--path <path>', description: 'path of the sample request, with its query' },
      {
        flags: '--method <method>',
        description: 'method of the sample request',
        values: methods,
      },
      { flags: '--local', description: 'call the function of the running dev  (default)' },
      {
        flags: '--port <port>',
        description: 'port of dev  (default: where it runs, else 3000)',
      },
      { flags: '--stage <stage>', description: 'call the deployed function of the stage' },
      {
        flags: '--region <region>',
        description: 'AWS region  (default: what serverless.yml says)',
      },
      { flags: '--aws-profile <profile>', description: 'profile of the AWS configuration' },
      paramOption,
      { flags: '--client-context <json>', description: 'client context, as JSON' },
      { flags: '--json', description: 'print one JSON document' },
      { flags: '--verbose', description: 'show every frame of the stack trace of an error' },
    ],
    examples: [
      ['invoke hello'],
      ["invoke getOrder --path '/orders/7?full=true'"],
      ['invoke worker --event sqs'],
      [`invoke hello --stage dev --data '{"id": 7}'`],
    ],
    run: async (context, { argument, flags }) =>
      (await import('../commands/invoke.ts')).invoke(context, argument, flags),
  },
  {
    name: 'test',
    group: 'On this machine',
    summary: 'run the tests of the service',
    argument: { name: 'options', passedOn: true, description: 'for dart test' },
    options: [],
    examples: [['test'], ['test --name hello', 'only the tests with such a name']],
    run: async (context, { passedOn }) =>
      (await import('../commands/test.ts')).test(context, passedOn),
  },
  {
    name: 'install-dart',
    group: 'On this machine',
    summary: 'fetch a Dart SDK for the use of this tool',
    options: [
      {
        flags: '--version <version>',
        description: 'a version, or the newest of beta or dev  (default: the newest stable one)',
        values: async () => ['latest', 'beta', 'dev'],
      },
      {
        flags: '-y, --yes',
        description: 'ask nothing; without a terminal nothing is asked anyway',
      },
      { flags: '--list', description: 'list the SDKs that were fetched, the newest first' },
      { flags: '--remove <version>', description: 'delete one of them', values: 'sdk' },
      { flags: '--json', description: 'print one JSON document' },
    ],
    notes: `It goes into your cache folder, its SHA-256 checked, beside other versions. PATH and the
files of your shell stay as they are.
FLUTTER_STORAGE_BASE_URL names a mirror; HTTPS_PROXY and NO_PROXY are used.`,
    examples: [
      ['install-dart'],
      ['install-dart --version 3.10.1 --yes'],
      ['install-dart --list'],
      ['install-dart --remove 3.10.1'],
    ],
    run: async (context, { flags }) =>
      (await import('../commands/install-dart.ts')).installDart(context, flags),
  },
  {
    name: 'clean',
    group: 'On this machine',
    summary: 'delete what was built',
    options: [],
    examples: [['clean']],
    run: async (context) => (await import('../commands/clean.ts')).clean(context),
  },
];
