import { isDeepStrictEqual } from 'node:util';
import { isRecord, recordOf } from '../../util/json.ts';

/**
 * Settings of the platform that the program runs on. One other function is enough to copy them
 * from.
 */
const PLATFORM = ['runtime', 'architecture'];

/**
 * Settings of the artifact, copied if several functions agree on them. Memory and timeout are
 * tuned for each function, and roles, networks and variables are granted on purpose.
 */
const OF_SEVERAL = ['layers', 'package'];

/**
 * Returns the settings to give to a new function: those that all other functions have with the
 * same value and the provider does not set.
 *
 * @param root the contents of serverless.yml
 * @param key of the new function, which is excluded from the others
 */
export function sharedSettings(root: unknown, key: string): Record<string, unknown> {
  const provider = recordOf(recordOf(root).provider);
  const others = otherFunctions(root, key);
  const names = others.length > 1 ? [...PLATFORM, ...OF_SEVERAL] : PLATFORM;
  const [first] = others;
  const agreed = names.filter((name) => {
    const value = first?.[name] ?? undefined;
    const isAgreed = others.every((other) => isDeepStrictEqual(other[name], value));
    return value !== undefined && isAgreed && !isDeepStrictEqual(value, provider[name]);
  });
  return Object.fromEntries(agreed.map((name) => [name, first?.[name]]));
}

/**
 * Returns whether every other function has a runtime of its own, they differ, and the provider has
 * no default.
 */
export function runtimesDiffer(root: unknown, key: string): boolean {
  const provider = isRecord(root) ? root.provider : undefined;
  // A provider that is `${file(...)}` may set anything.
  if (typeof provider === 'string' || (isRecord(provider) && provider.runtime)) return false;
  const runtimes = new Set(otherFunctions(root, key).map(({ runtime }) => runtime));
  return runtimes.size > 1;
}

/**
 * Returns the other functions, without container images, which have neither runtime nor layers.
 */
function otherFunctions(root: unknown, key: string): Record<string, unknown>[] {
  const functions = recordOf(recordOf(root).functions);
  return Object.entries(functions)
    .filter(([name]) => name !== key)
    .flatMap(([, fn]) => (isRecord(fn) && fn.image === undefined ? [fn] : []));
}
