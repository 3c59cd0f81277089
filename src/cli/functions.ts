import { type CommandSpec, command } from './command-spec.ts';

/** The commands that edit functions of a service whose events come from other sources. */
export const functionCommands: readonly CommandSpec[] = [
  command({
    name: 'add-function',
    calledElsewhere: ['add-event', 'add-trigger', 'add-queue', 'add-schedule'],
    group: 'Functions',
    summary: 'add a function for a queue, a schedule, a bucket ..., with its handler and test',
    argument: { name: 'name', description: 'its key in serverless.yml, such as onOrder' },
    options: async () => (await import('../commands/add-function/options.ts')).addFunctionOptions,
    notes: `What its events come from is that of serverless.yml or of your account; --create makes it in
serverless.yml. docs/events/ has a page for each source.`,
    examples: [
      [`add-function onOrder --event sqs --queue orders --create --payload '{"id": 7}'`],
      ['add-function cleanUp --event schedule --rate "10 minutes"'],
      ['add-function onUpload --event s3 --bucket acme-uploads --suffix .jpg'],
      ['add-function onSignUp --event cognito --pool customers --trigger PreSignUp'],
      [`add-function onPlaced --event eventbridge --pattern '{"source":["acme.orders"]}'`],
    ],
    run: async (context, { argument, flags }) =>
      (await import('../commands/add-function/add-function.ts')).addFunction(
        context,
        argument,
        flags,
      ),
  }),
  command({
    name: 'remove-function',
    group: 'Functions',
    summary: 'remove what add-function added',
    argument: { name: 'name', description: 'its key in serverless.yml', completion: 'endpoint' },
    options: async () => (await import('../options/shared.ts')).removeEndpointOptions,
    notes: `Edited files and resources are kept, and so is what something else uses. It removes endpoints,
too, as remove-endpoint does.`,
    examples: [['remove-function onOrder --dry-run'], ['remove-function onOrder']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/remove-function.ts')).removeFunction(context, argument, flags),
  }),
  command({
    name: 'functions',
    calledElsewhere: ['list-functions', 'events', 'triggers'],
    group: 'Functions',
    summary: 'list all functions with what calls them, and check them against the Dart files',
    options: async () => (await import('../options/shared.ts')).functionsOptions,
    examples: [['functions'], ['functions --json']],
    run: async (context, { flags }) =>
      (await import('../commands/functions/functions.ts')).functions(context, flags),
  }),
];
