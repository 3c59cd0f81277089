import {
  CROSS_COMPILES_SINCE,
  compareVersions,
  findContainerEngine,
  findDart,
  readDartVersion,
} from '../tools/dart.ts';
import type { Machine } from '../tools/machine.ts';
import type { CheckContext, Env } from './check.ts';

/** A Dart SDK, and what it can compile for. */
export interface Sdk {
  readonly dart: string | undefined;
  readonly searched: readonly string[];
  readonly version: string | undefined;
  readonly crossCompiles: boolean;
}

export type Engines = Awaited<ReturnType<typeof findContainerEngine>>;

/** What compiles: asked by two checks, looked for once. */
export interface Toolchain {
  sdk(): Promise<Sdk>;
  engines(): Promise<Engines>;
}

/** An engine whose daemon hangs must not keep the check of the SDK from its answer. */
const ENGINES_LIMIT = 4000;

export function findToolchain(
  env: Env,
  { platform }: Pick<Machine, 'platform'>,
  enginesLimit = ENGINES_LIMIT,
): Toolchain {
  return {
    sdk: once(async () => {
      const { dart, searched } = await findDart(env, platform);
      const version = dart === undefined ? undefined : await readDartVersion(dart);
      const crossCompiles =
        version !== undefined && compareVersions(version, CROSS_COMPILES_SINCE) >= 0;
      return { dart, searched: [...new Set(searched)], version, crossCompiles };
    }),
    engines: once(() => within(enginesLimit, findContainerEngine(env, platform))),
  };
}

function once<T>(action: () => Promise<T>): () => Promise<T> {
  let result: Promise<T> | undefined;
  return () => {
    result ??= action();
    return result;
  };
}

/** One that hangs does not tell its name. */
export const UNKNOWN_ENGINE = 'the container engine';

async function within(ms: number, found: Promise<Engines>): Promise<Engines> {
  let timer: NodeJS.Timeout | undefined;
  const problem = `no answer within ${ms / 1000} s`;
  const late = new Promise<Engines>((resolve) => {
    const tried = [{ name: UNKNOWN_ENGINE, problem }];
    timer = setTimeout(() => resolve({ engine: undefined, tried }), ms);
  });
  try {
    return await Promise.race([found, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** Whether the SDK can build what the service needs; without a service, anything at all. */
export function isUsable({ version, crossCompiles }: Sdk, context: CheckContext): boolean {
  if (version === undefined || crossCompiles) return version !== undefined;
  return hostTarget(context) !== undefined && otherTargets(context).length === 0;
}

/** What an SDK before 3.8 can compile for: this machine, if it is a Linux. */
export function hostTarget({ machine }: CheckContext): string | undefined {
  if (machine.platform !== 'linux') return undefined;
  return machine.architecture === 'x64' ? 'x86_64' : machine.architecture;
}

/** The processors of the service's functions that are not this machine's. */
export function otherTargets(context: CheckContext): string[] {
  const { service } = context;
  if (service.kind !== 'found') return [];
  return service.deployment.architectures.filter((target) => target !== hostTarget(context));
}
