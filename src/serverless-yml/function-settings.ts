/** Reads the environment, the URL, the log and the reserved concurrency of a function. */

import type { Message } from '../message.ts';
import type { FunctionUrl, ServiceFunction } from '../service/service.ts';
import { asText, propertyOf, recordOf } from '../util/json.ts';
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

/** Reads the settings that a function may lack; each is omitted if it is not set or not known here. */
export function optionalSettings(
  { reservedConcurrency, logs }: Readonly<Record<string, unknown>>,
  provider: unknown,
): Pick<ServiceFunction, 'reservedConcurrency' | 'jsonLog'> {
  return {
    ...(/^\d+$/.test(String(reservedConcurrency)) && {
      reservedConcurrency: Number(reservedConcurrency),
    }),
    ...jsonLog(logs || propertyOf(propertyOf(provider, 'logs'), 'lambda')),
  };
}

/**
 * Reads how a function logs. Lambda's text, the default, has no levels; those of JSON start at INFO
 * (https://docs.aws.amazon.com/lambda/latest/dg/monitoring-cloudwatchlogs-advanced.html).
 */
function jsonLog(logs: unknown): Pick<ServiceFunction, 'jsonLog'> {
  const { logFormat, applicationLogLevel } = recordOf(logs);
  return logFormat === 'JSON' ? { jsonLog: { level: asText(applicationLogLevel) ?? 'INFO' } } : {};
}
