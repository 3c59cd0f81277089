import type { IncomingMessage } from 'node:http';
import { type RawResult, reportedError } from './invocation.ts';

/** A response that came in pieces; an error in the middle of it is told behind it. */
export function streamedResult(request: IncomingMessage, payload: Buffer): RawResult {
  const { trailers } = request;
  const type = trailers['lambda-runtime-function-error-type'];
  if (type !== undefined) {
    const body = trailers['lambda-runtime-function-error-body'] ?? '';
    return reportedError(Buffer.from(body, 'base64'), type);
  }
  return { ok: true, payload, streamedAs: streamType(request) };
}

/** The Content-Type of a streamed response. */
export const streamType = ({ headers }: IncomingMessage): string =>
  headers['content-type'] ?? 'application/octet-stream';

/** What kind of error the runtime reports, by its header. */
export function errorType(request: IncomingMessage): string | undefined {
  const value = request.headers['lambda-runtime-function-error-type'];
  return typeof value === 'string' ? value : undefined;
}
