import type { Context } from '../context.ts';
import { findService } from '../service-folder/folder.ts';
import { runServerless, type ServerlessOptions, serverlessArgs } from '../tools/serverless.ts';

/** Shows what the service has on AWS. */
export async function info(context: Context, flags: ServerlessOptions): Promise<void> {
  const { root } = findService(context.cwd);
  await runServerless(context, { root, args: serverlessArgs(['info'], flags), output: 'inherit' });
}
