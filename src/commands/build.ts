import type { Context } from '../context.ts';
import { runServerless, type ServerlessOptions, serverlessArgs } from '../tools/serverless.ts';
import { readServiceFolder } from '../tools/service-folder.ts';

/** The command line of `build`, as it was given. */
export interface BuildFlags extends ServerlessOptions {
  readonly force?: boolean;
  readonly buildInContainer?: boolean;
}

/** Compiles the service of the current folder for AWS Lambda. */
export async function build(context: Context, flags: BuildFlags): Promise<void> {
  const { root } = await readServiceFolder(context.cwd);
  const words = ['build'];
  if (flags.force) words.push('--force');
  if (flags.buildInContainer) words.push('--build-in-container');
  await runServerless(context, { root, args: serverlessArgs(words, flags), output: 'stream' });
}
