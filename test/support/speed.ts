import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    /** How many times slower Dart runs here than on a machine that executes it: 1 or more. */
    dartSlowness: number;
  }
}

/** The milliseconds that Dart may take here for what takes it at most `ms` natively. */
export const dartTime = (ms: number): number => ms * inject('dartSlowness');

/** How many of the random inputs of a test that runs Dart are tried here: fewer, but never none. */
export const dartRuns = (runs: number): number => Math.ceil(runs / inject('dartSlowness'));
