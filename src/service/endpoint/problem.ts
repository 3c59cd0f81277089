import { UserError } from '../../errors.ts';
import { upperFirst } from '../../util/text.ts';
import { nameOnAws } from '../deployment.ts';
import type { HttpEvent, Service } from '../service.ts';
import * as messages from './messages.ts';

/** Describes an endpoint to be added: a function with one HTTP event. */
export interface NewEndpoint extends HttpEvent {
  /** The key of the function. */
  readonly key: string;
  /** For example `main.getOrder`. */
  readonly handler: string;
  /** Whether its API, a REST API, answers the preflight requests of browsers. */
  readonly cors?: boolean;
}

/**
 * Limits the length of a function's name on AWS
 * (https://docs.aws.amazon.com/lambda/latest/api/API_CreateFunction.html).
 */
const MAX_FUNCTION_NAME = 64;

/** Returns why the endpoint cannot be added to the service, or undefined if it can. */
export function endpointProblem(service: Service, endpoint: NewEndpoint): UserError | undefined {
  return functionNameProblem(service, endpoint) ?? routeProblem(service, endpoint);
}

/** Returns why the service can have no function of that key and handler. */
export function functionNameProblem(
  { name, stage, functions }: Service,
  { key, handler }: { readonly key: string; readonly handler: string },
): UserError | undefined {
  for (const fn of functions) {
    if (fn.key === key) {
      return new UserError(
        messages.functionExists({ name: key }),
        `choose another name, or first  create-lambda-hello remove-endpoint ${key}`,
      );
    }
    if (fn.handler === handler) {
      return new UserError(messages.handlerTaken({ name: fn.key, handler }), 'choose another name');
    }
    if (logicalId(fn.key) === logicalId(key)) {
      return new UserError(
        messages.sameInCloudFormation({ name: fn.key, otherName: key }),
        'choose a name that differs in more than the case of its first letter',
      );
    }
  }
  const onAws = nameOnAws({ name, stage }, key);
  if (onAws.length <= MAX_FUNCTION_NAME) return undefined;
  return new UserError(
    messages.tooLongOnAws({ name: onAws, number: onAws.length, most: MAX_FUNCTION_NAME }),
    `choose a name of ${Math.max(1, MAX_FUNCTION_NAME - onAws.length + key.length)} characters or less`,
  );
}

/**
 * Returns the prefix that osls gives the logical IDs of a function's resources
 * (`getNormalizedFunctionName` in
 * https://github.com/oss-serverless/osls/blob/main/lib/plugins/aws/lib/naming.js).
 */
export function logicalId(key: string): string {
  return upperFirst(key.replaceAll('-', 'Dash').replaceAll('_', 'Underscore'));
}

function routeProblem({ functions }: Service, endpoint: NewEndpoint): UserError | undefined {
  const { api, method, path } = endpoint;
  for (const { key, events } of functions) {
    for (const event of events) {
      if (event.api !== api) continue;
      if (shape(event.path) === shape(path) && [method, 'ANY'].includes(event.method)) {
        const route = `${event.method} ${event.path}`;
        const newRoute = `${method} ${path}`;
        return new UserError(
          route === newRoute
            ? messages.routeTaken({ name: key, route })
            : messages.requestsTaken({ name: key, route, newRoute }),
          'choose another path or method',
        );
      }
      const sibling = api === 'rest' ? otherName(event.path, path) : undefined;
      if (sibling !== undefined) {
        return new UserError(
          messages.otherParameter({
            name: key,
            path: event.path,
            parameter: sibling[0],
            otherParameter: sibling[1],
          }),
          `use ${sibling[0]} there`,
        );
      }
    }
  }
  return undefined;
}

const PARAMETER = /\{[^}]*?(\+?)\}/g;

/**
 * Removes the names of parameters from a path: API Gateway treats `{id}` and `{other}` as equal.
 */
const shape = (path: string): string => path.replace(PARAMETER, '{$1}');

/**
 * Finds two parameters with different names at the same place, of which a REST API refuses the
 * second.
 */
function otherName(existing: string, added: string): readonly [string, string] | undefined {
  const parts = existing.split('/');
  for (const [index, part] of added.split('/').entries()) {
    const other = parts[index];
    if (other === part) continue;
    return other?.startsWith('{') && part.startsWith('{') ? [other, part] : undefined;
  }
  return undefined;
}
