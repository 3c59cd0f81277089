import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at, failing, serveForAll } from '../support/conformance.ts';

const { ask, event, returning } = serveForAll(
  "  stage: dev\n  apiGateway: { binaryMediaTypes: ['image/*'] }",
  `  f:
    handler: main.f
    events:
      - http: ANY /a
      - http: GET /static/x
      - http: GET /static/{id}
      - http: POST /static/{id}/items/{item}
      - http: GET /files/{proxy+}
      - http: GET /files/fixed
      - http: { path: /cors, method: get, cors: true }
      - http: GET /
`,
);

describe('an event of a REST API', () => {
  const sample = new URL('../fixtures/events/rest-v1.json', import.meta.url);

  it('has the keys of the sample of AWS, and no others', async () => {
    const captured = JSON.parse(readFileSync(sample, 'utf8'));
    expect(Object.keys(await event('GET /a')).sort()).toEqual(Object.keys(captured).sort());
  });

  it.each<[string, string, unknown]>([
    ['GET /a', 'queryStringParameters', null],
    ['GET /a', 'multiValueQueryStringParameters', null],
    ['GET /a?x=%C3%A4', 'queryStringParameters', { x: 'ä' }],
    ['GET /a?x=', 'queryStringParameters', { x: '' }],
    ['GET /a', 'pathParameters', null],
    ['GET /static/7', 'pathParameters', { id: '7' }],
    ['GET /static/a%20b', 'pathParameters', { id: 'a%20b' }],
    ['GET /static/a%2Fb', 'pathParameters', { id: 'a%2Fb' }],
    ['GET /static/%E2%98%95', 'path', '/static/%E2%98%95'],
    ['GET /static/7/', 'pathParameters', { id: '7' }],
    ['GET /a', 'body', null],
    ['GET /a', 'isBase64Encoded', false],
    ['GET /a', 'requestContext.protocol', 'HTTP/1.1'],
    ['GET /a', 'requestContext.identity.sourceIp', '127.0.0.1'],
    ['GET /a', 'requestContext.identity.userAgent', null],
    ['GET /', 'resource', '/'],
  ])('of %s has %s: %j', async (line, path, expected) => {
    expect(at(await event(line), path)).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ['requestContext.requestId', /^[0-9a-f-]{36}$/],
    ['requestContext.extendedRequestId', /^[\w+/]+={0,2}$/],
    ['headers.X-Amzn-Trace-Id', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/],
  ])('has %s as API Gateway writes it', async (path, pattern) => {
    expect(String(at(await event('GET /a'), path))).toMatch(pattern);
  });

  it('has every value of a header in multiValueHeaders, and the last one in headers', async () => {
    const sent = await event('GET /a', { 'X-MiXeD': ['1', '2'] });
    expect(sent.headers['X-MiXeD']).toBe('2');
    expect(sent.multiValueHeaders['X-MiXeD']).toEqual(['1', '2']);
  });

  it('leaves cookies in their header', async () => {
    const sent = await event('GET /a', { Cookie: 'a=1; b=2' });
    expect(sent.headers.Cookie).toBe('a=1; b=2');
    expect(sent).not.toHaveProperty('cookies');
  });

  it('passes the user agent on', async () => {
    const sent = await event('GET /a', { 'User-Agent': 'tester' });
    expect(at(sent, 'requestContext.identity.userAgent')).toBe('tester');
  });

  it.each([
    ['application/json', false],
    ['image/png', true],
  ])('has a body of the type %s in base64: %s', async (type, isBase64) => {
    const text = '{"name":"hällo 🚀"}';
    const sent = await event('POST /a', { 'Content-Type': type }, text);
    const body = isBase64 ? Buffer.from(text).toString('base64') : text;
    expect(sent).toMatchObject({ body, isBase64Encoded: isBase64 });
  });
});

