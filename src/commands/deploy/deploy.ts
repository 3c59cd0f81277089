import type { Aws } from '../../aws/client.ts';
import { type DeployTarget, readDeployTarget } from '../../aws/deploy-target.ts';
import {
  callsOf,
  curlCommand,
  type Endpoint,
  findDeployedEndpoints,
  isOnAws,
} from '../../aws/deployed-urls.ts';
import { deployBlocker, LAST_LOOK_MS, ourCommand } from '../../aws/stack-state.ts';
import type { Context } from '../../context.ts';
import { CancelledError, InterruptedError } from '../../errors.ts';
import type { Flags } from '../../options/option.ts';
import type { deployOptions } from '../../options/shared.ts';
import { runServerless, serverlessArgs } from '../../tools/serverless.ts';
import { checkDeploy } from './checks.ts';
import * as messages from './messages.ts';
import { smoke } from './smoke.ts';

type DeployFlags = Flags<typeof deployOptions>;

/** Deploys the service in the current folder to AWS. */
export async function deploy(context: Context, flags: DeployFlags): Promise<void> {
  const { out } = context;
  const target = await readDeployTarget(context, flags);
  const { root, service, stage, region } = target;
  const inContainer = flags.buildInContainer ?? false;
  const { account, aws } = await checkDeploy(context, target, { inContainer });
  out.note(`Deploying ${service.name}, stage ${stage}, to account ${account}, ${region}.`);
  const words = inContainer ? ['deploy', '--build-in-container'] : ['deploy'];
  const args = serverlessArgs(words, flags);
  try {
    await runServerless(context, { root, args, output: 'stream' });
  } catch (error) {
    if (error instanceof InterruptedError) throw await interruption(target, aws);
    throw error instanceof CancelledError ? new CancelledError(messages.nothingDeployed()) : error;
  }
  if (aws === undefined) {
    out.note(`The URLs: ${ourCommand('info', target)}`);
    return;
  }
  const endpoints = await showEndpoints(context, target, aws);
  if (flags.smoke) await smoke(context, target, endpoints);
}

/**
 * Makes the error for an interruption. CloudFormation continues with what it has received, so this
 * says what became of the stack, and what to do before the next deployment.
 */
async function interruption(target: DeployTarget, aws?: Aws): Promise<CancelledError> {
  const { stackName, region } = target;
  const named = { stack: stackName, region };
  try {
    const stack = await aws?.stack(stackName, AbortSignal.timeout(LAST_LOOK_MS));
    if (aws !== undefined && stack === undefined) {
      return new CancelledError(messages.nothingCreated(named));
    }
    if (stack) {
      const blocker = deployBlocker(stack, target);
      return blocker
        ? new CancelledError(messages.blocked({ problem: blocker.message }), blocker.hint)
        : new CancelledError(messages.incomplete({ ...named, state: stack.status }));
    }
  } catch {
    // The message below says that the state is unknown.
  }
  return new CancelledError(messages.stateUnknown(named));
}

async function showEndpoints(
  { out, env }: Context,
  target: DeployTarget,
  aws: Aws,
): Promise<Endpoint[]> {
  const endpoints = (await findDeployedEndpoints(target, aws)) ?? [];
  const calls = target.service.functions.flatMap(callsOf);
  if (calls.length === 0) out.note('No function has an http or httpApi event, or a URL, to call.');
  else if (endpoints.length < calls.length) {
    out.warn(messages.urlsMissing({ number: calls.length - endpoints.length }));
  }
  for (const endpoint of endpoints) {
    out.result(`${out.style.bold(endpoint.method)} ${endpoint.url}`);
    out.result(`    ${curlCommand(endpoint)}`);
  }
  if (env.AWS_ENDPOINT_URL && endpoints.some(({ url }) => isOnAws(url))) {
    out.warn(messages.urlsOnAws({ address: env.AWS_ENDPOINT_URL }));
  }
  return endpoints;
}
