import { type CommandSpec, command } from './command-spec.ts';

/** The commands that edit functions of a service whose events come from other sources. */
export const functionCommands: readonly CommandSpec[] = [
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
];
