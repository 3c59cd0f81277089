import type { Message } from '../message.ts';
import type { FunctionError } from './lambda/invocation.ts';

/**
 * An event in the life of a served service. `function` is the function's key under `functions:` in
 * serverless.yml; times are in milliseconds.
 */
export type Report =
  /** A line that a function's process printed, on either output. */
  | { readonly type: 'output'; readonly function: string; readonly line: string }
  /** A log line of Lambda itself: START, END or REPORT of an invocation. */
  | { readonly type: 'platform'; readonly function: string; readonly line: string }
  /** A cold start: an environment got its first event, `ms` after its process was started. */
  | { readonly type: 'cold-start'; readonly function: string; readonly ms: number }
  /** An environment was started ahead of its first event, in that time. */
  | { readonly type: 'prewarmed'; readonly function: string; readonly ms: number }
  /** An environment was started, in that time, that takes the place of others when the code changes. */
  | { readonly type: 'stands-by'; readonly function: string; readonly ms: number }
  /** The gateway has responded. `function` is missing where no route matched. */
  | {
      readonly type: 'request';
      readonly method: string;
      /** The path without the query. */
      readonly path: string;
      readonly status: number;
      readonly ms: number;
      readonly function?: string;
      /** The id of the invocation, or that of the request where no function was invoked. */
      readonly requestId: string;
      /** Whether it was a cold start. */
      readonly cold: boolean;
    }
  /** A batch of a queue or a stream was delivered, or a schedule was due. */
  | {
      readonly type: 'delivery';
      readonly function: string;
      readonly source: 'sqs' | 'kinesis' | 'dynamodb' | 'schedule';
      /** The name of the queue or the stream, or the expression of the schedule. */
      readonly from: string;
      readonly records: number;
      /** How many of the records failed. */
      readonly failed: number;
      readonly ms: number;
      readonly requestId: string;
    }
  /** An invocation failed: the function's own error, a crash, a timeout. */
  | {
      readonly type: 'function-error';
      readonly function: string;
      readonly requestId: string;
      readonly error: FunctionError;
    }
  /** Changed code does not compile: the compiler's message. The code from before still runs. */
  | { readonly type: 'compile-error'; readonly message: string }
  /** A problem that does not keep the service from being served. */
  | {
      readonly type: 'warning';
      readonly function?: string;
      readonly message: Message;
      /** A key; of several warnings with the same key only the first is shown. */
      readonly once?: string;
    }
  /** A defect of this program. The client got an internal error. */
  | { readonly type: 'defect'; readonly error: unknown };

export type Reporter = (report: Report) => void;

/** Passes on all reports except for warnings whose `once` was passed on before. */
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
