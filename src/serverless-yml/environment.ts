import { isRecord } from '../util/json.ts';

/** The variables of a function, and what of them cannot be known on this machine. */
export interface FunctionEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
}

/**
 * The environment variables of a function: those of the provider, overlaid by its
 * own. As osls has it, null takes a variable out. What only CloudFormation knows
 * (`Ref`, `Fn::GetAtt`), or a `${...}` that was not resolved, is left out.
 *
 * @param name how a warning names the function
 * @param isKnown whether no variable is left in a text
 */
export function functionEnvironment(
  name: string,
  provider: unknown,
  own: unknown,
  isKnown: (text: string) => boolean,
): FunctionEnvironment {
  const all = { ...(isRecord(provider) ? provider : {}), ...(isRecord(own) ? own : {}) };
  const variables: Record<string, string> = {};
  const warnings: string[] = [];
  for (const [key, value] of Object.entries(all)) {
    if (value === null || value === undefined) continue;
    if (typeof value === 'object') {
      warnings.push(
        `the variable ${key} of ${name} is made by CloudFormation, and left out here; set it in .env`,
      );
    } else if (isKnown(String(value))) variables[key] = String(value);
  }
  return { variables, warnings };
}
