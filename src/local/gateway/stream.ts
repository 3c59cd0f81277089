import { isRecord } from '../../util/json.ts';
import type { Api, GatewayRequest, GatewayResponse, Malformed } from './integration.ts';
import { noPrelude } from './messages.ts';
import { parsePayload } from './response.ts';

/** The Content-Type of a streamed response that begins with a prelude: its status and headers. */
const WITH_PRELUDE = 'application/vnd.awslambda.http-integration-response';
const SEPARATOR = Buffer.alloc(8);
const NO_PRELUDE: Malformed = { malformed: noPrelude() };

/** The limit of a prelude, in bytes. Lambda documents none. */
const MAX_PRELUDE_BYTES = 1024 * 1024;

/**
 * Reads the head of a streamed response. A prelude is JSON with `statusCode`, `headers` and
 * `cookies`; eight zero bytes and the body follow
 * (https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming).
 *
 * @param begun the bytes received so far
 * @param type the Content-Type that the runtime has set
 * @returns undefined while the prelude is incomplete
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

/** Reads a streamed response that is complete. */
export function streamedResponse(
  stream: Buffer,
  type: string,
  api: Api,
  request: GatewayRequest,
): GatewayResponse | Malformed {
  return beginResponse(stream, type, api, request) ?? NO_PRELUDE;
}
