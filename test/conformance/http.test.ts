import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { at, failing, serveForAll } from '../support/conformance.ts';

const { ask, event, returning } = serveForAll(
  "  httpApi: { cors: { allowedOrigins: ['https://a.example'], exposedResponseHeaders: [X-A] } }",
  `  f:
    handler: main.f
    events:
      - httpApi: GET /a
      - httpApi: POST /a
      - httpApi: ANY /any
      - httpApi: GET /any
      - httpApi: GET /static/x
      - httpApi: GET /static/{id}
      - httpApi: GET /files/{proxy+}
      - httpApi: ANY /files/{proxy+}
      - httpApi: GET /files/{one}
`,
);
const catchAll = serveForAll(
  '',
  `  f:
    handler: main.f
    events:
      - httpApi: '*'
      - httpApi: GET /a
`,
);
const perFunction = serveForAll(
  '',
  `  f:
    handler: main.f
    httpApi: { payload: '1.0' }
    events:
      - httpApi: GET /one
      - http: GET /rest
  g:
    handler: main.g
    events:
      - httpApi: GET /two
`,
);

describe('an event of an HTTP API', () => {
  const sample = new URL('../fixtures/events/http-v2.json', import.meta.url);

  it('has the keys that API Gateway documents, and no others', async () => {
    const sent = await event('GET /static/7?x=1', { Cookie: 'a=1' });
    const keys =
      'cookies headers isBase64Encoded pathParameters queryStringParameters rawPath rawQueryString requestContext routeKey version';
    expect(Object.keys(sent).sort()).toEqual(keys.split(' '));
    const context =
      'accountId apiId domainName domainPrefix http requestId routeKey stage time timeEpoch';
    expect(Object.keys(sent.requestContext).sort()).toEqual(context.split(' '));
  });

  it('has no key that the sample of AWS has not', async () => {
    const captured = JSON.parse(readFileSync(sample, 'utf8'));
    const known = new Set([...Object.keys(captured), 'pathParameters', 'stageVariables']);
    const sent = await event('GET /static/7?x=1', { Cookie: 'a=1' });
    expect(Object.keys(sent).filter((key) => !known.has(key))).toEqual([]);
  });

  it.each<[string, string, unknown]>([
    ['GET /a', 'rawQueryString', ''],
    ['GET /a', 'queryStringParameters', undefined],
    ['GET /a', 'pathParameters', undefined],
    ['GET /a', 'cookies', undefined],
    ['GET /a', 'body', undefined],
    ['GET /a', 'isBase64Encoded', false],
    ['GET /a', 'requestContext.http.protocol', 'HTTP/1.1'],
    ['GET /a', 'requestContext.http.sourceIp', '127.0.0.1'],
    ['GET /files/a/b', 'pathParameters', { proxy: 'a/b' }],
  ])('of %s has %s: %j', async (line, path, expected) => {
    expect(at(await event(line), path)).toEqual(expected);
  });

  it.each<[string, RegExp]>([
    ['requestContext.requestId', /^[\w+/]+=*$/],
    ['headers.x-amzn-trace-id', /^Root=1-[0-9a-f]{8}-[0-9a-f]{24}$/],
  ])('has %s as API Gateway writes it', async (path, pattern) => {
    expect(String(at(await event('GET /a'), path))).toMatch(pattern);
  });

  it('has headers in lower case, repeats joined by commas, and cookies apart', async () => {
    const sent = await event('GET /a', { 'X-MiXeD': ['1', '2'], Cookie: 'a=1; b=2' });
    expect(sent.headers['x-mixed']).toMatch(/^1, ?2$/);
    expect(sent.cookies).toEqual(['a=1', 'b=2']);
    expect(sent.headers).not.toHaveProperty('cookie');
  });

  it.each<[string | undefined, boolean]>([
    ['text/plain', false],
    ['text/html; charset=utf-8', false],
    ['application/json', false],
    ['Application/JSON', false],
    ['application/xml', false],
    ['application/javascript', false],
    ['application/x-www-form-urlencoded', true],
    ['application/vnd.api+json', true],
    ['application/octet-stream', true],
    ['image/png', true],
    [undefined, true],
  ])('has a body of the type %s in base64: %s', async (type, isBase64) => {
    const headers = type === undefined ? {} : { 'Content-Type': type };
    const sent = await event('POST /a', headers, 'hällo');
    const body = isBase64 ? Buffer.from('hällo').toString('base64') : 'hällo';
    expect(sent).toMatchObject({ body, isBase64Encoded: isBase64 });
  });
});

describe('the payload of a service', () => {
  it.each<[string, object]>([
    ['/one', { version: '1.0', httpMethod: 'GET', path: '/one' }],
    ['/two', { version: '2.0', rawPath: '/two' }],
    ['/rest', { httpMethod: 'GET', path: '/rest', requestContext: { stage: 'dev' } }],
  ])('is that which the function asks for, of its HTTP API only: %s', async (path, expected) => {
    expect(await perFunction.event(`GET ${path}`)).toMatchObject(expected);
  });
});

