import { isRecord } from '../../service/values.ts';
import { parsePayload } from './reply.ts';

/** The type of a streamed response that begins with status and headers. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const SEPARATOR = Buffer.alloc(8);

/**
 * A streamed response as the answer of a proxy integration: its prelude is JSON with
 * `statusCode`, `headers` and `cookies`, then come eight zero bytes and the body
 * (AWS Lambda: "Using Lambda functions with response streaming", custom runtimes).
 *
 * @param type the Content-Type that the runtime gave it
 */
export function streamedAnswer(payload: Buffer, type: string): Buffer {
  const end = type.startsWith(WITH_PRELUDE) ? payload.indexOf(SEPARATOR) : -1;
  const prelude =
    end === -1
      ? { statusCode: 200, headers: { 'Content-Type': type } }
      : parsePayload(payload.subarray(0, end));
  // What is no prelude is no answer either, which the API tells.
  if (!isRecord(prelude)) return payload;
  const body = payload.subarray(end === -1 ? 0 : end + SEPARATOR.length).toString('base64');
  return Buffer.from(JSON.stringify({ ...prelude, body, isBase64Encoded: true }));
}
