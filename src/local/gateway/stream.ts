import { isRecord } from '../../util/json.ts';
import type { Api, GatewayRequest, GatewayResponse, Malformed } from './integration.ts';
import { parsePayload } from './response.ts';

/** The type of a streamed response that begins with status and headers. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const SEPARATOR = Buffer.alloc(8);
const NO_PRELUDE: Malformed = { malformed: 'it does not begin with a prelude of JSON' };

/** The most that a prelude may have, in bytes. Lambda's own limit is not documented. */
const MAX_PRELUDE_BYTES = 1024 * 1024;

/**
 * The response that a streamed response begins. A prelude is JSON with `statusCode`, `headers` and
 * `cookies`, then come eight zero bytes and the body (AWS Lambda: "Using Lambda functions with
 * response streaming", custom runtimes).
 *
 * @param begun what has come of it
 * @param type the Content-Type that the runtime gave it
 * @returns undefined as long as the prelude is not complete
 */
export function beginResponse(
  begun: Buffer,
  type: string,
  api: Api,
  request: GatewayRequest,
): GatewayResponse | Malformed | undefined {
  const hasPrelude = type.startsWith(WITH_PRELUDE);
  const end = hasPrelude ? begun.indexOf(SEPARATOR) : 0;
  if (end === -1) return begun.length > MAX_PRELUDE_BYTES ? NO_PRELUDE : undefined;
  const prelude = hasPrelude
    ? parsePayload(begun.subarray(0, end))
    : { headers: { 'Content-Type': type } };
  if (!isRecord(prelude)) return NO_PRELUDE;
  const head = api.head({ statusCode: 200, ...prelude }, request);
  if ('malformed' in head) return head;
  return { ...head, body: hasPrelude ? begun.subarray(end + SEPARATOR.length) : begun };
}

/** The response that a whole streamed response is. */
export function streamedResponse(
  stream: Buffer,
  type: string,
  api: Api,
  request: GatewayRequest,
): GatewayResponse | Malformed {
  return beginResponse(stream, type, api, request) ?? NO_PRELUDE;
}
