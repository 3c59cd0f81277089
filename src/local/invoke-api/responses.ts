import type { ServerResponse } from 'node:http';
import type { Invocation, InvocationResult } from '../lambda/invocation.ts';
import type { EventStream } from './event-stream.ts';

/** How much of a log `X-Amz-Log-Type: Tail` shows, in bytes. */
const LOG_TAIL_BYTES = 4096;

const NOTHING = Buffer.alloc(0);

/** What a response tells of the invocation that it is about. */
export type InvokeIds = Pick<Invocation, 'requestId' | 'traceId'>;

/** An error of the Invoke API itself: the function was not run. */
export class InvokeError extends Error {
  readonly status: number;
  readonly type: string;
  /** Further members of the body. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    type: string,
    message: string,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
  }
}

/** 200 and the payload, of a function that failed too. */
export function sendResult(
  response: ServerResponse,
  invocation: Invocation,
  result: InvocationResult,
): void {
  const log = logTail(invocation, result);
  const headers = {
    'Content-Type': 'application/json',
    'X-Amz-Executed-Version': '$LATEST',
    ...(result.ok ? {} : { 'X-Amz-Function-Error': 'Unhandled' }),
    ...(log === undefined ? {} : { 'X-Amz-Log-Result': log }),
  };
  send(response, 200, invocation, headers, result.payload);
}

/** A response of 200 that is the events of a stream, for the one who has them. */
export async function openStream(response: ServerResponse, ids: InvokeIds): Promise<EventStream> {
  // Few clients stream: the codec is loaded for those that do.
  const { EventStream } = await import('./event-stream.ts');
  return new EventStream(response, { ...idHeaders(ids), 'X-Amz-Executed-Version': '$LATEST' });
}

/** 202: the event has been taken. */
export function sendAccepted(response: ServerResponse, ids: InvokeIds): void {
  send(response, 202, ids, {}, NOTHING);
}

/** 204: the request is fine, and nothing was run. */
export function sendDryRun(response: ServerResponse, ids: InvokeIds): void {
  send(response, 204, ids, { 'X-Amz-Executed-Version': '$LATEST' }, NOTHING);
}

/** An error, as the AWS CLI and the SDKs read it. */
export function sendError(response: ServerResponse, ids: InvokeIds, error: InvokeError): void {
  const { status, type, message, details } = error;
  const headers = {
    'Content-Type': 'application/json',
    'x-amzn-ErrorType': type,
    ...(status === 405 ? { Allow: 'POST' } : {}),
  };
  // That is how Lambda spells it, in the one error and in all others.
  const key = type === 'ResourceNotFoundException' ? 'Message' : 'message';
  const body = JSON.stringify({ ...details, Type: 'User', [key]: message });
  send(response, status, ids, headers, Buffer.from(body));
}

/** The end of the log in base64, if the invocation wanted it. */
export function logTail({ wantsLogs }: Invocation, { logs }: InvocationResult): string | undefined {
  if (!wantsLogs || logs === undefined) return undefined;
  return Buffer.from(logs).subarray(-LOG_TAIL_BYTES).toString('base64');
}

const idHeaders = ({ requestId, traceId }: InvokeIds) => ({
  'x-amzn-RequestId': requestId,
  'X-Amzn-Trace-Id': traceId,
});

function send(
  response: ServerResponse,
  status: number,
  ids: InvokeIds,
  headers: Readonly<Record<string, string>>,
  body: Buffer,
): void {
  response.writeHead(status, {
    ...idHeaders(ids),
    ...headers,
    // 204 has no length (RFC 9110, 8.6).
    ...(status === 204 ? {} : { 'Content-Length': body.length }),
  });
  response.end(body);
}
