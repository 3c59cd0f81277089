import { type CommandSpec, command } from './command-spec.ts';

/** The commands that work with AWS. */
export const awsCommands: readonly CommandSpec[] = [
  command({
    name: 'build',
    calledElsewhere: ['compile', 'package'],
    group: 'AWS',
    summary: 'compile the service in this folder for AWS Lambda',
    options: async () => (await import('../options/shared.ts')).buildOptions,
    examples: [['build'], ['build --force --build-in-container']],
    run: async (context, { flags }) => (await import('../commands/build.ts')).build(context, flags),
  }),
  command({
    name: 'deploy',
    calledElsewhere: ['publish', 'release'],
    group: 'AWS',
    summary: 'deploy the service in this folder to AWS',
    options: async () => (await import('../options/shared.ts')).deployOptions,
    examples: [['deploy'], ['deploy --stage prod --smoke', 'call it there, too']],
    run: async (context, { flags }) =>
      (await import('../commands/deploy/deploy.ts')).deploy(context, flags),
  }),
  command({
    name: 'remove',
    calledElsewhere: ['destroy', 'delete', 'down', 'rm', 'undeploy'],
    group: 'AWS',
    summary: 'remove the service in this folder from AWS',
    options: async () => (await import('../options/shared.ts')).removeOptions,
    examples: [['remove'], ['remove --stage test --yes']],
    run: async (context, { flags }) =>
      (await import('../commands/remove/remove.ts')).remove(context, flags),
  }),
  command({
    name: 'info',
    calledElsewhere: ['status'],
    group: 'AWS',
    summary: 'show what the service has on AWS',
    options: async () => (await import('../options/shared.ts')).target,
    examples: [['info'], ['info --stage prod --region eu-central-1']],
    run: async (context, { flags }) => (await import('../commands/info.ts')).info(context, flags),
  }),
  command({
    name: 'logs',
    group: 'AWS',
    summary: 'show what a function logged on AWS',
    argument: {
      name: 'function',
      required: true,
      description: 'its key in serverless.yml',
      completion: 'function',
    },
    options: async () => (await import('../options/shared.ts')).logsOptions,
    examples: [['logs hello'], ['logs hello --tail --stage prod']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/logs.ts')).logs(context, argument as string, flags),
  }),
];
