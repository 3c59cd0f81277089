import { isRecord } from '../../service/values.ts';
import type { Malformed } from './api.ts';
import { parsePayload } from './reply.ts';

/** The type of a streamed response that begins with status and headers. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const SEPARATOR = Buffer.alloc(8);

/**
 * The prelude of a streamed response, and what comes behind it. The prelude is JSON
 * with `statusCode`, `headers` and `cookies`, then come eight zero bytes and the body
 * (AWS Lambda: "Using Lambda functions with response streaming", custom runtimes).
 * Undefined as long as the prelude is not complete.
 *
 * @param type the Content-Type that the runtime gave it
 */
export function splitStream(
  stream: Buffer,
  type: string,
): { readonly prelude: unknown; readonly body: Buffer } | undefined {
  if (!type.startsWith(WITH_PRELUDE)) {
    return { prelude: { statusCode: 200, headers: { 'Content-Type': type } }, body: stream };
  }
  const end = stream.indexOf(SEPARATOR);
  if (end === -1) return undefined;
  const prelude = parsePayload(stream.subarray(0, end));
  return { prelude, body: stream.subarray(end + SEPARATOR.length) };
}

/** A whole streamed response as the answer of a proxy integration. */
export function streamedAnswer(payload: Buffer, type: string): Buffer | Malformed {
  const { prelude, body } = splitStream(payload, type) ?? {};
  if (!isRecord(prelude) || !body) return { malformed: 'it does not begin with a prelude of JSON' };
  const encoded = { body: body.toString('base64'), isBase64Encoded: true };
  return Buffer.from(JSON.stringify({ ...prelude, ...encoded }));
}
