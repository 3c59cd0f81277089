import type { ServerResponse } from 'node:http';
import type { Message } from '../../message.ts';
import type { Invocation } from './invocation.ts';
import * as messages from './messages.ts';

/*
 * The responses of the Runtime API, to the byte those of
 * https://github.com/aws/aws-lambda-runtime-interface-emulator.
 */

/**
 * Sends the event in response to `/next`.
 *
 * @param deadline in epoch milliseconds
 */
export function sendEvent(
  response: ServerResponse,
  invocation: Invocation,
  { deadline, functionArn }: { readonly deadline: number; readonly functionArn: string },
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
  ];
  if (invocation.clientContext !== undefined) {
    headers.push('Lambda-Runtime-Client-Context', invocation.clientContext);
  }
  response.writeHead(200, headers);
  response.end(invocation.payload);
}

const ACCEPTED = Buffer.from('{"status":"OK"}\n');
const ACCEPTED_HEADERS = [
  'Content-Type',
  'application/json',
  'Content-Length',
  String(ACCEPTED.length),
];

/** Sends 202: the response or the error has been accepted. */
export function sendAccepted(response: ServerResponse): void {
  response.writeHead(202, ACCEPTED_HEADERS);
  response.end(ACCEPTED);
}

/** Sends 403 for a call that the state of the runtime forbids, such as a second response. */
export function sendInvalidTransition(response: ServerResponse, from: string, to: string): void {
  const message = messages.invalidTransition({ state: from, nextState: to });
  sendError(response, 403, 'InvalidStateTransition', message);
}

/** Sends 403 to a client that is no runtime. AWS has no such response, as only runtimes reach it. */
export function sendForbidden(response: ServerResponse, message: Message): void {
  sendError(response, 403, 'Forbidden', message);
}

/** Sends 400: the id is not that of the invocation in flight. */
export function sendInvalidRequestId(response: ServerResponse): void {
  sendError(response, 400, 'InvalidRequestID', messages.invalidRequestId());
}

/** Sends 413 for a response over the limit, in bytes. */
export function sendTooLarge(response: ServerResponse, limit: number): void {
  sendError(response, 413, 'RequestEntityTooLarge', messages.payloadTooLarge({ number: limit }));
}

/** Sends 404 for an unknown path, 405 for a known path with a wrong method. */
export function sendNoSuchCall(response: ServerResponse, status: 404 | 405): void {
  const body = status === 404 ? `${messages.noSuchPage()}\n` : '';
  response.writeHead(status, {
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Length': body.length,
  });
  response.end(body);
}

function sendError(
  response: ServerResponse,
  status: number,
  errorType: string,
  errorMessage: Message,
): void {
  const body = Buffer.from(`${JSON.stringify({ errorMessage, errorType })}\n`);
  response.writeHead(status, {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
  });
  response.end(body);
}
