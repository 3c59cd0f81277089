import { findContainerEngine, findDartSdk } from '../tools/dart/find.ts';
import type { Machine } from '../tools/machine.ts';
import { noAnswer } from '../tools/messages.ts';
import type { Env } from '../util/env.ts';
import { within } from '../util/within.ts';

/** The Dart SDK in use, and all places that were searched. */
export type Sdk = Awaited<ReturnType<typeof findDartSdk>>;

export type Engines = Awaited<ReturnType<typeof findContainerEngine>>;

/** Finds what compiles. Two checks share the search. */
export interface Toolchain {
  sdk(): Promise<Sdk>;
  engines(): Promise<Engines>;
}

interface ToolchainOptions {
  /** The folder of the service, if there is one. */
  readonly serviceDir?: string | undefined;
  readonly enginesLimit?: number;
}

/** In milliseconds. A hanging daemon must not delay the check of the SDK. */
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

/** The name of an engine that hangs. */
export const UNKNOWN_ENGINE = 'the container engine';

async function enginesWithin(ms: number, found: Promise<Engines>): Promise<Engines> {
  const tried = [{ name: UNKNOWN_ENGINE, problem: noAnswer({ seconds: ms / 1000 }) }];
  return (await within(ms, found)) ?? { engine: undefined, tried };
}
