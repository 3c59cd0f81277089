import { type IncomingMessage, request } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { CancelledError, errorCode, UserError } from '../errors.ts';
import { asText, recordOf, tryParseJson } from '../util/json.ts';
import { cancelledReading } from '../util/messages.ts';
import { withFullStop } from '../util/text.ts';
import * as messages from './messages.ts';

/** The parameters of an Invoke call. */
export interface InvokeCall {
  /** The name of the function, or its key under `functions:`. */
  readonly name: string;
  /** The event as JSON, passed on unchanged. */
  readonly event: string;
  /** The client context as JSON. */
  readonly clientContext?: string | undefined;
}

/** The response of https://docs.aws.amazon.com/lambda/latest/api/API_Invoke.html. */
export interface InvokeResponse {
  /** Usually JSON. */
  readonly payload: string;
  /** Such as `Unhandled`, where the function has failed; its error is the payload then. */
  readonly functionError: string | undefined;
  /** The last 4 kB of the log. */
  readonly logs: string | undefined;
  readonly requestId: string | undefined;
}

/** The address of a running `dev`. */
interface Address {
  readonly host: string;
  readonly port: number;
}

/**
 * Invokes a function of a running `dev` and waits for its result.
 *
 * @throws UserError when nothing listens, or when the call is refused
 * @throws CancelledError when the signal was aborted
 */
export async function invokeLocal(
  { host, port }: Address,
  { name, event, clientContext }: InvokeCall,
  signal: AbortSignal,
): Promise<InvokeResponse> {
  const address = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const body = Buffer.from(event);
  const headers = {
    'Content-Type': 'application/json',
    'Content-Length': body.length,
    'X-Amz-Log-Type': 'Tail',
    ...(clientContext === undefined ? {} : { 'X-Amz-Client-Context': base64(clientContext) }),
  };
  const path = `/2015-03-31/functions/${encodeURIComponent(name)}/invocations`;
  try {
    // Not fetch, which gives up after 5 minutes: a function may take 15.
    const response = await new Promise<IncomingMessage>((resolve, reject) => {
      const options = { host, port, path, method: 'POST', headers, signal, agent: false };
      request(options, resolve).on('error', reject).end(body);
    });
    return toResponse(response, await buffer(response), name, address);
  } catch (error) {
    if (signal.aborted) throw new CancelledError(cancelledReading());
    throw connectionError(error, address);
  }
}

/** Encodes a client context for its header. */
export const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** Decodes the base64 log of a response. */
export function decodeLog(log: string | undefined): string | undefined {
  return log === undefined ? undefined : Buffer.from(log, 'base64').toString();
}

function toResponse(
  { statusCode = 0, headers }: IncomingMessage,
  body: Buffer,
  name: string,
  address: string,
): InvokeResponse {
  const header = (key: string): string | undefined => asText(headers[key]);
  const type = header('x-amzn-errortype');
  if (statusCode !== 200) throw refusal(statusCode, type, body, name, address);
  return {
    payload: body.toString(),
    functionError: header('x-amz-function-error'),
    logs: decodeLog(header('x-amz-log-result')),
    requestId: header('x-amzn-requestid'),
  };
}

function refusal(
  status: number,
  type: string | undefined,
  body: Buffer,
  name: string,
  address: string,
): UserError {
  if (type === undefined) {
    return new UserError(messages.notDev({ address, status }), 'name the port of dev with --port');
  }
  if (type === 'ResourceNotFoundException') {
    return new UserError(
      messages.otherDev({ address, name }),
      'name the port of the right one with --port, or start dev again',
    );
  }
  const reason = withFullStop(messageOf(body));
  if (type === 'TooManyRequestsException') {
    const problem = messages.tooManyRequests({ name, reason });
    return new UserError(problem, 'the same command again, later');
  }
  return new UserError(messages.callRefused({ address, type, reason }));
}

function messageOf(body: Buffer): string {
  const value = recordOf(tryParseJson(body.toString()));
  return asText(value.Message ?? value.message) ?? body.toString();
}

function connectionError(error: unknown, address: string): unknown {
  const code = errorCode(error);
  if (code === 'ECONNREFUSED') {
    return new UserError(
      messages.nothingListens({ address }),
      'create-lambda-hello dev  in another terminal, or --stage for the deployed function',
    );
  }
  if (code === undefined) return error;
  return new UserError(
    messages.connectionFailed({ address, code }),
    'look at the terminal of  create-lambda-hello dev',
  );
}
