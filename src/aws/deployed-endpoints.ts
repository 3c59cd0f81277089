import type { Aws } from './client.ts';
import type { DeployTarget } from './deploy-target.ts';
import { callsOf, deployedEndpoints, type Endpoint, withAddresses } from './deployed-urls.ts';

/**
 * The endpoints of a deployed service: from the stack's outputs, or, where these
 * were renamed or left out, from its APIs. Undefined when there is no stack.
 */
export async function findDeployedEndpoints(
  target: DeployTarget,
  aws: Aws,
): Promise<Endpoint[] | undefined> {
  const { stackName, service } = target;
  const stack = await aws.stack(stackName);
  if (stack === undefined) return undefined;
  const endpoints = deployedEndpoints(service, stack.outputs);
  if (endpoints.length === service.functions.flatMap(callsOf).length) return endpoints;
  const resources = await aws.stackResources(stackName);
  return deployedEndpoints(service, withAddresses(stack.outputs, resources, target));
}
