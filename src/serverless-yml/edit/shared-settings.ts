import { isDeepStrictEqual } from 'node:util';
import { isRecord, recordOf } from '../../util/json.ts';

/** What the program runs on. One other function is example enough. */
const PLATFORM = ['runtime', 'architecture'];

/**
 * What an artifact is made of: meant for all where several have it. Memory and time are
 * tuned for each function, and roles, networks and variables given to it on purpose.
 */
const OF_SEVERAL = ['layers', 'package'];

/**
 * The settings that a new function is given, because the provider does not set them
 * and all other functions have them with the same value.
 *
 * @param root what serverless.yml says
 * @param key of the new function, which is not one of the others
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

/** Whether every other function brings a runtime, but not the same one, and the provider has none for a new one. */
export function runtimesDiffer(root: unknown, key: string): boolean {
  const provider = isRecord(root) ? root.provider : undefined;
  // One that is `${file(...)}` may have anything.
  if (typeof provider === 'string' || (isRecord(provider) && provider.runtime)) return false;
  const runtimes = new Set(otherFunctions(root, key).map(({ runtime }) => runtime));
  return runtimes.size > 1;
}

/** Container images have neither runtime nor layers. */
function otherFunctions(root: unknown, key: string): Record<string, unknown>[] {
  const functions = recordOf(recordOf(root).functions);
  return Object.entries(functions)
    .filter(([name]) => name !== key)
    .flatMap(([, fn]) => (isRecord(fn) && fn.image === undefined ? [fn] : []));
}
