import { findContainerEngine, findDartSdk } from '../tools/dart/find.ts';
import type { Machine } from '../tools/machine.ts';
import type { Env } from '../util/env.ts';
import { within } from '../util/within.ts';

/** The Dart SDK that is used, and what was looked at for it. */
export type Sdk = Awaited<ReturnType<typeof findDartSdk>>;

export type Engines = Awaited<ReturnType<typeof findContainerEngine>>;

/** What compiles: asked by two checks, looked for once. */
export interface Toolchain {
  sdk(): Promise<Sdk>;
  engines(): Promise<Engines>;
}

interface ToolchainOptions {
  /** The folder of the service, where there is one. */
  readonly serviceDir?: string | undefined;
  readonly enginesLimit?: number;
}

/** An engine whose daemon hangs must not keep the check of the SDK from its answer. */
const ENGINES_LIMIT = 4000;

export function findToolchain(
  env: Env,
  { platform, architecture }: Pick<Machine, 'platform' | 'architecture'>,
  { serviceDir, enginesLimit = ENGINES_LIMIT }: ToolchainOptions = {},
): Toolchain {
  return {
    sdk: once(() => findDartSdk({ env, platform, architecture, serviceDir })),
    engines: once(() => enginesWithin(enginesLimit, findContainerEngine(env, platform))),
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

async function enginesWithin(ms: number, found: Promise<Engines>): Promise<Engines> {
  const tried = [{ name: UNKNOWN_ENGINE, problem: `no answer within ${ms / 1000} s` }];
  return (await within(ms, found)) ?? { engine: undefined, tried };
}
