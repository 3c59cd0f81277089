import type { Environment } from './environment.ts';
import type { InitFailure } from './environment-options.ts';

/** The part of an environment that the pool uses. */
export type PoolEnvironment = Pick<
  Environment,
  'alive' | 'ready' | 'ended' | 'compiles' | 'keepWarm' | 'take' | 'reload' | 'close'
>;

export interface PoolOptions {
  /** Starts another environment of the function; `ahead`: before it is needed. */
  readonly start: (ahead: boolean) => PoolEnvironment;
  /** Whether an environment starts without compiling. */
  readonly startsAtOnce?: () => boolean;
  /** The maximum number of environments. */
  readonly size: number;
  /** How long a surplus environment may be idle, in milliseconds; a minute by default. */
  readonly idleLimitMs?: number;
  /** Called when an environment could not start and no invocation is left to report that. */
  readonly onUnseenFailure: (failure: InitFailure) => void;
  /** Called with the compiler's message when code that was to be reloaded later does not compile. */
  readonly onLateRejection: (message: string) => void;
}

/** An environment in the pool. */
export interface Member {
  readonly environment: PoolEnvironment;
  /** The number of reloads that its code has seen. */
  generation: number;
  state: 'starting' | 'idle' | 'busy';
  /** Whether it was started before it was needed, and has not been needed yet. */
  ahead: boolean;
  /** Whether its code is outdated, so that it takes no other invocation. */
  retired: boolean;
  /** Ends it when it has been idle for too long. */
  timer?: NodeJS.Timeout;
}

/** Whether an environment compiles just what has changed, or will when it has started. */
export const isFast = ({ ahead, environment }: Member): boolean => ahead || environment.compiles;
