import type { Aws } from '../../aws/client.ts';
import { connectTo, type DeployTarget, readDeployTarget } from '../../aws/deploy-target.ts';
import { SignInError } from '../../aws/errors.ts';
import { LAST_LOOK_MS, ourCommand, removeBlocker, withReasonOf } from '../../aws/stack-state.ts';
import type { Context } from '../../context.ts';
import {
  CancelledError,
  InterruptedError,
  ToolError,
  UsageError,
  UserError,
} from '../../errors.ts';
import type { Flags } from '../../options/option.ts';
import type { removeOptions } from '../../options/shared.ts';
import type { StackResource } from '../../service/deployment.ts';
import { runServerless, serverlessArgs } from '../../tools/serverless.ts';
import { quoteWord } from '../../util/shell-words.ts';
import * as messages from './messages.ts';
import { formatRemoval } from './report.ts';

type RemoveFlags = Flags<typeof removeOptions>;

/** Holds what there is to remove. */
interface Found {
  readonly account: string;
  readonly resources: readonly StackResource[];
  readonly retained: ReadonlySet<string>;
}

/** Removes the service in the current folder from AWS. */
export async function remove(context: Context, flags: RemoveFlags): Promise<void> {
  const { out } = context;
  const target = await readDeployTarget(context, flags);
  const { root, region, stackName } = target;
  if (!flags.yes && !context.interactive) {
    throw new UsageError(
      messages.noTerminal({ stack: stackName, region }),
      `${ourCommand('remove', target)} --yes`,
    );
  }
  const aws = await connectTo(target, context);
  const found = await out.waitFor('Looking at what is on AWS', findRemovable(context, target, aws));
  if (found === 'none') return;
  if (found !== 'unknown') {
    const { account, resources, retained } = found;
    out.note(`This will be deleted:\n${formatRemoval(target, account, resources, retained)}`);
    await checkBuckets(target, aws, found);
  }
  if (!flags.yes) await confirm(context, target);

  try {
    const args = serverlessArgs(['remove'], flags);
    await runServerless(context, { root, args, output: 'stream' });
  } catch (error) {
    throw await explain(error, target, aws);
  }
  if (found === 'unknown') return;
  const stack = await aws.stack(stackName);
  if (stack !== undefined && stack.status !== 'DELETE_COMPLETE') {
    const problem = messages.stillThere({ stack: stackName, region, state: stack.status });
    throw new UserError(withReasonOf(stack, problem), ourCommand('remove', target));
  }
  out.result(`Removed: there is no stack ${stackName} in ${region} any more.`);
}

/** Looks up the stack. `none`: there is no stack; `unknown`: only osls can sign in. */
async function findRemovable(
  { out, interactive }: Context,
  target: DeployTarget,
  aws: Aws,
): Promise<Found | 'none' | 'unknown'> {
  const { stackName, region } = target;
  try {
    const [{ account }, stack] = await Promise.all([aws.callerIdentity(), aws.stack(stackName)]);
    if (stack === undefined) {
      // This is a success, because a script that removes twice must not fail.
      out.result(
        `Nothing to remove: there is no stack ${stackName} in ${region}, account ${account}.`,
      );
      return 'none';
    }
    const blocker = removeBlocker(stack, target);
    if (blocker) throw new UserError(blocker.message, blocker.hint);
    const [resources, retained] = await Promise.all([
      aws.stackResources(stackName),
      aws.retained(stackName),
    ]);
    return { account, resources, retained };
  } catch (error) {
    if (!(error instanceof SignInError && interactive)) throw error;
    out.warn(messages.signInUnchecked({ problem: error.message }));
    return 'unknown';
  }
}

/**
 * Checks that the buckets are empty: CloudFormation cannot delete others, and would stop half way.
 */
async function checkBuckets(
  { stackName, deployment, profile }: DeployTarget,
  aws: Aws,
  { resources, retained }: Found,
): Promise<void> {
  for (const { type, logicalId, physicalId } of resources) {
    if (type !== 'AWS::S3::Bucket' || !physicalId || retained.has(logicalId)) continue;
    // osls empties its own prefix of its own bucket.
    const ownFolder =
      logicalId === 'ServerlessDeploymentBucket' ? deployment.artifactPrefix : undefined;
    const object = await aws.objectOutside(physicalId, ownFolder).catch((error: unknown) => {
      // Permission to delete a bucket does not imply permission to list it; CloudFormation will
      // report if it is not empty.
      if (error instanceof CancelledError) throw error;
      return undefined;
    });
    if (object === undefined) continue;
    const options = profile === undefined ? '' : ` --profile ${quoteWord(profile)}`;
    throw new UserError(
      messages.bucketNotEmpty({ bucket: physicalId, stack: stackName, object }),
      `save what you need from it, then  aws s3 rm s3://${physicalId} --recursive${options}  (and the old versions, if it keeps any)`,
    );
  }
}

/** Asks the user to type the name of the service. */
async function confirm({ ask }: Context, { service, stage }: DeployTarget): Promise<void> {
  const { name } = service;
  try {
    await ask({
      type: 'text',
      message: `Type ${name} to remove it, stage ${stage}:`,
      initial: '',
      problem: (answer) => (answer === name ? undefined : messages.otherName({ name })),
    });
  } catch (error) {
    if (!(error instanceof CancelledError)) throw error;
    throw new CancelledError(messages.nothingRemoved());
  }
}

/** Adds the state of the stack to the error of a failed or interrupted removal. */
async function explain(error: unknown, { stackName, region }: DeployTarget, aws: Aws) {
  const isInterrupted = error instanceof InterruptedError;
  if (error instanceof CancelledError && !isInterrupted) {
    return new CancelledError(messages.nothingRemoved());
  }
  if (!(isInterrupted || error instanceof ToolError)) return error;
  const stack = await aws.stack(stackName, AbortSignal.timeout(LAST_LOOK_MS)).then(
    (found) => found ?? { status: 'gone', reason: undefined },
    () => ({ status: 'in a state that is not known', reason: undefined }),
  );
  const { message, hint, exitCode } = error;
  const state = { stack: stackName, region, state: stack.status };
  const problem = withReasonOf(stack, messages.stoppedAt({ problem: message, ...state }));
  return isInterrupted
    ? new CancelledError(messages.awsContinues({ problem }))
    : new ToolError(problem, hint, exitCode);
}
