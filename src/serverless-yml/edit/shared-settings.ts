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

/** Holds the functions beside which a new one is written, and the provider that they share. */
export interface Siblings {
  readonly provider: unknown;
  readonly functions: Readonly<Record<string, unknown>>;
}

/**
 * Returns the settings to give to a new function: those that all other functions have with the
 * same value and the provider does not set.
 *
 * @param key of the new function, which is excluded from the others
 */
export function sharedSettings(siblings: Siblings, key: string): Record<string, unknown> {
  const provider = recordOf(siblings.provider);
  const others = otherFunctions(siblings, key);
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
export function runtimesDiffer(siblings: Siblings, key: string): boolean {
  const { provider } = siblings;
  // A provider that is `${file(...)}` may set anything.
  if (typeof provider === 'string' || recordOf(provider).runtime) return false;
  const runtimes = new Set(otherFunctions(siblings, key).map(({ runtime }) => runtime));
  return runtimes.size > 1;
}

/**
 * Returns the other functions, without container images, which have neither runtime nor layers.
 */
function otherFunctions({ functions }: Siblings, key: string): Record<string, unknown>[] {
  return Object.entries(functions)
    .filter(([name]) => name !== key)
    .flatMap(([, fn]) => (isRecord(fn) && fn.image === undefined ? [fn] : []));
}
