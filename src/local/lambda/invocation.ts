import type { Message } from '../../message.ts';
import { recordOf, tryParseJson } from '../../util/json.ts';
import * as messages from './messages.ts';

/**
 * Lambda's limit of an event and of a response, in bytes: 6 MB and 100 bytes, as Lambda's own error
 * messages say (https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html).
 */
export const MAX_PAYLOAD_BYTES = 6_291_556;

/** Lambda's limit of a streamed response, in bytes, from the same page. */
export const MAX_STREAM_BYTES = 200 * 1024 * 1024;

export interface Invocation {
  readonly requestId: string;
  /** The X-Ray trace header: `Root=1-...;Parent=...;Sampled=0`. */
  readonly traceId: string;
  /** The event as JSON, passed on to the byte. */
  readonly payload: Buffer;
  /** JSON from the caller of the Invoke API. */
  readonly clientContext?: string;
  /** Whether the result needs the log. */
  readonly wantsLogs?: boolean;
  /** Called when the function gets the event. */
  readonly onStart?: () => void;
  /**
   * Takes a streamed response with that Content-Type piece by piece. Without it, or where the
   * function does not stream, the response is in the result.
   */
  readonly onStream?: (pieces: AsyncIterable<Buffer>, type: string) => Promise<void>;
}

/** The error of a failed invocation, as Lambda describes it. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

/** The response of a function. */
interface Success {
  readonly ok: true;
  /** Empty where `onStream` has taken the response. */
  readonly payload: Buffer;
  /** The Content-Type of a streamed response. */
  readonly streamedAs?: string;
}

/** The result of an invocation. `payload` is what the Invoke API responds with, to the byte. */
export type InvocationResult =
  | (Success & { readonly cold: boolean; readonly logs?: string })
  | {
      readonly ok: false;
      readonly payload: Buffer;
      readonly error: FunctionError;
      readonly cold: boolean;
      /** The log, where `wantsLogs` was set. */
      readonly logs?: string;
    };

/**
 * The reason why a function was not invoked: the queue is full, or its `reservedConcurrency` is in
 * use. Lambda responds to both with TooManyRequestsException.
 */
export type Throttled = 'throttled' | 'reserved-used-up';

/** Invokes a function by its key. Rejects only for a defect of this program. */
export type Invoke = (
  functionKey: string,
  invocation: Invocation,
) => Promise<InvocationResult | Throttled>;

/** A result without what only the queue knows: whether it was a cold start, and the log. */
export type RawResult =
  | Success
  | { readonly ok: false; readonly payload: Buffer; readonly error: FunctionError };

/** Makes the result for an error that Lambda itself reports. */
export function failure(errorType: string, errorMessage: Message): RawResult {
  return {
    ok: false,
    payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
    error: { errorType, errorMessage, stackTrace: [] },
  };
}

/**
 * Makes the result for an error that a runtime has posted to `/error` or `/init/error`.
 *
 * @param payload the body, usually `{"errorMessage","errorType","stackTrace"}`; kept as it is
 * @param typeHeader `Lambda-Runtime-Function-Error-Type`, used where the body names no type
 */
export function reportedError(payload: Buffer, typeHeader: string | undefined): RawResult {
  const body = recordOf(tryParseJson(payload.toString()));
  const text = (value: unknown) => (typeof value === 'string' ? value : undefined);
  return {
    ok: false,
    payload,
    error: {
      errorType: text(body.errorType) ?? typeHeader ?? 'Runtime.Unknown',
      errorMessage: text(body.errorMessage) ?? payload.toString(),
      stackTrace: Array.isArray(body.stackTrace) ? body.stackTrace.map(String) : [],
    },
  };
}

/** Makes the result for an error that Lambda reports with the id of the invocation. */
const failed = (errorType: string, id: string, reason: Message): RawResult =>
  failure(errorType, messages.invocationFailed({ id, reason }));

/** Makes the result of a function that did not respond within its timeout. */
export function timedOut(requestId: string, seconds: number): RawResult {
  const reason = messages.taskTimedOut({ seconds: seconds.toFixed(2) });
  return failed('Sandbox.Timedout', requestId, reason);
}

/** Makes the result for a process that did not ask for an event within the limit of the init. */
export function initTimedOut(requestId: string, seconds: number): RawResult {
  const reason = messages.initTimedOut({ seconds: seconds.toFixed(2) });
  return failed('Sandbox.Timedout', requestId, reason);
}

/** Maps signals to the names that Go has for them, which Lambda's messages use. */
const SIGNALS: Readonly<Record<string, string>> = {
  SIGABRT: 'aborted',
  SIGBUS: 'bus error',
  SIGFPE: 'floating point exception',
  SIGHUP: 'hangup',
  SIGILL: 'illegal instruction',
  SIGINT: 'interrupt',
  SIGKILL: 'killed',
  SIGPIPE: 'broken pipe',
  SIGQUIT: 'quit',
  SIGSEGV: 'segmentation fault',
  SIGTERM: 'terminated',
  SIGTRAP: 'trace/breakpoint trap',
};

/**
 * Makes the result of a function whose process ended before it responded, in the words of AWS's
 * emulator (https://github.com/aws/aws-lambda-runtime-interface-emulator).
 */
export function exited(
  requestId: string,
  exit: { readonly code: number | undefined; readonly signal: string | undefined },
): RawResult {
  const { code, signal } = exit;
  const reason = signal
    ? messages.endedBySignal({ signal: SIGNALS[signal] ?? signal })
    : code
      ? messages.exitedWithStatus({ code })
      : messages.exitedWell();
  return failed('Runtime.ExitError', requestId, reason);
}

/** Makes the result of a function whose process could not be started. */
export function invalidEntrypoint(requestId: string, reason: Message): RawResult {
  return failed('Runtime.InvalidEntrypoint', requestId, reason);
}

/** Makes the result for a response over the limit, in bytes. */
export function responseTooLarge(limit: number): RawResult {
  return failure('Function.ResponseSizeTooLarge', messages.responseTooLarge({ number: limit }));
}
