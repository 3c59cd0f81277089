/** Lambda's limit of an event and of a response, in bytes (reference: Runtime API, limits). */
export const MAX_PAYLOAD_BYTES = 6_291_556;

/** Lambda's limit of a streamed response, in bytes (AWS: "Lambda quotas"). */
export const MAX_STREAM_BYTES = 200 * 1024 * 1024;

/** One call of a function. */
export interface Invocation {
  readonly requestId: string;
  /** The X-Ray header: `Root=1-...;Parent=...;Sampled=0`. */
  readonly traceId: string;
  /** The event's JSON, passed on byte by byte. */
  readonly payload: Buffer;
  /** JSON, as the Invoke API was given it. */
  readonly clientContext?: string;
  /** Whether the log is wanted with the result. */
  readonly wantsLogs?: boolean;
  /** Called when the function is given the event. */
  readonly onStart?: () => void;
  /**
   * Takes a streamed response of that Content-Type as it comes, to its end. Without it, or where
   * the function does not stream, the response is gathered in the result.
   */
  readonly onStream?: (pieces: AsyncIterable<Buffer>, type: string) => Promise<void>;
}

/** Why an invocation failed, in Lambda's terms. */
export interface FunctionError {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly stackTrace: readonly string[];
}

/** What a function has answered. */
interface Success {
  readonly ok: true;
  /** Empty where `onStream` has taken it. */
  readonly payload: Buffer;
  /** The Content-Type of a response that was streamed. */
  readonly streamedAs?: string;
}

/** How an invocation ended. `payload` is what the Invoke API would answer, byte by byte. */
export type InvocationResult =
  | (Success & { readonly cold: boolean; readonly logs?: string })
  | {
      readonly ok: false;
      readonly payload: Buffer;
      readonly error: FunctionError;
      readonly cold: boolean;
      /** What was logged, if the invocation wanted it. */
      readonly logs?: string;
    };

/**
 * Why a function was not run: more invocations wait for it than may, or as many run as its
 * `reservedConcurrency` allows. Lambda answers both with TooManyRequestsException.
 */
export type Throttled = 'throttled' | 'reserved-used-up';

/** The part of a result that is known where it arises: everything but whether it was a cold start. */
export type RawResult =
  | Success
  | { readonly ok: false; readonly payload: Buffer; readonly error: FunctionError };

/** An error that Lambda itself reports, in the body that the Invoke API shows for it. */
export function failure(errorType: string, errorMessage: string): RawResult {
  return {
    ok: false,
    payload: Buffer.from(JSON.stringify({ errorType, errorMessage })),
    error: { errorType, errorMessage, stackTrace: [] },
  };
}

/**
 * What a runtime posted to `/error` or `/init/error`.
 *
 * @param payload its body, usually `{"errorMessage","errorType","stackTrace"}`; kept as it is
 * @param typeHeader `Lambda-Runtime-Function-Error-Type`, used where the body names no type
 */
export function reportedError(payload: Buffer, typeHeader: string | undefined): RawResult {
  const body = parseRecord(payload);
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

/** The function did not answer within its own timeout. */
export function timedOut(requestId: string, seconds: number): RawResult {
  return failure(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Task timed out after ${seconds.toFixed(2)} seconds`,
  );
}

/** The process did not ask for an event within the limit of the init. */
export function initTimedOut(requestId: string, seconds: number): RawResult {
  return failure(
    'Sandbox.Timedout',
    `RequestId: ${requestId} Error: Init timed out after ${seconds.toFixed(2)} seconds`,
  );
}

/** Signals as Go, which Lambda's own part is written in, names them in its messages. */
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

/** The process ended before it answered; the wording is that of AWS's own emulator. */
export function exited(
  requestId: string,
  exit: { readonly code: number | undefined; readonly signal: string | undefined },
): RawResult {
  const { code, signal } = exit;
  const reason =
    code === 0
      ? 'Runtime exited without providing a reason'
      : `Runtime exited with error: ${signal ? `signal: ${SIGNALS[signal] ?? signal}` : `exit status ${code}`}`;
  return failure('Runtime.ExitError', `RequestId: ${requestId} Error: ${reason}`);
}

/** The process could not be started at all. */
export function invalidEntrypoint(requestId: string, reason: string): RawResult {
  return failure('Runtime.InvalidEntrypoint', `RequestId: ${requestId} Error: ${reason}`);
}

/** The response is over Lambda's limit, in bytes. */
export function responseTooLarge(limit: number): RawResult {
  return failure(
    'Function.ResponseSizeTooLarge',
    `Response payload size exceeded maximum allowed payload size (${limit} bytes).`,
  );
}

function parseRecord(json: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(json.toString());
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {}; // a runtime may report its error as plain text: the caller shows the text itself
  }
}
