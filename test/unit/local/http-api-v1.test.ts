import { describe, expect, it } from 'vitest';
import { httpApiV1 } from '../../../src/local/gateway/http-api-v1.ts';
import type { GatewayError, GatewayRequest } from '../../../src/local/gateway/integration.ts';
import { httpApi } from '../../../src/local/gateway/payload-v2.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { eventOf, payload, request, responseOf, valuesOf } from '../../support/gateway.ts';

const event = (more: Partial<GatewayRequest> = {}, route = 'http ANY /orders/{id}') =>
  eventOf(httpApiV1, route, { path: '/orders/a%20b', ...more });
const response = (result: unknown) => responseOf(httpApiV1, result);

describe('an event of an HTTP API with payload 1.0', () => {
  it('has the shape of a REST API, and a version', () => {
    const made = event({
      method: 'POST',
      query: 'a=1&a=2',
      rawHeaders: ['Host', 'localhost:3000', 'Content-Type', 'application/json', 'Cookie', 'x=y'],
      body: Buffer.from('{"é":1}'),
    });
    const { ids, time } = request();
    expect(made).toMatchObject({
      version: '1.0',
      resource: '/orders/{id}',
      path: '/orders/a%20b',
      httpMethod: 'POST',
      headers: { Host: 'localhost:3000', 'Content-Type': 'application/json', Cookie: 'x=y' },
      multiValueHeaders: { Host: ['localhost:3000'], Cookie: ['x=y'] },
      queryStringParameters: { a: '2' },
      multiValueQueryStringParameters: { a: ['1', '2'] },
      pathParameters: { id: 'a b' },
      stageVariables: null,
      requestContext: {
        resourceId: 'ANY /orders/{id}',
        resourcePath: '/orders/{id}',
        httpMethod: 'POST',
        path: '/orders/a%20b',
        stage: '$default',
        requestId: ids.extendedRequestId,
        extendedRequestId: ids.extendedRequestId,
        requestTime: '12/Mar/2020:19:03:58 +0000',
        requestTimeEpoch: time,
        identity: { sourceIp: '127.0.0.1', userAgent: null },
      },
      body: '{"é":1}',
      isBase64Encoded: false,
    });
    for (const key of ['routeKey', 'rawPath', 'rawQueryString', 'cookies']) {
      expect(made).not.toHaveProperty(key);
    }
  });

  it('has null for what is not there', () => {
    expect(event({ path: '/x' }, 'http ANY $default')).toMatchObject({
      resource: '$default',
      queryStringParameters: null,
      pathParameters: null,
      requestContext: { resourceId: '$default', resourcePath: '$default' },
      body: null,
      isBase64Encoded: false,
    });
  });

  it.each([
    ['image/png', true],
    [undefined, true],
    ['text/html', false],
  ])('has a body of type %s in base64: %s, as payload 2.0', (type, base64) => {
    const rawHeaders = type === undefined ? [] : ['Content-Type', type];
    const made = event({ rawHeaders, body: Buffer.from('é') });
    expect(made).toMatchObject({ isBase64Encoded: base64, body: base64 ? 'w6k=' : 'é' });
  });
});

describe('a response of an HTTP API with payload 1.0', () => {
  it('carries status, headers and body of the function', () => {
    const made = response({
      statusCode: 201,
      headers: { Server: 'mine', 'X-A': '1' },
      multiValueHeaders: { 'Set-Cookie': ['a=b', 'c=d'] },
      body: 'aGk=',
      isBase64Encoded: true,
    });
    expect(made).toEqual({
      status: 201,
      headers: [
        ...['Set-Cookie', 'a=b', 'Set-Cookie', 'c=d', 'Server', 'mine', 'X-A', '1'],
        ...['Content-Type', 'text/plain; charset=utf-8'],
        ...['apigw-requestid', request().ids.extendedRequestId],
      ],
      body: Buffer.from('hi'),
    });
    expect(valuesOf(made, 'x-amzn-requestid')).toEqual([]);
  });

  it.each([
    ['hello', 'it is not a JSON object'],
    [[1], 'it is not a JSON object'],
    [{ body: 'x' }, 'it has no statusCode'],
    [{ statusCode: 200, body: {} }, 'its body is of the type object'],
    [{ statusCode: 200, headers: 1 }, 'its headers are not a map'],
  ])('is malformed: %j', (result, message) => {
    expect(httpApiV1.response(payload(result), request())).toEqual({
      malformed: expect.stringContaining(message),
    });
  });

  it.each<GatewayError>(['no-route', 'function-error', 'integration-timeout', 'too-large'])(
    'is that of every HTTP API for %s',
    (error) => {
      expect(httpApiV1.error(error, request())).toEqual(httpApi.error(error, request()));
      expect(httpApiV1.integrationTimeoutMs).toBe(httpApi.integrationTimeoutMs);
    },
  );
});

describe('the functions with payload 1.0', () => {
  const payloadV1 = (provider: string, own: string) => {
    const text = `service: shop
provider: { name: aws, runtime: provided.al2023${provider} }
functions:
  f: { handler: main.f${own} }
  g: { handler: main.g }
`;
    const { service } = readServerlessYml(text, { file: 'serverless.yml', env: {} });
    return [...(service.gateway?.payloadV1 ?? [])];
  };
  const one = ", httpApi: { payload: '1.0' }";
  const two = ", httpApi: { payload: '2.0' }";

  it.each([
    ['none of them says it', '', '', []],
    ['the provider says it', one, '', ['f', 'g']],
    ['a function says it', '', one, ['f']],
    ['a function says otherwise', one, two, ['g']],
    ['the provider has something else', ', httpApi: { cors: true }', '', []],
    ['the provider has an id only', ', httpApi: x', '', []],
  ])('are known where %s', (_, provider, own, expected) => {
    expect(payloadV1(provider, own)).toEqual(expected);
  });
});
