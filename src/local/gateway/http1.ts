import { isRecord } from '../../service/values.ts';
import type { Api } from './api.ts';
import { header } from './headers.ts';
import { HTTP_CONTENT_TYPE, httpApi, httpIdHeaders } from './http.ts';
import { isHttpApiText } from './media-types.ts';
import { parsePayload } from './reply.ts';
import { event1, reply1 } from './rest.ts';

/**
 * API Gateway HTTP API with `payload: '1.0'`: the event of a REST API with a version,
 * and the errors of an HTTP API (AWS: "Create AWS Lambda proxy integrations for HTTP APIs").
 */
export const httpApi1: Api = {
  ...httpApi,
  event(request, match) {
    const { route } = match;
    const text = isHttpApiText(header(request.rawHeaders, 'content-type'));
    const { requestContext, ...event } = event1(request, match, !text);
    return {
      version: '1.0',
      ...event,
      requestContext: {
        ...requestContext,
        requestId: request.ids.extendedRequestId,
        resourceId: route.routeKey,
        // The stage $default is not part of the path.
        path: request.path,
      },
    };
  },
  reply(payload, { ids }) {
    const result = parsePayload(payload);
    if (!isRecord(result)) return { malformed: 'it is not a JSON object' };
    const read = reply1(result, true);
    if ('malformed' in read) return read;
    const { status, headers, body } = read;
    if (!headers.has('content-type')) headers.set('Content-Type', HTTP_CONTENT_TYPE);
    headers.list.push(...httpIdHeaders(ids));
    return { status, headers: headers.list, body };
  },
};
