/* Finds the URLs of a deployed service. */

import { UserError } from '../errors.ts';
import type { Stack, StackResource } from '../service/deployment.ts';
import { logicalId } from '../service/endpoint/problem.ts';
import { takesBody } from '../service/endpoint/rules.ts';
import type { HttpEvent, Service, ServiceFunction } from '../service/service.ts';
import { formatWords } from '../util/shell-words.ts';
import type { Aws } from './client.ts';
import type { DeployTarget } from './deploy-target.ts';
import * as messages from './messages.ts';

/** A way to call a function: an event, or its URL, which takes all methods and paths. */
export interface Call extends Omit<HttpEvent, 'api'> {
  readonly api: HttpEvent['api'] | 'url';
}

export interface Endpoint {
  /** The function's key. */
  readonly key: string;
  /** The event that it stands for. */
  readonly event: Call;
  readonly method: string;
  readonly url: string;
  /** Whether the path has a parameter, whose value is unknown. */
  readonly hasParameters: boolean;
}

/** The stack outputs into which osls writes the URL of an API. */
const OUTPUTS: Record<HttpEvent['api'], string> = { rest: 'ServiceEndpoint', http: 'HttpApiUrl' };

/** Lists all ways to call a function over HTTP. */
export function callsOf({ events, url }: ServiceFunction): readonly Call[] {
  return url === undefined ? events : [...events, { api: 'url', method: 'ANY', path: '/' }];
}

/** Lists the endpoints of a service, except for those without a URL in the outputs of its stack. */
export function deployedEndpoints(service: Service, outputs: Stack['outputs']): Endpoint[] {
  return service.functions.flatMap((fn) =>
    callsOf(fn).flatMap((event): Endpoint[] => {
      const { api, method } = event;
      const output = api === 'url' ? `${logicalId(fn.key)}LambdaFunctionUrl` : OUTPUTS[api];
      const base = outputs[output];
      if (base === undefined) return [];
      return [
        {
          key: fn.key,
          event,
          method,
          url: base.replace(/\/$/, '') + pathInUrl(event),
          hasParameters: event.path.includes('{'),
        },
      ];
    }),
  );
}

/** A parameter's name takes the place of its value: curl would expand braces. */
const pathInUrl = ({ path }: Call): string =>
  path === '$default' ? '/' : path.replace(/\{([^}+]+)\+?\}/g, '$1');

/** Returns the URL of an endpoint's API, which all its paths come after. */
export const baseOf = ({ url, event }: Endpoint): string =>
  url.slice(0, url.length - pathInUrl(event).length);

/** The resource type of an API. */
const API_TYPES: Record<HttpEvent['api'], string> = {
  rest: 'AWS::ApiGateway::RestApi',
  http: 'AWS::ApiGatewayV2::Api',
};

/**
 * Adds the URLs that are missing in the outputs, as outputs can be renamed or left out. They are
 * made from the ids of the stack's APIs
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/how-to-call-api.html).
 */
export function withAddresses(
  outputs: Stack['outputs'],
  resources: readonly StackResource[],
  { region, stage }: { readonly region: string; readonly stage: string },
): Stack['outputs'] {
  const domain = region.startsWith('cn-') ? 'amazonaws.com.cn' : 'amazonaws.com';
  const found = (api: HttpEvent['api'], path: string): Record<string, string> => {
    const id = resources.find(({ type }) => type === API_TYPES[api])?.physicalId;
    return id ? { [OUTPUTS[api]]: `https://${id}.execute-api.${region}.${domain}${path}` } : {};
  };
  return { ...found('rest', `/${stage}`), ...found('http', ''), ...outputs };
}

/**
 * Finds the endpoints of a deployed service by the outputs of its stack, or else by its APIs.
 * Undefined where there is no stack.
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

/**
 * Finds the endpoints of a service that must be deployed.
 *
 * @throws UserError when there is no stack
 */
export async function requireDeployedEndpoints(
  target: DeployTarget,
  aws: Aws,
): Promise<Endpoint[]> {
  const found = await findDeployedEndpoints(target, aws);
  if (found !== undefined) return found;
  const { stackName: stack, region, stage } = target;
  throw new UserError(
    messages.notDeployed({ stack, region, stage }),
    `create-lambda-hello deploy --stage ${stage}`,
  );
}

/** The request bodies of the endpoints of a new service; others are unknown. */
const SAMPLE_BODIES: ReadonlyMap<string, string> = new Map([['/postRequest', '{"name": "Ada"}']]);

/** Formats a curl command that calls the endpoint; an unknown body is an empty object. */
export function curlCommand({ method, url, event }: Endpoint): string {
  const words = ['curl'];
  if (method === 'HEAD') words.push('--head');
  else if (!['GET', 'POST', 'ANY'].includes(method)) words.push('-X', method);
  if (takesBody(method) && method !== 'ANY') {
    const body = SAMPLE_BODIES.get(event.path) ?? '{}';
    words.push('-H', 'content-type: application/json', '-d', body);
  }
  return formatWords([...words, url]);
}

/** Tells whether the URL belongs to AWS, and not to an emulator. */
export function isOnAws(url: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|on\.aws)$/.test(new URL(url).hostname);
}
