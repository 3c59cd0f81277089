import type { Aws } from '../../aws/client.ts';
import { connectTo, type DeployTarget } from '../../aws/deploy-target.ts';
import { SignInError } from '../../aws/errors.ts';
import { deployBlocker } from '../../aws/stack-state.ts';
import type { Context } from '../../context.ts';
import { UserError } from '../../errors.ts';
import { fetchDartInstead } from '../../tools/dart/fetch.ts';
import { compilerProblem } from '../../tools/dart/find.ts';
import { findOsls, requireOsls } from '../../tools/osls.ts';
import { preflight } from '../../tools/preflight.ts';
import { signInUnchecked } from './messages.ts';

/** Holds what the checks found out. */
export interface Checked {
  readonly account: string;
  /** Undefined if only osls can sign in. */
  readonly aws: Aws | undefined;
}

/**
 * Checks, before a deployment, everything that would make it fail later.
 *
 * @throws UserError with the next step for the first check that fails
 */
export async function checkDeploy(
  context: Context,
  target: DeployTarget,
  options: { readonly inContainer: boolean },
): Promise<Checked> {
  await preflight(context, target.root, target.configuration, { builds: false });
  const compiler = () => checkCompiler(context, target, options);
  // Check for a compiler before downloading osls, which would be in vain without one.
  if (findOsls(target.root) === undefined) await compiler();
  // Install osls first, because its output would mix with the progress line.
  await requireOsls(context, target.root);
  const checks = Promise.all([compiler(), checkCloud(context, target)]);
  const [problem, cloud] = await context.out.waitFor('Checking Dart and AWS', checks);
  if (problem) await fetchDartInstead(context, problem);
  return cloud;
}

/**
 * Checks that something can compile the service. Returns a problem that a question in the terminal
 * can solve; without a terminal it throws it.
 */
async function checkCompiler(
  { env, interactive }: Context,
  { root, deployment: { architectures } }: DeployTarget,
  { inContainer }: { readonly inContainer: boolean },
): Promise<UserError | undefined> {
  const problem = await compilerProblem(env, { root, architectures, inContainer });
  if (problem && !(interactive && !inContainer)) throw problem;
  return problem;
}

/** Checks that the account can be used, and that the stack accepts a deployment. */
async function checkCloud(context: Context, target: DeployTarget): Promise<Checked> {
  const aws = await connectTo(target, context);
  try {
    const [{ account }, stack] = await Promise.all([
      aws.callerIdentity(),
      aws.stack(target.stackName),
    ]);
    const blocker = stack && deployBlocker(stack, target);
    if (blocker) throw new UserError(blocker.message, blocker.hint);
    return { account, aws };
  } catch (error) {
    if (!(error instanceof SignInError && context.interactive)) throw error;
    context.out.warn(signInUnchecked({ problem: error.message }));
    return { account: 'that of the sign-in', aws: undefined };
  }
}
