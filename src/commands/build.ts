import type { Context } from '../context.ts';
import { UserError } from '../errors.ts';
import type { Flags } from '../options/option.ts';
import type { buildOptions } from '../options/shared.ts';
import { findService } from '../service-folder/folder.ts';
import { type ReadService, readService } from '../service-folder/read.ts';
import { fetchDartInstead } from '../tools/dart/fetch.ts';
import { compilerProblem } from '../tools/dart/find.ts';
import { preflight } from '../tools/preflight.ts';
import { runServerless, serverlessArgs } from '../tools/serverless.ts';

type BuildFlags = Flags<typeof buildOptions>;

/** Compiles the service of the current folder for AWS Lambda. */
export async function build(context: Context, flags: BuildFlags): Promise<void> {
  const { root } = findService(context.cwd);
  const read = await readIfPossible(context, flags);
  if (read !== undefined) await preflight(context, root, read.configuration, { builds: true });
  if (!flags.buildInContainer) {
    const architectures = read?.deployment.architectures ?? [];
    const compilation = { root, architectures, inContainer: false };
    const problem = await compilerProblem(context.env, compilation);
    if (problem) await fetchDartInstead(context, problem);
  }
  const words = ['build'];
  if (flags.force) words.push('--force');
  if (flags.buildInContainer) words.push('--build-in-container');
  await runServerless(context, { root, args: serverlessArgs(words, flags), output: 'stream' });
}

/** Reads the service. Returns undefined if only osls can, so that osls reports what is wrong. */
async function readIfPossible(
  context: Context,
  flags: BuildFlags,
): Promise<ReadService | undefined> {
  try {
    return await readService(context, flags);
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
