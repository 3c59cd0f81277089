// What AWS's own test tool for .NET has of an HTTP API, row by row:
// https://github.com/aws/aws-lambda-dotnet/tree/master/Tools/LambdaTestTool-v2

import { describe, expect, it } from 'vitest';
import { serveForAll } from '../support/conformance.ts';

const FUNCTION = `  f:
    handler: main.f
    events:
      - httpApi: ANY /a
      - httpApi: GET /products/{name}
      - httpApi: GET /files/{proxy+}
`;
const payloadV2 = serveForAll('', FUNCTION);
const payloadV1 = serveForAll("  httpApi: { payload: '1.0' }", FUNCTION);

const COFFEE = '%E2%98%95%20Coffee';

describe('the path of a request to an HTTP API', () => {
  it.each([
    [`/products/${COFFEE}`, '/products/☕ Coffee', { name: '☕ Coffee' }],
    ['/products/a%2Fb', '/products/a/b', { name: 'a/b' }],
    ['/products/a+b', '/products/a+b', { name: 'a+b' }],
    ['/files/a%20b/c', '/files/a b/c', { proxy: 'a b/c' }],
  ])('%s is decoded in payload 2.0: %s', async (sent, path, pathParameters) => {
    expect(await payloadV2.event(`GET ${sent}`)).toMatchObject({
      rawPath: path,
      requestContext: { http: { path } },
      pathParameters,
    });
  });

  it('is encoded in payload 1.0, and its parameters are decoded', async () => {
    expect(await payloadV1.event(`GET /products/${COFFEE}`)).toMatchObject({
      path: `/products/${COFFEE}`,
      requestContext: { path: `/products/${COFFEE}` },
      pathParameters: { name: '☕ Coffee' },
    });
  });

  it('has its query encoded in rawQueryString, and decoded elsewhere', async () => {
    const query = 'q=Hello%20World&tag=C%23%20Programming&tag=.NET%20Core';
    expect(await payloadV2.event(`GET /a?${query}`)).toMatchObject({
      rawQueryString: query,
      queryStringParameters: { q: 'Hello World', tag: 'C# Programming,.NET Core' },
    });
  });
});

describe('an event of an HTTP API with payload 1.0', () => {
  it.each([
    ['GET', undefined, '0'],
    ['POST', 'hello', '5'],
  ])('has the length of the body among its headers (%s)', async (method, body, length) => {
    const headers = body === undefined ? {} : { 'content-length': body.length };
    const sent = await payloadV1.event(`${method} /a`, headers, body);
    expect(sent.headers['content-length']).toBe(length);
    expect(sent.multiValueHeaders['content-length']).toEqual([length]);
  });
});

describe('what a function of an HTTP API returns', () => {
  const TEXT = 'text/plain; charset=utf-8';

  it.each<[unknown, number, string, string]>([
    [{ statusCode: 200, body: 'x' }, 200, TEXT, 'x'],
    [{ statusCode: 200 }, 200, TEXT, ''],
    ['"hello"', 200, 'application/json', 'hello'],
    ['"hel\\"lo"', 200, 'application/json', 'hel"lo'],
    ['hello', 200, 'application/json', 'hello'],
    ['', 200, 'application/json', ''],
    ['null', 200, 'application/json', 'null'],
    ['42.0', 200, 'application/json', '42.0'],
    ['{"body":"x"}', 200, 'application/json', '{"body":"x"}'],
    ['{"a": 1}', 200, 'application/json', '{"a": 1}'],
    ['[1, true]', 200, 'application/json', '[1, true]'],
    ['7', 200, 'application/json', '7'],
    // It is not even looked at whether it is JSON.
    ['{"name": "John Doe", "age":', 200, 'application/json', '{"name": "John Doe", "age":'],
    [{ statusCode: 'x' }, 500, 'application/json', '{"message":"Internal Server Error"}'],
    [{ statusCode: 200.5 }, 500, 'application/json', '{"message":"Internal Server Error"}'],
  ])('with payload 2.0, %j, is %i of the type %s: %s', async (result, status, type, text) => {
    const response = await payloadV2.returning(result);
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
    expect(response.headers['content-type']).toBe(type);
  });

  it.each<[unknown, number, string, string]>([
    [{ statusCode: 200, body: 'x' }, 200, TEXT, 'x'],
    ['"hello"', 500, 'application/json', '{"message":"Internal Server Error"}'],
    [{ statusCode: 0 }, 500, 'application/json', '{"message":"Internal Server Error"}'],
  ])('with payload 1.0, %j, is %i of the type %s: %s', async (result, status, type, text) => {
    const response = await payloadV1.returning(result);
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
    expect(response.headers['content-type']).toBe(type);
  });
});