describe('the routes of an HTTP API', () => {
  it.each([
    ['GET /static/x', 'GET /static/x'],
    ['GET /static/y', 'GET /static/{id}'],
    ['GET /any', 'GET /any'],
    ['POST /any', 'ANY /any'],
    ['GET /files/a', 'GET /files/{one}'],
    ['GET /files/a/b', 'GET /files/{proxy+}'],
    ['DELETE /files/a/b', 'ANY /files/{proxy+}'],
  ])('lead %s to %s', async (line, routeKey) => {
    expect((await event(line)).routeKey).toBe(routeKey);
  });

  it.each(['GET /none', 'DELETE /a', 'GET /A', 'GET /files'])(
    'do not know %s: 404',
    async (line) => {
      const response = await ask(line);
      expect({ status: response.status, text: response.text }).toEqual({
        status: 404,
        text: '{"message":"Not Found"}',
      });
      expect(response.headers['apigw-requestid']).toMatch(/^[\w+/]+=*$/);
    },
  );

  it.each([
    ['GET /a', 'GET /a'],
    ['POST /a', '$default'],
    ['GET /', '$default'],
    ['DELETE /x/y/z', '$default'],
  ])('with $default lead %s to %s', async (line, routeKey) => {
    const sent = await catchAll.event(line);
    expect(sent.routeKey).toBe(routeKey);
    expect(sent).not.toHaveProperty('pathParameters');
  });
});

describe('a response of an HTTP API', () => {
  it.each<[string, unknown, number, string]>([
    ['a text', { statusCode: 201, body: 'x' }, 201, 'x'],
    ['no body', { statusCode: 204 }, 204, ''],
    ['base64', { statusCode: 200, body: 'eA==', isBase64Encoded: true }, 200, 'x'],
  ])('of %s is passed on', async (_what, result, status, text) => {
    const response = await returning(result);
    expect({ status: response.status, text: response.text }).toEqual({ status, text });
  });

  it.each<[string, unknown]>([
    ['a body that is a map', { statusCode: 200, body: {} }],
    ['headers that are no map', { statusCode: 200, headers: 'x' }],
    ['cookies that are no list', { statusCode: 200, cookies: 'a=1' }],
  ])('that has %s is malformed: 500', async (_what, result) => {
    const response = await returning(result);
    expect({ status: response.status, text: response.text }).toEqual({
      status: 500,
      text: '{"message":"Internal Server Error"}',
    });
  });

  it('sets its cookies', async () => {
    const { headers } = await returning({ statusCode: 200, cookies: ['a=1', 'b=2'], body: 'x' });
    expect(headers['set-cookie']).toEqual(['a=1', 'b=2']);
  });

  it('carries the id that the event has', async () => {
    const { headers, json } = await ask('GET /a');
    expect(headers['apigw-requestid']).toBe(json.requestContext.requestId);
    expect(headers).not.toHaveProperty('x-amzn-requestid');
  });

  it.each(Object.entries(failing))('after an %s of the function is 500', async (_what, headers) => {
    const response = await ask('GET /a', headers);
    expect({ status: response.status, text: response.text }).toEqual({
      status: 500,
      text: '{"message":"Internal Server Error"}',
    });
  });

  it('to a body of more than 10 MB is 413', async () => {
    const response = await ask('POST /a', {}, Buffer.alloc(10 * 1024 * 1024 + 1));
    expect({ status: response.status, text: response.text }).toEqual({
      status: 413,
      text: '{"message":"Request Entity Too Large"}',
    });
  });

  it.each<[string | undefined, string | undefined]>([
    ['https://a.example', 'https://a.example'],
    ['https://b.example', undefined],
    [undefined, undefined],
  ])('to the origin %s allows %s', async (origin, allowed) => {
    const headers = origin === undefined ? {} : { Origin: origin };
    const result = { statusCode: 200, headers: { 'Access-Control-Allow-Origin': 'https://mine' } };
    const response = await returning(result, 'GET /a', headers);
    expect(response.headers['access-control-allow-origin']).toBe(allowed);
    expect(response.headers['access-control-expose-headers']).toBe(allowed && 'X-A');
  });

  it('to a preflight is 204, without a route for it', async () => {
    const headers = { Origin: 'https://a.example', 'Access-Control-Request-Method': 'POST' };
    const response = await ask('OPTIONS /a', headers);
    expect(response.status).toBe(204);
    expect(response.headers['access-control-allow-origin']).toBe('https://a.example');
    expect(response.headers['access-control-allow-methods']).toContain('POST');
  });
});

describe('a streamed response', () => {
  const base64 = (text: string) => Buffer.from(text).toString('base64');
  const PRELUDE = 'application/vnd.awslambda.http-integration-response';
  const stream = (text: string, type: string, more = {}) =>
    ask('GET /a', { 'X-Stream': base64(text), 'X-Stream-Type': base64(type), ...more });

  it('has status, headers and cookies in its prelude', async () => {
    const prelude = '{"statusCode":201,"headers":{"X-A":"1"},"cookies":["a=1"]}';
    const response = await stream(`${prelude}\0\0\0\0\0\0\0\0the body`, PRELUDE);
    expect({ status: response.status, text: response.text }).toEqual({
      status: 201,
      text: 'the body',
    });
    expect(response.headers).toMatchObject({ 'x-a': '1', 'set-cookie': ['a=1'] });
  });

  it('without a prelude is the body of a 200', async () => {
    const response = await stream('plain text', 'text/x');
    expect({ status: response.status, text: response.text }).toEqual({
      status: 200,
      text: 'plain text',
    });
    expect(response.headers['content-type']).toBe('text/x');
  });

  it('with a prelude that is none is malformed', async () => {
    expect((await stream('nothing\0\0\0\0\0\0\0\0x', PRELUDE)).status).toBe(500);
  });

  it('with an error behind it is a function error', async () => {
    const response = await stream('begun', 'text/plain', {
      'X-Stream-Error': base64('Function.Broken'),
    });
    expect(response.status).toBe(500);
  });
});
