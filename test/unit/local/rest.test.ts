import { describe, expect, it } from 'vitest';
import type { GatewayRequest } from '../../../src/local/gateway/integration.ts';
import { restApi } from '../../../src/local/gateway/payload-v1.ts';
import { eventOf, payload, request, responseOf, valuesOf } from '../../support/gateway.ts';

const IDS = request().ids;

const event = (more: Partial<GatewayRequest>, route = 'ANY /{proxy+}', types?: string[]) =>
  eventOf(restApi(types), route, more);
const response = (result: unknown, more: Partial<GatewayRequest> = {}, types?: string[]) =>
  responseOf(restApi(types), result, more);

describe('an event of a REST API', () => {
  it('holds every field of payload 1.0', () => {
    const made = event(
      {
        method: 'POST',
        path: '/path/to/resource',
        query: 'foo=bar',
        rawHeaders: [
          'Host',
          '1234567890.execute-api.eu-west-1.amazonaws.com',
          'User-Agent',
          'Custom User Agent String',
          'content-type',
          'application/json',
        ],
        body: Buffer.from('{"name":"Ada"}'),
      },
      'POST /{proxy+}',
    );
    const headers = {
      Host: '1234567890.execute-api.eu-west-1.amazonaws.com',
      'User-Agent': 'Custom User Agent String',
      'content-type': 'application/json',
      'X-Amzn-Trace-Id': IDS.traceRoot,
      'X-Forwarded-For': '127.0.0.1',
      'X-Forwarded-Port': '3000',
      'X-Forwarded-Proto': 'http',
    };
    expect(made).toEqual({
      resource: '/{proxy+}',
      path: '/path/to/resource',
      httpMethod: 'POST',
      headers,
      multiValueHeaders: Object.fromEntries(
        Object.entries(headers).map(([name, value]) => [name, [value]]),
      ),
      queryStringParameters: { foo: 'bar' },
      multiValueQueryStringParameters: { foo: ['bar'] },
      pathParameters: { proxy: 'path/to/resource' },
      stageVariables: null,
      requestContext: {
        accountId: '123456789012',
        apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
        deploymentId: expect.stringMatching(/^[a-z0-9]{6}$/),
        domainName: '1234567890.execute-api.eu-west-1.amazonaws.com',
        domainPrefix: '1234567890',
        extendedRequestId: 'JKJaXmPLvHcESHA=',
        httpMethod: 'POST',
        identity: {
          accessKey: null,
          accountId: null,
          caller: null,
          cognitoAuthenticationProvider: null,
          cognitoAuthenticationType: null,
          cognitoIdentityId: null,
          cognitoIdentityPoolId: null,
          principalOrgId: null,
          sourceIp: '127.0.0.1',
          user: null,
          userAgent: 'Custom User Agent String',
          userArn: null,
        },
        path: '/dev/path/to/resource',
        protocol: 'HTTP/1.1',
        requestId: 'c6af9ac6-7b61-11e6-9a41-93e8deadbeef',
        requestTime: '12/Mar/2020:19:03:58 +0000',
        requestTimeEpoch: 1584039838390,
        resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
        resourcePath: '/{proxy+}',
        stage: 'dev',
      },
      body: '{"name":"Ada"}',
      isBase64Encoded: false,
    });
  });

  it.each([
    ['flag', { flag: '' }, { flag: [''] }],
    ['toString=1', { toString: '1' }, { toString: ['1'] }],
  ])('reads the query %s', (query, last, all) => {
    const made = event({ query });
    expect(made.queryStringParameters).toEqual(last);
    expect(made.multiValueQueryStringParameters).toEqual(all);
  });

  it('takes a name for a name, whatever it means to JavaScript', () => {
    const made = JSON.stringify(event({ query: '__proto__=1&__proto__=2' }));
    expect(made).toContain('"queryStringParameters":{"__proto__":"2"}');
    expect(made).toContain('"multiValueQueryStringParameters":{"__proto__":["1","2"]}');
  });

  it('adds itself to the proxies that the request came through', () => {
    const made = event({
      rawHeaders: ['x-forwarded-for', '203.0.113.9', 'X-Forwarded-Proto', 'a'],
    });
    expect(made.multiValueHeaders).toMatchObject({
      'X-Forwarded-For': ['203.0.113.9, 127.0.0.1'],
      'X-Forwarded-Proto': ['http'],
    });
    expect(made.headers).not.toHaveProperty('x-forwarded-for');
  });

  it.each(['Connection', 'keep-alive', 'Transfer-Encoding', 'TE', 'Upgrade', 'Expect'])(
    'leaves the header %s of the connection out',
    (name) => {
      expect(event({ rawHeaders: [name, 'x'] }).headers).not.toHaveProperty(name);
    },
  );

  it.each([
    [[], 'image/png', false],
    [['image/png'], 'image/png', true],
    [['image/png'], 'Image/PNG; a=b', true],
    [['image/*'], 'image/png', true],
    [['image/*'], 'text/plain', false],
    [['*/*'], undefined, true],
    [['image/png'], undefined, false],
  ])('with binaryMediaTypes %j has a body of type %s in base64: %s', (types, type, base64) => {
    const rawHeaders = type === undefined ? [] : ['Content-Type', type];
    const made = event({ rawHeaders, body: Buffer.from('é') }, undefined, types);
    expect(made.isBase64Encoded).toBe(base64);
    expect(made.body).toBe(base64 ? 'w6k=' : 'é');
  });
});

