import { createOptions } from '../commands/create/options.ts';
import { command } from './command-spec.ts';

/** The command that runs if none is named. */
export const createCommand = command({
  name: '',
  calledElsewhere: ['create', 'new', 'init', 'generate'],
  group: 'Create',
  summary: 'Create an AWS Lambda service in Dart, run it on this machine and deploy it.',
  argument: {
    name: 'directory',
    description: 'folder of the new service; its name becomes the name of the service',
    completion: 'directory',
  },
  options: async () => createOptions,
  notes: 'Inside the folder of a service, name a new one by its path: ./name',
  examples: [
    ['hello', 'asks for the rest'],
    ['hello --yes', 'asks nothing'],
    ['shop --api http --region eu-central-1'],
    ['shop --shelf', 'an app of package:shelf in the place of handlers'],
    ['shop --runtime compatible', 'for handlers written for aws_lambda_dart_runtime'],
    ['shop --runtime package', 'on that package itself'],
    ['dev', 'in the new folder: serve it on this machine'],
  ],
  run: async (context, { argument, flags }) =>
    (await import('../commands/create/create.ts')).create(context, argument, flags),
});
