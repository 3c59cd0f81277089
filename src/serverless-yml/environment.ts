import type { Message } from '../message.ts';
import { recordOf } from '../util/json.ts';
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
