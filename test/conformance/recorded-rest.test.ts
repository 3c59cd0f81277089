// What was recorded against a REST API of AWS, row by row:
// https://github.com/localstack/localstack/blob/main/tests/aws/services/apigateway/test_apigateway_lambda.py

import { describe, expect, it } from 'vitest';
import { serveForAll } from '../support/conformance.ts';

const { event, returning, ask, reports } = serveForAll(
  '  stage: stage',
  `  f:
    handler: main.f
    events:
      - http: ANY /{proxy+}
      - http: GET /hardcoded
      - http: GET /restaurants/
`,
);

const EMAILS = 'user/test%2Balias@gmail.com/plus/test+alias@gmail.com';

describe('the path of a request to a REST API', () => {
  it.each<[string, string, string | null, string]>([
    ['/stage/proxy-value', '/proxy-value', 'proxy-value', '/stage/proxy-value'],
    ['/stage/proxy-value/', '/proxy-value/', 'proxy-value', '/stage/proxy-value/'],
    [
      '/stage/proxy-value//double-slash',
      '/proxy-value//double-slash',
      'proxy-value//double-slash',
      '/stage/proxy-value//double-slash',
    ],
    ['//stage/proxy-value', '/proxy-value', 'proxy-value', '/stage/proxy-value'],
    ['/stage//proxy-value', '/proxy-value', 'proxy-value', '/stage//proxy-value'],
    ['/stage//hardcoded', '/hardcoded', null, '/stage//hardcoded'],
    [`/stage/${EMAILS}`, `/${EMAILS}`, EMAILS, `/stage/${EMAILS}`],
    // The same without the stage, which AWS does not know.
    ['/proxy-value/', '/proxy-value/', 'proxy-value', '/stage/proxy-value/'],
    ['//hardcoded', '/hardcoded', null, '/stage//hardcoded'],
  ])('%s is the path %s, with the parameter %s', async (sent, path, proxy, contextPath) => {
    expect(await event(`GET ${sent}`)).toMatchObject({
      path,
      pathParameters: proxy === null ? null : { proxy },
      requestContext: { path: contextPath },
    });
  });

  it.each(['/restaurants', '/restaurants/', '/stage/restaurants/'])(
    '%s leads to the resource that is configured with a slash at its end',
    async (path) => {
      expect((await event(`GET ${path}`)).resource).toBe('/restaurants');
    },
  );
});

describe('the query of a request to a REST API', () => {
  it.each([
    ['plus=test+alias@gmail.com', { plus: 'test alias@gmail.com' }],
    ['email=test%2Balias@gmail.com', { email: 'test+alias@gmail.com' }],
    ['whitespace=foo%20bar', { whitespace: 'foo bar' }],
    ['url=https://www.google.com/', { url: 'https://www.google.com/' }],
    ['category=electronics&category=books', { category: 'books' }],
  ])('%s is decoded: %j', async (query, decoded) => {
    expect((await event(`GET /a?${query}`)).queryStringParameters).toEqual(decoded);
  });

  it('has every value of a name', async () => {
    const query = 'price=10&price=20&price=30&name=a%20b&empty=';
    const { multiValueQueryStringParameters } = await event(`GET /a?${query}`);
    expect(multiValueQueryStringParameters).toEqual({
      price: ['10', '20', '30'],
      name: ['a b'],
      empty: [''],
    });
  });
});