describe('a response of a REST API', () => {
  it('carries status, headers and body of the function, and the ids', () => {
    const made = response({ statusCode: 201, headers: { 'X-A': 'b', N: 1, T: true }, body: 'é' });
    expect(made).toEqual({
      status: 201,
      headers: [
        ...['X-A', 'b', 'N', '1', 'T', 'true'],
        ...['Content-Type', 'application/json'],
        ...['X-Amzn-Trace-Id', IDS.traceRoot],
        ...['x-amzn-RequestId', IDS.requestId],
        ...['x-amz-apigw-id', IDS.extendedRequestId],
      ],
      body: Buffer.from('é'),
    });
  });

  it('has one type, in whatever case the function gives it', () => {
    const made = response({ statusCode: 200, headers: { 'content-type': 'text/plain' } });
    expect(valuesOf(made, 'Content-Type')).toEqual(['text/plain']);
  });

  it.each(['Date', 'Server', 'Connection', 'WWW-Authenticate', 'Content-Length'])(
    'renames %s',
    (name) => {
      const made = response({ statusCode: 200, headers: { [name.toLowerCase()]: 'x' } });
      expect(valuesOf(made, name)).toEqual([]);
      expect(made.headers).toContain(`x-amzn-Remapped-${name}`);
    },
  );

  it.each(['Transfer-Encoding', 'Trailer', 'Keep-Alive', 'Upgrade'])('leaves %s out', (name) => {
    expect(valuesOf(response({ statusCode: 200, headers: { [name]: 'x' } }), name)).toEqual([]);
  });

  it.each([
    [[], 'image/png', 'aGk='],
    [['image/png'], 'image/png', 'hi'],
    [['image/png'], 'image/png;q=0.9, text/html', 'hi'],
    [['image/png'], 'text/html, image/png', 'aGk='],
    [['image/png'], 'image/*', 'aGk='],
    [['image/*'], 'image/png', 'hi'],
    [['image/*'], '*/*', 'aGk='],
    [['image/*'], 'image', 'aGk='],
    [['application/*'], 'application/*', 'hi'],
    [['*/test'], 'random/test', 'aGk='],
    [['*/test'], '*/test', 'aGk='],
    [['image/png'], undefined, 'aGk='],
    [['*/*'], undefined, 'hi'],
  ])('with binaryMediaTypes %j and Accept %s decodes base64 to %s', (types, accept, body) => {
    const rawHeaders = accept === undefined ? [] : ['Accept', accept];
    const result = { statusCode: 200, body: 'aGk=', isBase64Encoded: true };
    expect(response(result, { rawHeaders }, types).body.toString()).toBe(body);
  });

  it.each([
    ['', 'it is not a JSON object'],
    ['hello', 'it is not a JSON object'],
    ['null', 'it is not a JSON object'],
    ['[]', 'it is not a JSON object'],
    [{}, 'it is an empty object'],
    [{ statusCode: null }, 'its statusCode is null'],
    [{ statusCode: 'ok' }, 'its statusCode is "ok"'],
    [{ statusCode: 200.5 }, 'its statusCode is 200.5'],
    [{ statusCode: 101 }, 'its statusCode is 101'],
    [{ statusCode: 600 }, 'its statusCode is 600'],
    [{ statusCode: 200, body: { a: 1 } }, 'its body is of the type object, not a string'],
    [{ statusCode: 200, body: [] }, 'its body is a list, not a string'],
    [{ statusCode: 200, body: 1 }, 'its body is of the type number, not a string'],
    [{ statusCode: 200, cookies: [] }, 'it has the key cookies'],
    [{ statusCode: 200, headers: [] }, 'its headers are not a map'],
    [{ statusCode: 200, headers: { A: ['b'] } }, 'its header A is not a string'],
    [{ statusCode: 200, headers: { 'A B': 'c' } }, 'its header A B cannot be sent'],
    [{ statusCode: 200, headers: { A: 'b\nc' } }, 'its header A cannot be sent'],
    [{ statusCode: 200, headers: { A: '€' } }, 'its header A cannot be sent'],
    [{ statusCode: 200, multiValueHeaders: { A: 'b' } }, 'its multiValueHeaders A is not a list'],
  ])('is malformed where the function returns %j', (result, reason) => {
    expect(restApi().response(payload(result), request())).toEqual({
      malformed: expect.stringContaining(reason),
    });
  });

  it.each([
    ['integration-timeout', 504, '{"message": "Endpoint request timed out"}'],
    ['throttled', 500, '{"message": "Internal server error"}'],
  ] as const)('for %s is %i', (error, status, body) => {
    const made = restApi().error(error, request());
    expect({ status: made.status, body: made.body.toString() }).toEqual({ status, body });
    expect(valuesOf(made, 'Content-Type')).toEqual(['application/json']);
    expect(valuesOf(made, 'x-amzn-RequestId')).toEqual([IDS.requestId]);
    expect(valuesOf(made, 'x-amz-apigw-id')).toEqual([IDS.extendedRequestId]);
  });
});
