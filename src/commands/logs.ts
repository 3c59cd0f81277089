import { deployTargetOf } from '../aws/deploy-target.ts';
import type { Context } from '../context.ts';
import { UsageError } from '../errors.ts';
import type { Flags } from '../options/option.ts';
import type { logsOptions } from '../options/shared.ts';
import { type ReadService, readService } from '../service-folder/read.ts';
import { runServerless, serverlessArgs } from '../tools/serverless.ts';
import { inQuotes } from '../util/text.ts';
import { noSuchFunction } from './messages.ts';

type LogsFlags = Flags<typeof logsOptions>;

/** Shows what a function logged on AWS. */
export async function logs(context: Context, key: string, flags: LogsFlags): Promise<void> {
  const read = await readService(context, flags);
  const { root } = deployTargetOf(read, flags.awsProfile);
  checkFunction(key, read);
  const words = ['logs', `--function=${key}`];
  if (flags.tail) words.push('--tail');
  await runServerless(context, { root, args: serverlessArgs(words, flags), output: 'inherit' });
}

/** Checks that there may be a function of that key, whether its handler is known here or not. */
function checkFunction(
  key: string,
  { service, leftOut, functionsProblem, configuration }: ReadService,
): void {
  if (functionsProblem !== undefined || configuration.unknownFunctions.length > 0) return;
  const keys = [...service.functions, ...leftOut].map((fn) => fn.key);
  if (keys.includes(key)) return;
  const [name, names] = [inQuotes(key), keys.join(', ')];
  throw new UsageError(
    noSuchFunction({ service: service.name, name, names }),
    `create-lambda-hello logs ${keys[0]}`,
  );
}