describe('an event of a REST API', () => {
  it.each([
    ['tEsT-HEADeR', 'tEsT-HEADeR'],
    ['foobar', 'foobar'],
    ['accept', 'Accept'],
    ['ACCEPT-encoding', 'Accept-Encoding'],
    ['aUThorization', 'Authorization'],
    ['hOST', 'Host'],
    ['user-Agent', 'User-Agent'],
  ])('has the header %s as %s', async (sent, name) => {
    const value = sent === 'hOST' ? 'localhost:1' : 'a value';
    const { headers, multiValueHeaders } = await event('GET /a', { [sent]: value });
    expect(headers[name]).toBe(value);
    expect(multiValueHeaders[name]).toEqual([value]);
    if (name !== sent) expect(headers).not.toHaveProperty(sent);
  });

  it.each(['X-Forwarded-For', 'X-Forwarded-Port', 'X-Forwarded-Proto', 'X-Amzn-Trace-Id'])(
    'has %s under that name',
    async (name) => {
      const { headers } = await event('GET /a', { [name.toLowerCase()]: '1' });
      expect(headers).toHaveProperty(name);
      expect(headers).not.toHaveProperty(name.toLowerCase());
    },
  );

  it('has no Content-Length', async () => {
    const { headers } = await event('POST /a', { 'Content-Length': '2' }, '{}');
    expect(Object.keys(headers).map((name) => name.toLowerCase())).not.toContain('content-length');
  });
});

describe('a function of a REST API', () => {
  const INTERNAL_ERROR = '{"message": "Internal server error"}';
  const BASE64 = 'dGVzdC1kYXRh';

  it.each<[unknown, number, string]>([
    [{ statusCode: 200 }, 200, ''],
    [{ statusCode: 200, headers: null, multiValueHeaders: null }, 200, ''],
    [{ headers: { 'test-header': 'value' } }, 200, ''],
    [{ statusCode: '201' }, 201, ''],
    [{ statusCode: 200, body: BASE64, isBase64Encoded: true }, 200, BASE64],
    [{ statusCode: 200, body: BASE64 }, 200, BASE64],
    [{ statusCode: 200, wrongValue: 'value' }, 502, INTERNAL_ERROR],
    [{}, 502, INTERNAL_ERROR],
    ['"justAString"', 502, INTERNAL_ERROR],
    [{ statusCode: 'test' }, 502, INTERNAL_ERROR],
    [{ statusCode: 200, multiValueHeaders: { a: 'value1' } }, 502, INTERNAL_ERROR],
  ])('that returns %j is %i for the client', async (result, status, text) => {
    const response = await returning(result);
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
    expect(response.headers).toMatchObject({
      'content-type': 'application/json',
      'content-length': String(text.length),
      ...(status === 502 && { 'x-amzn-errortype': 'InternalServerErrorException' }),
    });
  });

  it.each<[object, string[]]>([
    [{ headers: { 'header-bool': true } }, ['header-bool: true']],
    [
      { multiValueHeaders: { 'test-multi': ['value1', 'value2'] } },
      ['test-multi: value1', 'test-multi: value2'],
    ],
    [
      { headers: { 'test-multi': 'solo' }, multiValueHeaders: { 'test-multi': ['multi'] } },
      ['test-multi: multi', 'test-multi: solo'],
    ],
    [
      { headers: { 'test-multi': 'solo' }, multiValueHeaders: { 'tesT-Multi': ['multi'] } },
      ['tesT-Multi: multi', 'tesT-Multi: solo'],
    ],
  ])('that returns %j sends %j', async (headers, expected) => {
    const { rawHeaders } = await returning({ statusCode: 200, ...headers });
    const lines = rawHeaders.map((name, index) => `${name}: ${rawHeaders[index + 1]}`);
    expect(lines.filter((line) => /^(test|header)-/i.test(line))).toEqual(expected);
  });

  it('is told of once why its binary body went out as base64', async () => {
    await returning({ statusCode: 200, body: BASE64, isBase64Encoded: true });
    await returning({ statusCode: 200, body: BASE64, isBase64Encoded: true });
    const told = reports().filter(
      (report) => report.type === 'warning' && report.message.includes('binaryMediaTypes'),
    );
    expect(told).toHaveLength(1);
  });

  it('that throws is 502 for the client', async () => {
    const response = await ask('GET /a', { 'X-Error': Buffer.from('{}').toString('base64') });
    expect({ status: response.status, text: response.text }).toEqual({
      status: 502,
      text: INTERNAL_ERROR,
    });
  });
});
