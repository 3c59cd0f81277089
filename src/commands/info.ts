import type { Context } from '../context.ts';
import { runServerless, type ServerlessOptions, serverlessArgs } from '../tools/serverless.ts';
import { findService } from '../tools/service-folder.ts';

/** Shows what of the service is on AWS. */
export async function info(context: Context, flags: ServerlessOptions): Promise<void> {
  const { root } = findService(context.cwd);
  await runServerless(context, { root, args: serverlessArgs(['info'], flags), output: 'inherit' });
}
