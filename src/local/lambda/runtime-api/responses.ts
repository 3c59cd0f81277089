import type { Message } from '../../../message.ts';
import type { Invocation } from '../invocation.ts';
import * as messages from '../messages.ts';
import type { RuntimeCall } from './call.ts';

/*
 * The responses of the Runtime API, to the byte those of
 * https://github.com/aws/aws-lambda-runtime-interface-emulator.
 */

/** What `/next` tells besides the invocation. */
interface Delivery {
  /** In epoch milliseconds. */
  readonly deadline: number;
  readonly functionArn: string;
  /** Tells this attempt from another one of the same request; the runtime may send it back. */
  readonly attempt: string;
}

/** Sends the event in response to `/next`. */
export function sendEvent(
  call: RuntimeCall,
  invocation: Invocation,
  { deadline, functionArn, attempt }: Delivery,
): void {
  const headers = [
    'Content-Type',
    'application/json',
    'Content-Length',
    String(invocation.payload.length),
    'Lambda-Runtime-Aws-Request-Id',
    invocation.requestId,
    'Lambda-Runtime-Deadline-Ms',
    String(deadline),
    'Lambda-Runtime-Invoked-Function-Arn',
    functionArn,
    'Lambda-Runtime-Trace-Id',
    invocation.traceId,
    'Lambda-Runtime-Invocation-Id',
    attempt,
  ];
  if (invocation.clientContext !== undefined) {
    headers.push('Lambda-Runtime-Client-Context', invocation.clientContext);
  }
  call.respond(200, headers, invocation.payload);
}

const ACCEPTED = Buffer.from('{"status":"OK"}\n');
const ACCEPTED_HEADERS = [
  'Content-Type',
  'application/json',
  'Content-Length',
  String(ACCEPTED.length),
];

/** Sends 202: the response or the error has been accepted. */
export function sendAccepted(call: RuntimeCall): void {
  call.respond(202, ACCEPTED_HEADERS, ACCEPTED);
}

/** Sends 403 for a call that the state of the runtime forbids, such as a second response. */
export function sendInvalidTransition(call: RuntimeCall, from: string, to: string): void {
  const message = messages.invalidTransition({ state: from, nextState: to });
  sendError(call, 403, 'InvalidStateTransition', message);
}

/** Sends 403 to a client that is no runtime. AWS has no such response, as only runtimes reach it. */
export function sendForbidden(call: RuntimeCall, message: Message): void {
  sendError(call, 403, 'Forbidden', message);
}

/** Sends 400: the id is not that of the invocation in flight. */
export function sendInvalidRequestId(call: RuntimeCall): void {
  sendError(call, 400, 'InvalidRequestID', messages.invalidRequestId());
}

/** Sends 410: the attempt that the result is of has ended. */
export function sendAttemptEnded(call: RuntimeCall): void {
  sendError(call, 410, 'InvokeTimeout', messages.attemptEnded());
}

/** Sends 413 for a response over the limit, in bytes. */
export function sendTooLarge(call: RuntimeCall, limit: number): void {
  sendError(call, 413, 'RequestEntityTooLarge', messages.payloadTooLarge({ number: limit }));
}

/** Sends 404 for an unknown path, 405 for a known path with a wrong method. */
export function sendNoSuchCall(call: RuntimeCall, status: 404 | 405): void {
  const text = status === 404 ? `${messages.noSuchPage()}\n` : '';
  send(call, status, 'text/plain; charset=utf-8', text);
}

function sendError(
  call: RuntimeCall,
  status: number,
  errorType: string,
  errorMessage: string,
): void {
  const body = `${JSON.stringify({ errorMessage, errorType })}\n`;
  send(call, status, 'application/json', body);
}

function send(call: RuntimeCall, status: number, type: string, text: string): void {
  const body = Buffer.from(text);
  call.respond(status, ['Content-Type', type, 'Content-Length', String(body.length)], body);
}
