/** Where a deployed service is called. */

import type { Stack, StackResource } from '../service/deployment.ts';
import { logicalId } from '../service/endpoint/problem.ts';
import { takesBody } from '../service/endpoint/rules.ts';
import type { HttpEvent, Service, ServiceFunction } from '../service/service.ts';
import { quoteWord } from '../util/shell-words.ts';
import type { Aws } from './client.ts';
import type { DeployTarget } from './deploy-target.ts';

/** What a function is called by: an event, or its URL, which takes all methods and paths. */
export interface Call extends Omit<HttpEvent, 'api'> {
  readonly api: HttpEvent['api'] | 'url';
}

export interface Endpoint {
  /** The function's key. */
  readonly key: string;
  /** What it is made from. */
  readonly event: Call;
  readonly method: string;
  readonly url: string;
  /** Whether the path is written with a parameter, of which the value is not known. */
  readonly hasParameters: boolean;
}

/** The outputs of the stack that osls puts an API's address into. */
const OUTPUTS: Record<HttpEvent['api'], string> = { rest: 'ServiceEndpoint', http: 'HttpApiUrl' };

/** All that the function is called by over HTTP. */
export function callsOf({ events, url }: ServiceFunction): readonly Call[] {
  return url === undefined ? events : [...events, { api: 'url', method: 'ANY', path: '/' }];
}

/** The endpoints of a service whose stack has these outputs; those without an address are left out. */
export function deployedEndpoints(service: Service, outputs: Stack['outputs']): Endpoint[] {
  return service.functions.flatMap((fn) =>
    callsOf(fn).flatMap((event): Endpoint[] => {
      const { api, method } = event;
      const output = api === 'url' ? `${logicalId(fn.key)}LambdaFunctionUrl` : OUTPUTS[api];
      const base = outputs[output];
      if (base === undefined) return [];
      const path = event.path === '$default' ? '/' : event.path;
      return [
        {
          key: fn.key,
          event,
          method,
          // The name stands for the value: braces mean something to curl.
          url: base.replace(/\/$/, '') + path.replace(/\{([^}+]+)\+?\}/g, '$1'),
          hasParameters: path.includes('{'),
        },
      ];
    }),
  );
}

/** What an API is among a stack's resources. */
const API_TYPES: Record<HttpEvent['api'], string> = {
  rest: 'AWS::ApiGateway::RestApi',
  http: 'AWS::ApiGatewayV2::Api',
};

/**
 * The outputs, with the addresses that they lack made from the ids of the stack's
 * APIs (AWS: "Invoke REST APIs in API Gateway"): outputs can be renamed or left out.
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

/** The bodies that the endpoints of a new service take; those of others are not known. */
const SAMPLE_BODIES: ReadonlyMap<string, string> = new Map([['/postRequest', '{"name": "Ada"}']]);

/** A command that calls the endpoint; a body that is not known is an empty one. */
export function curlCommand({ method, url, event }: Endpoint): string {
  const words = ['curl'];
  if (method === 'HEAD') words.push('--head');
  else if (!['GET', 'POST', 'ANY'].includes(method)) words.push('-X', method);
  if (takesBody(method) && method !== 'ANY') {
    const body = SAMPLE_BODIES.get(event.path) ?? '{}';
    words.push('-H', 'content-type: application/json', '-d', body);
  }
  return [...words, url].map(quoteWord).join(' ');
}

/** Whether the URL answers on AWS only: it is none of a stand-in for AWS. */
export function isOnAws(url: string): boolean {
  return /(^|\.)(amazonaws\.com(\.cn)?|on\.aws)$/.test(new URL(url).hostname);
}
