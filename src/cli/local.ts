import { type CommandSpec, command } from './command-spec.ts';

/** The commands that work with a service on this machine. */
export const localCommands: readonly CommandSpec[] = [
  command({
    name: 'dev',
    calledElsewhere: ['serve', 'start', 'run', 'up', 'offline', 'watch'],
    group: 'On this machine',
    summary: 'serve the service in this folder on this machine',
    options: async () => (await import('../commands/dev/options.ts')).devOptions,
    examples: [['dev'], ['dev --port 8080 --env-file test.env']],
    run: async (context, { flags }) => (await import('../commands/dev/dev.ts')).dev(context, flags),
  }),
  command({
    name: 'invoke',
    calledElsewhere: ['call', 'exec', 'run', 'start'],
    group: 'On this machine',
    summary: 'call a function in the running dev or, with --stage, the deployed one',
    argument: {
      name: 'function',
      description: 'its key in serverless.yml',
      completion: 'function',
    },
    options: async () => (await import('../commands/invoke/options.ts')).invokeOptions,
    examples: [
      ['invoke hello'],
      ["invoke getOrder --path '/orders/7?full=true'"],
      ['invoke worker --event sqs'],
      [`invoke onOrder --payload '{"id": 7}'`],
      [`invoke hello --stage dev --data '{"id": 7}'`],
    ],
    run: async (context, { argument, flags }) =>
      (await import('../commands/invoke/invoke.ts')).invoke(context, argument, flags),
  }),
  command({
    name: 'test',
    group: 'On this machine',
    summary: 'run the tests of the service',
    argument: { name: 'options', passedOn: true, description: 'for dart test' },
    examples: [['test'], ['test --name hello', 'only the tests with that name']],
    run: async (context, { passedOn }) =>
      (await import('../commands/test.ts')).test(context, passedOn),
  }),
  command({
    name: 'install-dart',
    group: 'On this machine',
    summary: 'fetch a Dart SDK for this tool to use',
    options: async () => (await import('../commands/install-dart/options.ts')).installDartOptions,
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
      (await import('../commands/install-dart/install-dart.ts')).installDart(context, flags),
  }),
  command({
    name: 'clean',
    group: 'On this machine',
    summary: 'delete what was built',
    examples: [['clean']],
    run: async (context) => (await import('../commands/clean.ts')).clean(context),
  }),
  command({
    name: 'upgrade',
    calledElsewhere: ['update', 'migrate'],
    group: 'On this machine',
    summary: 'upgrade the service to this version of create-lambda-hello',
    options: async () => (await import('../options/shared.ts')).upgradeOptions,
    notes: `Files are replaced that are as they were generated. Of others it is shown what is new in them;
where git has them as they were generated, also what you have changed since.
A service starts the version that made it. A later one is started by its name:
  npx create-lambda-hello@latest upgrade`,
    examples: [['upgrade --dry-run'], ['upgrade'], ['upgrade --pins']],
    run: async (context, { flags }) =>
      (await import('../commands/upgrade.ts')).upgrade(context, flags),
  }),
];