describe('the routes of a REST API', () => {
  it.each([
    ['GET /static/x', '/static/x'],
    ['GET /static/y', '/static/{id}'],
    ['GET /files/fixed', '/files/fixed'],
    ['GET /files/other', '/files/{proxy+}'],
    ['GET /files/fixed/more', '/files/{proxy+}'],
    ['POST /static/1/items/2', '/static/{id}/items/{item}'],
    ['PATCH /a', '/a'],
    ['OPTIONS /a', '/a'],
  ])('lead %s to %s', async (line, resource) => {
    expect((await event(line)).resource).toBe(resource);
  });

  it.each(['GET /none', 'POST /static/x', 'GET /files', 'GET /A', 'GET /static/1/items/2'])(
    'do not know %s: 403, as on AWS',
    async (line) => {
      const response = await ask(line);
      expect(response.status).toBe(403);
      expect(response.text).toBe('{"message":"Missing Authentication Token"}');
      expect(response.headers).toMatchObject({
        'content-type': 'application/json',
        'x-amzn-errortype': 'MissingAuthenticationTokenException',
        'x-amzn-requestid': expect.stringMatching(/^[0-9a-f-]{36}$/),
        'x-amz-apigw-id': expect.stringMatching(/^[\w+/]+=*$/),
      });
    },
  );

  it.each([
    ['GET /dev/static/7', '/static/{id}', '/static/7', '/dev/static/7'],
    ['GET /dev', '/', '/', '/dev/'],
  ])('are reached below the stage too, as on AWS: %s', async (line, resource, path, context) => {
    const sent = await event(line);
    expect(sent).toMatchObject({ resource, path, requestContext: { path: context } });
  });

  it('answer a CORS preflight without the function', async () => {
    const response = await ask('OPTIONS /cors', { Origin: 'https://x.example' });
    expect(response.status).toBe(200);
    expect(response.headers['access-control-allow-origin']).toBe('*');
    expect(response.headers['access-control-allow-methods']).toBe('OPTIONS,GET');
  });

  it('answer HEAD without a body', async () => {
    const response = await returning({ statusCode: 200, body: 'x'.repeat(1000) }, 'HEAD /a');
    expect({ status: response.status, text: response.text }).toEqual({ status: 200, text: '' });
    expect(response.headers['content-length']).toBe('1000');
  });
});

describe('a response of a REST API', () => {
  it.each<[string, unknown, number, string]>([
    ['an empty one', { statusCode: 204 }, 204, ''],
    ['nothing new', { statusCode: 304 }, 304, ''],
    ['an empty text', { statusCode: 200, body: '' }, 200, ''],
    ['a text', { statusCode: 201, body: 'x' }, 201, 'x'],
    ['no body', { statusCode: 200, body: null }, 200, ''],
    ['a body alone', { body: 'x' }, 200, 'x'],
  ])('of %s is passed on', async (_what, result, status, text) => {
    const response = await returning(result);
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
  });

  it.each<[string, unknown]>([
    ['a body that is no string', { statusCode: 200, body: { a: 1 } }],
    ['a body that is a list', { statusCode: 200, body: [] }],
    ['a statusCode out of range', { statusCode: 99, body: 'x' }],
    ['headers that are no map', { statusCode: 200, headers: [] }],
    ['a header that is a map', { statusCode: 200, headers: { a: {} } }],
    ['a header of two lines', { statusCode: 200, headers: { A: 'b\nc' } }],
    ['no JSON', 'not json'],
    ['a list', '[]'],
    ['null', 'null'],
  ])('that has %s is malformed: 502', async (_what, result) => {
    const response = await returning(result);
    expect(response.status).toBe(502);
    expect(response.text).toBe('{"message": "Internal server error"}');
  });

  it.each([
    ['Content-Type', 'text/x', 'content-type', 'text/x'],
    ['X-Own', '1', 'x-own', '1'],
    ['Date', 'today', 'x-amzn-remapped-date', 'today'],
  ])('has the header %s: %s as %s', async (name, value, sent, expected) => {
    const response = await returning({ statusCode: 200, headers: { [name]: value }, body: 'x' });
    expect(response.headers[sent]).toBe(expected);
  });

  it('has every value of a multiValueHeader, and one that is in both maps once', async () => {
    const response = await returning({
      statusCode: 200,
      headers: { 'X-A': '1' },
      multiValueHeaders: { 'X-A': ['1', '2'], 'Set-Cookie': ['a=1', 'b=2'] },
    });
    expect(response.headers['x-a']).toBe('1, 2');
    expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('is JSON unless it says otherwise, and carries the ids of API Gateway', async () => {
    const { headers } = await returning({ statusCode: 200, body: '{}' });
    expect(headers['content-type']).toBe('application/json');
    expect(headers['x-amzn-requestid']).toMatch(/^[0-9a-f-]{36}$/);
    expect(headers['x-amz-apigw-id']).toMatch(/^[\w+/]+=*$/);
    expect(headers['x-amzn-trace-id']).toMatch(/^Root=1-/);
  });

  it.each([
    ['image/png', 'x'],
    ['text/html', 'eA=='],
  ])('in base64 is decoded for Accept: %s only if that is a binary type', async (accept, text) => {
    const result = { statusCode: 200, body: 'eA==', isBase64Encoded: true };
    expect((await returning(result, 'GET /a', { Accept: accept })).text).toBe(text);
  });

  it.each(Object.entries(failing))('after an %s of the function is 502', async (_what, headers) => {
    const response = await ask('GET /a', headers);
    expect(response.status).toBe(502);
    expect(response.text).toBe('{"message": "Internal server error"}');
    expect(response.headers['x-amzn-errortype']).toBe('InternalServerErrorException');
    expect((await ask('GET /a')).status).toBe(200);
  });

  it('to a body of more than 10 MB is 413', async () => {
    const response = await ask('POST /a', {}, Buffer.alloc(10 * 1024 * 1024 + 1));
    expect({ status: response.status, text: response.text }).toEqual({
      status: 413,
      text: '{"message":"Request Too Long"}',
    });
  });
});
