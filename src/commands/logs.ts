import { readDeployTarget } from '../aws/deploy-target.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Flags } from '../options/option.ts';
import type { logsOptions } from '../options/shared.ts';
import { runServerless, serverlessArgs } from '../tools/serverless.ts';
import { noSuchFunction } from './messages.ts';

type LogsFlags = Flags<typeof logsOptions>;

/** Shows what a function logged on AWS. */
export async function logs(context: Context, key: string, flags: LogsFlags): Promise<void> {
  const { root, service, functionsProblem } = await readDeployTarget(context, flags);
  const keys = service.functions.map((fn) => fn.key);
  if (!keys.includes(key) && functionsProblem === undefined) {
    throw new UsageError(
      noSuchFunction({ service: service.name, name: key, names: keys.join(', ') }),
      `create-lambda-hello logs ${keys[0]}`,
    );
  }
  const words = ['logs', `--function=${key}`];
  if (flags.tail) words.push('--tail');
  await runServerless(context, { root, args: serverlessArgs(words, flags), output: 'inherit' });
}
