import { recordOf } from '../../util/json.ts';

type Json = Record<string, unknown>;

/**
 * Makes the event of a route of a WebSocket API of that of a message: of a connection, of a
 * disconnection, or of a message that selects the route
 * (https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-routes-integrations.html).
 */
export function withRoute(message: Json, route: string): Json {
  const { messageId, ...context } = recordOf(message.requestContext);
  const { body, isBase64Encoded } = message;
  const domain = String(context.domainName);
  switch (route) {
    case '$connect':
      return {
        ...headersOf({
          Host: domain,
          'Sec-WebSocket-Key': 'dGhlIHNhbXBsZSBub25jZQ==',
          'Sec-WebSocket-Version': '13',
          'X-Forwarded-For': '203.0.113.7',
          'X-Forwarded-Port': '443',
          'X-Forwarded-Proto': 'https',
        }),
        requestContext: { ...context, routeKey: route, eventType: 'CONNECT' },
        isBase64Encoded,
      };
    case '$disconnect':
      return {
        ...headersOf({ Host: domain, 'x-api-key': '', 'X-Forwarded-For': '', 'x-restapi': '' }),
        requestContext: {
          ...context,
          routeKey: route,
          eventType: 'DISCONNECT',
          disconnectStatusCode: 1001,
          disconnectReason: '',
        },
        isBase64Encoded,
      };
    case '$default':
      return message;
    default:
      return {
        ...message,
        requestContext: { ...context, messageId, routeKey: route },
        body: JSON.stringify({ action: route, ...JSON.parse(String(body)) }),
      };
  }
}

const headersOf = (headers: Readonly<Record<string, string>>) => ({
  headers,
  multiValueHeaders: Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name, [value]]),
  ),
});

/** Returns whether the event is a message, which has a body. */
export const isMessage = (event: Json): boolean =>
  recordOf(event.requestContext).eventType === 'MESSAGE';
