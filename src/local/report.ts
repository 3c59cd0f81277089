import type { FunctionError } from './lambda/invocation.ts';

/**
 * What happens while a service is served, as data. `function` is the function's
 * key under `functions:` in serverless.yml; times are milliseconds.
 */
export type Report =
  /** A line that a function's process printed, on either output. */
  | { readonly type: 'output'; readonly function: string; readonly line: string }
  /** A line of Lambda's own: START, END or REPORT of an invocation. */
  | { readonly type: 'platform'; readonly function: string; readonly line: string }
  /** An environment took its first event; `ms` is the time since its process was started. */
  | { readonly type: 'cold-start'; readonly function: string; readonly ms: number }
  /** The gateway has answered. `function` is missing where no route led to one. */
  | {
      readonly type: 'request';
      readonly method: string;
      /** Without the query. */
      readonly path: string;
      readonly status: number;
      readonly ms: number;
      readonly function?: string;
      /** The id that the function saw; the gateway's own where no function was invoked. */
      readonly requestId: string;
      /** Whether an environment had to be started for it. */
      readonly cold: boolean;
    }
  /** An invocation failed: the function's own error, a crash, a timeout. */
  | {
      readonly type: 'function-error';
      readonly function: string;
      readonly requestId: string;
      readonly error: FunctionError;
    }
  /** Something that the user should know; the service is still served. */
  | {
      readonly type: 'warning';
      readonly function?: string;
      readonly message: string;
      /** What it is about, if it is told the first time only. */
      readonly once?: string;
    }
  /** An error of this program, not of the service. The client got an internal error. */
  | { readonly type: 'defect'; readonly error: unknown };

export type Reporter = (report: Report) => void;

/** Passes reports on, but for warnings whose `once` has been told before. */
export function tellingOnce(report: Reporter): Reporter {
  const told = new Set<string>();
  return (event) => {
    if (event.type !== 'warning' || event.once === undefined) return report(event);
    if (told.has(event.once)) return;
    told.add(event.once);
    const { once: _told, ...warning } = event;
    report(warning);
  };
}
