import type { Context } from '../../src/context.ts';
import { UserError } from '../../src/errors.ts';
import { scripted } from './context.ts';

export const contextIn = (cwd: string): Context => scripted({ cwd }).context;

/** How something ended: the message of the error, if there was one that users may see. */
export async function outcome(promise: Promise<unknown>): Promise<string | undefined> {
  try {
    await promise;
    return undefined;
  } catch (error) {
    if (error instanceof UserError) return error.message;
    throw error;
  }
}

/** A context that does something right before the command writes: it asks for the last time whether to stop. */
export function justBeforeWriting(cwd: string, act: () => void): Context {
  let done = false;
  const signal = {
    get aborted() {
      if (!done) act();
      done = true;
      return false;
    },
  };
  return { ...contextIn(cwd), signal: signal as AbortSignal };
}
