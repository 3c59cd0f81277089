import { UserError } from '../errors.ts';
import type { OslsConfiguration } from '../serverless-yml/osls/finding.ts';
import type { Deployment } from '../service/deployment.ts';
import type { Service } from '../service/service.ts';
import { type ReadService, readService } from '../service-folder/read.ts';
import type { Host } from '../tools/foreground.ts';
import type { ServerlessOptions } from '../tools/serverless.ts';
import type { Env, Surroundings } from '../util/env.ts';
import { isUnknown } from '../util/json.ts';
import type { Aws } from './client.ts';
import { notKnown } from './messages.ts';
import type { StackAddress } from './stack-state.ts';

/** A service and its place on AWS, whether it is deployed or not. */
export interface DeployTarget extends StackAddress {
  readonly root: string;
  readonly service: Service;
  readonly deployment: Deployment;
  /** The reason, where none of its functions is known. */
  readonly functionsProblem: UserError | undefined;
  readonly configuration: OslsConfiguration;
}

/**
 * Reads the service in the current folder for the stage, region and profile of the command line.
 *
 * @throws UserError when there is no service, or when its stage, region or name is unknown
 */
export async function readDeployTarget(
  host: Surroundings,
  flags: ServerlessOptions,
): Promise<DeployTarget> {
  return deployTargetOf(await readService(host, flags), flags.awsProfile);
}

/**
 * Returns the target of a service that has been read for a stage.
 *
 * @throws UserError when its stage, region or name is unknown
 */
export function deployTargetOf(
  { root, service, deployment, functionsProblem, configuration }: ReadService,
  profile: string | undefined,
): DeployTarget {
  requireKnown(service.stage, 'the stage', '--stage dev');
  requireKnown(service.region, 'the region', '--region eu-central-1');
  requireKnown(deployment.stackName, 'the name of the stack', 'write it out in serverless.yml');
  return {
    root,
    service,
    deployment,
    functionsProblem,
    configuration,
    stackName: deployment.stackName,
    stage: service.stage,
    region: service.region,
    profile,
  };
}

/**
 * Connects to AWS by the osls of the target's service, which is installed where it is missing, and
 * with the credentials that a deployment to the target takes.
 */
export async function connectTo(
  { root, region, stage, profile, deployment }: DeployTarget,
  host: Host & { readonly env: Env },
): Promise<Aws> {
  const { requireOsls } = await import('../tools/osls.ts');
  const { connectAws } = await import('./client.ts');
  const { env, signal } = host;
  const osls = await requireOsls(host, root);
  const serviceProfile = deployment.profile;
  return connectAws({ osls, region, stage, profile, serviceProfile, env, signal });
}

/** Rejects a value with a variable that only osls can resolve, such as `${ssm:/region}`. */
function requireKnown(value: string, setting: string, hint: string): void {
  if (!isUnknown(value)) return;
  throw new UserError(notKnown({ setting, variable: value }), hint);
}
