/** Reads the environment, the URL and the reserved concurrency of a function. */

import type { Message } from '../message.ts';
import type { FunctionUrl, ServiceFunction } from '../service/service.ts';
import { recordOf } from '../util/json.ts';
import { settingsOf, urlCors } from './cors.ts';
import { setByCloudFormation } from './messages.ts';

/** Holds the variables of a function, and a warning for each that is unknown on this machine. */
export interface FunctionEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly warnings: readonly Message[];
}

/**
 * Merges the environment variables of the provider with those of a function, which win. As in
 * osls, null removes a variable. Values that only CloudFormation knows (`Ref`, `Fn::GetAtt`) and
 * unresolved `${...}` are omitted with a warning.
 *
 * @param name the function's name in warnings
 * @param isKnown returns whether no variable is left in a text
 */
export function functionEnvironment(
  name: string,
  provider: unknown,
  own: unknown,
  isKnown: (text: string) => boolean,
): FunctionEnvironment {
  const all = { ...recordOf(provider), ...recordOf(own) };
  const variables: Record<string, string> = {};
  const warnings: Message[] = [];
  for (const [key, value] of Object.entries(all)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object') {
      warnings.push(setByCloudFormation({ variable: key, function: name }));
    } else if (isKnown(String(value))) variables[key] = String(value);
  }
  return { variables, warnings };
}

/**
 * Reads the URL settings of a function. Returns undefined if it has no URL.
 *
 * @param url `url` in serverless.yml: true, or a map
 */
export function functionUrl(url: unknown): FunctionUrl | undefined {
  const given = settingsOf(url);
  if (given === undefined) return undefined;
  const { cors, invokeMode, authorizer } = given;
  return {
    cors: urlCors(cors),
    ...(invokeMode === 'RESPONSE_STREAM' && { invokeMode }),
    ...(authorizer === 'aws_iam' && { authorizer }),
  };
}

/** Reads the limit of concurrent invocations. Omits the property if it is not set or not known here. */
export function reservedConcurrency(value: unknown): Pick<ServiceFunction, 'reservedConcurrency'> {
  return /^\d+$/.test(String(value)) ? { reservedConcurrency: Number(value) } : {};
}
