/** Waits for a promise; undefined where it takes longer than `ms` milliseconds. */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, ms, undefined);
  });
  try {
    return await Promise.race([promise, limit]);
  } finally {
    clearTimeout(timer);
  }
}

/**
 * Calls `use` with a signal that is aborted after `ms` milliseconds, or with `stop`. Its second
 * argument is aborted by the time limit alone.
 *
 * AbortSignal.timeout would not do: AbortSignal.any holds it weakly, and once collected as garbage
 * it never fires. The timer here holds its controller.
 */
export async function withTimeLimit<T>(
  stop: AbortSignal,
  ms: number,
  use: (signal: AbortSignal, late: AbortSignal) => Promise<T>,
): Promise<T> {
  const late = new AbortController();
  const timer = setTimeout(() => late.abort(TIMEOUT), ms);
  try {
    return await use(AbortSignal.any([stop, late.signal]), late.signal);
  } finally {
    clearTimeout(timer);
  }
}

/** The reason that AbortSignal.timeout gives, too. */
const TIMEOUT = new DOMException('The operation was aborted due to timeout', 'TimeoutError');
