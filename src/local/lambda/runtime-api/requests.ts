import type { IncomingMessage } from 'node:http';
import { type RawResult, reportedError } from '../invocation.ts';
import type { RuntimeCall } from './call.ts';

/** Makes the result of a streamed response; an error in the middle of it is in the trailers. */
export function streamedResult(request: IncomingMessage, payload: Buffer): RawResult {
  const { trailers } = request;
  const type = trailers['lambda-runtime-function-error-type'];
  if (type !== undefined) {
    const body = trailers['lambda-runtime-function-error-body'] ?? '';
    return reportedError(Buffer.from(body, 'base64'), type);
  }
  return { ok: true, payload, streamedAs: streamType(request) };
}

/** Returns the Content-Type of a streamed response. */
export const streamType = ({ headers }: IncomingMessage): string =>
  headers['content-type'] ?? 'application/octet-stream';

/** Returns the type of error that the runtime reports in a header. */
export function errorType({ headers }: Pick<RuntimeCall, 'headers'>): string | undefined {
  const value = headers['lambda-runtime-function-error-type'];
  return typeof value === 'string' ? value : undefined;
}

/** Returns the id of the attempt that a result is of, if the runtime sends it back. */
export function attemptOf({ headers }: Pick<RuntimeCall, 'headers'>): string | undefined {
  const value = headers['lambda-runtime-invocation-id'];
  return typeof value === 'string' ? value : undefined;
}
