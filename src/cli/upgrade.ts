import { command } from './command-spec.ts';

/** Upgrades a service that an earlier version generated. */
export const upgradeCommand = command({
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
});
