import type { CommandSpec } from './command-spec.ts';

/** What the program does without the name of a command. */
export const createCommand: CommandSpec = {
  name: '',
  calledElsewhere: ['create', 'new', 'init', 'generate'],
  group: 'Create',
  summary: 'Create an AWS Lambda service in Dart, run it on this machine and deploy it.',
  argument: {
    name: 'directory',
    description: 'folder of the new service; its name becomes the name of the service',
    values: 'directory',
  },
  options: [
    {
      flags: '--api <kind>',
      description: 'rest (API Gateway REST API) or http (HTTP API)  (default: rest)',
      values: async () => (await import('../service/service.ts')).APIS,
    },
    {
      flags: '--arch <architecture>',
      description: 'arm64 or x86_64  (default: arm64)',
      values: async () => (await import('../service/service.ts')).ARCHITECTURES,
    },
    {
      flags: '--region <region>',
      description: 'AWS region  (default: from the AWS configuration, else us-east-1)',
    },
    {
      flags: '--memory <MB>',
      description: 'memory of a function, 128 to 10240  (default: 128)',
    },
    {
      flags: '--timeout <seconds>',
      description: 'timeout of a function, 1 to 900  (default: 10)',
    },
    { flags: '-y, --yes', description: 'take the defaults, ask nothing' },
    { flags: '--install', description: 'install osls too, which deploys the service' },
    // What an older version needed for what is now the default.
    { flags: '--no-install', description: 'install nothing', hidden: true },
    { flags: '--no-git', description: 'do not run git init' },
    { flags: '--dry-run', description: 'show what would be made, write nothing' },
    { flags: '--verbose', description: 'say more about what is done' },
  ],
  notes: 'In the folder of a service, another one is asked for by its path: ./name',
  examples: [
    ['hello', 'asks for the rest'],
    ['hello --yes', 'asks nothing'],
    ['shop --api http --region eu-central-1'],
    ['dev', 'in the new folder: serve it on this machine'],
  ],
  run: async (context, { argument, flags }) =>
    (await import('../commands/create.ts')).create(context, argument, flags),
};
