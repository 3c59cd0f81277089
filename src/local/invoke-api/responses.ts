import type { ServerResponse } from 'node:http';
import type { Message } from '../../message.ts';
import type { Invocation, InvocationResult } from '../lambda/invocation.ts';
import type { EventStream } from './event-stream.ts';

/** The length of the log that `X-Amz-Log-Type: Tail` asks for, in bytes. */
const LOG_TAIL_BYTES = 4096;

const NOTHING = Buffer.alloc(0);

/** The ids of the invocation, which every response has. */
export type InvokeIds = Pick<Invocation, 'requestId' | 'traceId'>;

/** An error of the Invoke API itself; the function was not invoked. */
export class InvokeError extends Error {
  readonly status: number;
  readonly type: string;
  /** Further members of the body. */
  readonly details: Readonly<Record<string, string>>;

  constructor(
    status: number,
    type: string,
    message: Message,
    details: Readonly<Record<string, string>> = {},
  ) {
    super(message);
    this.status = status;
    this.type = type;
    this.details = details;
  }
}

/** Sends 200 and the payload, even if the function failed. */
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

/** Returns the event stream of a response. Nothing is sent before its first event. */
export async function openStream(response: ServerResponse, ids: InvokeIds): Promise<EventStream> {
  // Few clients stream, so the codec is loaded on demand.
  const { EventStream } = await import('./event-stream.ts');
  return new EventStream(response, { ...idHeaders(ids), 'X-Amz-Executed-Version': '$LATEST' });
}

/** Sends 202: the event has been accepted. */
export function sendAccepted(response: ServerResponse, ids: InvokeIds): void {
  send(response, 202, ids, {}, NOTHING);
}

/** Sends 204: the request is valid, and nothing was invoked. */
export function sendDryRun(response: ServerResponse, ids: InvokeIds): void {
  send(response, 204, ids, { 'X-Amz-Executed-Version': '$LATEST' }, NOTHING);
}

/** Sends an error in the form that the AWS CLI and the SDKs read. */
export function sendError(response: ServerResponse, ids: InvokeIds, error: InvokeError): void {
  const { status, type, message, details } = error;
  const headers = {
    'Content-Type': 'application/json',
    'x-amzn-ErrorType': type,
    ...(status === 405 ? { Allow: 'POST' } : {}),
  };
  // Lambda itself spells the key differently in this one error.
  const key = type === 'ResourceNotFoundException' ? 'Message' : 'message';
  const body = JSON.stringify({ ...details, Type: 'User', [key]: message });
  send(response, status, ids, headers, Buffer.from(body));
}

/** Encodes the end of the log in base64, if the invocation asked for it. */
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
    // 204 must not have a Content-Length: https://www.rfc-editor.org/rfc/rfc9110#section-8.6
    ...(status === 204 ? {} : { 'Content-Length': body.length }),
  });
  response.end(body);
}
