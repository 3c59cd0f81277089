import type { CommandSpec, OptionSpec } from './command-spec.ts';
import { paramOption } from './param-option.ts';

/** What a service is deployed to, and read for. */
export const target: readonly OptionSpec[] = [
  {
    flags: '--stage <stage>',
    description: 'stage  (default: what serverless.yml says, dev)',
  },
  { flags: '--region <region>', description: 'AWS region  (default: what serverless.yml says)' },
  { flags: '--aws-profile <profile>', description: 'profile of the AWS configuration' },
  paramOption,
];

const inContainer: OptionSpec = {
  flags: '--build-in-container',
  description: 'compile in a container, even if there is a Dart SDK',
};

/** The commands that have to do with AWS. */
export const awsCommands: readonly CommandSpec[] = [
  {
    name: 'build',
    calledElsewhere: ['compile', 'package'],
    group: 'AWS',
    summary: 'compile the service of this folder for AWS Lambda',
    options: [
      ...target,
      { flags: '--force', description: 'build, even if nothing has changed' },
      inContainer,
    ],
    examples: [['build'], ['build --force --build-in-container']],
    run: async (context, { flags }) => (await import('../commands/build.ts')).build(context, flags),
  },
  {
    name: 'deploy',
    calledElsewhere: ['publish', 'release'],
    group: 'AWS',
    summary: 'take the service of this folder to AWS',
    options: [
      ...target,
      { flags: '--smoke', description: 'then call each GET endpoint; fail on a 5xx' },
      inContainer,
    ],
    examples: [['deploy'], ['deploy --stage prod --smoke', 'call it there, too']],
    run: async (context, { flags }) =>
      (await import('../commands/deploy.ts')).deploy(context, flags),
  },
  {
    name: 'remove',
    calledElsewhere: ['destroy', 'delete', 'down', 'rm', 'undeploy'],
    group: 'AWS',
    summary: 'take the service of this folder away from AWS',
    options: [
      ...target,
      { flags: '-y, --yes', description: 'do not ask; needed where there is no terminal' },
    ],
    examples: [['remove'], ['remove --stage test --yes']],
    run: async (context, { flags }) =>
      (await import('../commands/remove.ts')).remove(context, flags),
  },
  {
    name: 'info',
    calledElsewhere: ['status'],
    group: 'AWS',
    summary: 'show what of the service is on AWS',
    options: target,
    examples: [['info'], ['info --stage prod --region eu-central-1']],
    run: async (context, { flags }) => (await import('../commands/info.ts')).info(context, flags),
  },
  {
    name: 'logs',
    group: 'AWS',
    summary: 'show what a function has logged on AWS',
    argument: {
      name: 'function',
      required: true,
      description: 'its key in serverless.yml',
      values: 'function',
    },
    options: [
      ...target,
      { flags: '--tail', description: 'go on with what it logs from now on, until Ctrl-C' },
    ],
    examples: [['logs hello'], ['logs hello --tail --stage prod']],
    run: async (context, { argument, flags }) =>
      (await import('../commands/logs.ts')).logs(context, argument as string, flags),
  },
];
