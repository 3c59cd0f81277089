import { decodeParameters } from '../../serverless-yml/http-paths.ts';
import { isRecord } from '../../util/json.ts';
import { notAJsonObject } from '../../util/messages.ts';
import { forwardedHeaders, header } from './headers.ts';
import type { Api, GatewayRequest, Head, Malformed } from './integration.ts';
import { isHttpApiText } from './media-types.ts';
import { HTTP_CONTENT_TYPE, httpApi, httpIdHeaders } from './payload-v2.ts';
import { parsePayload, withBody } from './response.ts';
import { eventV1, headV1 } from './response-v1.ts';

/**
 * An HTTP API with `payload: '1.0'`: the event of a REST API plus `version`, and the errors of an
 * HTTP API
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html).
 */
export const httpApiV1: Api = {
  ...httpApi,
  event(request, match) {
    const { route } = match;
    const text = isHttpApiText(header(request.rawHeaders, 'content-type'));
    const headers = forwardedHeaders(request);
    if (header(headers, 'content-length') === undefined) {
      headers.push('content-length', String(request.body.length));
    }
    const { requestContext, ...event } = eventV1(request, match, { headers, binary: !text });
    return {
      version: '1.0',
      ...event,
      pathParameters: event.pathParameters && decodeParameters(match.parameters),
      requestContext: {
        ...requestContext,
        requestId: request.ids.extendedRequestId,
        resourceId: route.routeKey,
      },
    };
  },
  head,
  response(payload, request) {
    const result = parsePayload(payload);
    if (!isRecord(result)) return { malformed: notAJsonObject() };
    return withBody(head(result, request), result);
  },
};

function head(
  result: Readonly<Record<string, unknown>>,
  { ids }: GatewayRequest,
): Head | Malformed {
  const read = headV1(result);
  if ('malformed' in read) return read;
  const { status, headers } = read;
  if (!headers.has('content-type')) headers.set('Content-Type', HTTP_CONTENT_TYPE);
  headers.list.push(...httpIdHeaders(ids));
  return { status, headers: headers.list };
}
