import type { Context } from '../context.ts';
import type { Flags } from '../options/option.ts';
import type { buildOptions } from '../options/shared.ts';
import { findService } from '../service-folder/folder.ts';
import { readService } from '../service-folder/read.ts';
import { isCode } from '../service-folder/service-file.ts';
import { fetchDartInstead } from '../tools/dart/fetch.ts';
import { compilerProblem } from '../tools/dart/find.ts';
import { preflight } from '../tools/preflight.ts';
import { runServerless, serverlessArgs } from '../tools/serverless.ts';

type BuildFlags = Flags<typeof buildOptions>;

/** Compiles the service of the current folder for AWS Lambda. */
export async function build(context: Context, flags: BuildFlags): Promise<void> {
  const { root, file } = findService(context.cwd);
  // Only osls can read a service in code, and reports what is wrong with it.
  const read = isCode(file) ? undefined : await readService(context, flags);
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
