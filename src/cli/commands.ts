import { awsCommands } from './aws.ts';
import type { CommandSpec } from './command-spec.ts';
import { createCommand } from './create.ts';
import { endpointCommands } from './endpoints.ts';
import { functionCommands } from './functions.ts';
import { helpCommands } from './help.ts';
import { localCommands } from './local.ts';

export { createCommand };

/** All commands with a name, in the order of the help. */
export const COMMANDS: readonly CommandSpec[] = [
  ...localCommands,
  ...endpointCommands,
  ...functionCommands,
  ...awsCommands,
  ...helpCommands,
];
