import { describe, expect, it } from 'vitest';
import type { GatewayRequest } from '../../../src/local/gateway/integration.ts';
import { httpApi } from '../../../src/local/gateway/payload-v2.ts';
import { eventOf, payload, request, responseOf, valuesOf } from '../../support/gateway.ts';

const IDS = request().ids;

const event = (more: Partial<GatewayRequest>, route: string) => eventOf(httpApi, route, more);
const response = (result: unknown) => responseOf(httpApi, result);

describe('an event of an HTTP API', () => {
  it('holds every field of payload 2.0', () => {
    const made = event(
      {
        method: 'POST',
        path: '/orders/a%20b',
        query: 'parameter1=value1&parameter1=value2&parameter2=va%20lue',
        rawHeaders: [
          ...['Host', 'id.execute-api.eu-west-1.amazonaws.com', 'User-Agent', 'agent'],
          ...['Header1', 'value1', 'Header2', 'value1', 'header2', 'value2'],
          ...['Cookie', 'cookie1=a; cookie2=b', 'Content-Type', 'application/json'],
        ],
        body: Buffer.from('{"name":"Ada"}'),
      },
      'http POST /orders/{id}',
    );
    expect(made).toEqual({
      version: '2.0',
      routeKey: 'POST /orders/{id}',
      rawPath: '/orders/a b',
      rawQueryString: 'parameter1=value1&parameter1=value2&parameter2=va%20lue',
      cookies: ['cookie1=a', 'cookie2=b'],
      headers: {
        host: 'id.execute-api.eu-west-1.amazonaws.com',
        'user-agent': 'agent',
        header1: 'value1',
        header2: 'value1,value2',
        'content-type': 'application/json',
        'x-amzn-trace-id': IDS.traceRoot,
        'x-forwarded-for': '127.0.0.1',
        'x-forwarded-port': '3000',
        'x-forwarded-proto': 'http',
      },
      queryStringParameters: { parameter1: 'value1,value2', parameter2: 'va lue' },
      requestContext: {
        accountId: '123456789012',
        apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
        domainName: 'id.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: 'id',
        http: {
          method: 'POST',
          path: '/orders/a b',
          protocol: 'HTTP/1.1',
          sourceIp: '127.0.0.1',
          userAgent: 'agent',
        },
        requestId: 'JKJaXmPLvHcESHA=',
        routeKey: 'POST /orders/{id}',
        stage: '$default',
        time: '12/Mar/2020:19:03:58 +0000',
        timeEpoch: 1584039838390,
      },
      body: '{"name":"Ada"}',
      pathParameters: { id: 'a b' },
      isBase64Encoded: false,
    });
  });
});

describe('a response of an HTTP API', () => {
  it('carries status, headers, cookies and body of the function', () => {
    const made = response({
      statusCode: 201,
      headers: { 'Content-Type': 'text/html' },
      cookies: ['a=b', 'c=d'],
      body: 'é',
    });
    expect(made).toEqual({
      status: 201,
      headers: [
        ...['Content-Type', 'text/html', 'Set-Cookie', 'a=b', 'Set-Cookie', 'c=d'],
        ...['apigw-requestid', IDS.extendedRequestId],
      ],
      body: Buffer.from('é'),
    });
  });

  it.each([
    [{ statusCode: 'x' }, 'its statusCode is "x"'],
    [{ statusCode: 200, body: {} }, 'its body is of the type object'],
    [{ statusCode: 200, headers: 'x' }, 'its headers are not a map'],
    [{ statusCode: 200, cookies: 'a=b' }, 'its cookies are not a list'],
    [{ statusCode: 200, cookies: ['a\r\nb'] }, 'its header Set-Cookie cannot be sent'],
  ])('is malformed where the function returns %j', (result, reason) => {
    expect(httpApi.response(payload(result), request())).toEqual({
      malformed: expect.stringContaining(reason),
    });
  });

  it.each([
    ['integration-timeout', 503, '{"message":"Service Unavailable"}'],
    ['throttled', 503, '{"message":"Service Unavailable"}'],
  ] as const)('for %s is %i', (error, status, body) => {
    const made = httpApi.error(error, request());
    expect({ status: made.status, body: made.body.toString() }).toEqual({ status, body });
    expect(valuesOf(made, 'apigw-requestid')).toEqual([IDS.extendedRequestId]);
  });
});
