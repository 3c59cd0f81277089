import { describe, expect, it } from 'vitest';
import {
  httpPreflight,
  isPreflight,
  missingCors,
  restPreflight,
  withHttpCors,
} from '../../../src/local/gateway/cors.ts';
import { readServerlessYml } from '../../../src/serverless-yml/read.ts';
import { request } from '../../support/gateway.ts';

const settings = (provider: string, events: string) => {
  const text = `service: shop
provider:
  name: aws
  runtime: provided.al2023
${provider}
functions:
  hello:
    handler: main.hello
    events:
${events}
`;
  const { gateway } = readServerlessYml(text, { file: 'serverless.yml', env: {} }).service;
  if (!gateway) throw new Error('no settings');
  return gateway;
};
const from = (origin: string, more: string[] = []) =>
  request({ method: 'OPTIONS', rawHeaders: ['Origin', origin, ...more] });
const headersOf = ({ headers }: { headers: string[] }) =>
  Object.fromEntries(
    headers.flatMap((name, index) =>
      index % 2 === 0 && /^access|^vary|^cache/i.test(name) ? [[name, headers[index + 1]]] : [],
    ),
  );
const DEFAULT_HEADERS =
  'Content-Type,X-Amz-Date,Authorization,X-Api-Key,X-Amz-Security-Token,X-Amz-User-Agent,X-Amzn-Trace-Id';

describe('the CORS of a REST API', () => {
  const cors = (definition: string) => {
    const event = `      - http: { method: post, path: /a, cors: ${definition} }`;
    const found = settings('', event).restCors.get('/a');
    if (!found) throw new Error('no cors');
    return found;
  };

  it('answers OPTIONS as the mock integration of osls', () => {
    const response = restPreflight(cors('true'), from('https://x.example'));
    expect(response.status).toBe(200);
    expect(headersOf(response)).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': DEFAULT_HEADERS,
      'Access-Control-Allow-Methods': 'OPTIONS,POST',
    });
  });

  it.each([
    ["{ origin: 'https://a.example' }", 'https://b.example', 'https://a.example'],
    [
      "{ origins: ['https://a.example', 'https://*.b.example'] }",
      'https://x.b.example',
      'https://x.b.example',
    ],
    [
      "{ origins: ['https://a.example', 'https://*.b.example'] }",
      'https://c.example',
      'https://a.example',
    ],
  ])('of %s allows %s as %s', (definition, origin, allowed) => {
    const response = restPreflight(cors(definition), from(origin));
    expect(headersOf(response)).toMatchObject({ 'Access-Control-Allow-Origin': allowed });
  });

  it.each([
    // Allowed, from another origin: a browser looks for the headers.
    ['true', 'POST', 'https://x.example', [], { 'Access-Control-Allow-Origin': '*' }],
    ['true', 'POST', 'https://x.example', ['access-control-allow-origin', '*'], {}],
    [
      "{ origin: 'https://x.example', allowCredentials: true }",
      'POST',
      'https://x.example',
      ['Access-Control-Allow-Origin', 'https://x.example'],
      { 'Access-Control-Allow-Credentials': 'true' },
    ],
    // No matter of the response: the preflight fails, or there is no other origin.
    ["{ origin: 'https://y.example' }", 'POST', 'https://x.example', [], {}],
    ['true', 'PUT', 'https://x.example', [], {}],
    ['true', 'POST', 'http://localhost:3000', [], {}],
    ['true', 'POST', undefined, [], {}],
  ])(
    'of %s misses of a response to %s from %s with %j: %j',
    (definition, method, origin, headers, missing) => {
      const rawHeaders = [
        'Host',
        'localhost:3000',
        ...(origin === undefined ? [] : ['Origin', origin]),
      ];
      const response = { status: 200, headers, body: Buffer.alloc(0) };
      const asked = request({ method, rawHeaders });
      expect(missingCors(response, cors(definition), asked)).toEqual(missing);
    },
  );

  it('has what serverless.yml says of credentials, headers and time', () => {
    const definition =
      '{ headers: [X-A], allowCredentials: true, maxAge: 60, cacheControl: max-age=9 }';
    expect(headersOf(restPreflight(cors(definition), from('https://x.example')))).toMatchObject({
      'Access-Control-Allow-Headers': 'X-A',
      'Access-Control-Allow-Credentials': 'true',
      'Access-Control-Max-Age': '60',
      'Cache-Control': 'max-age=9',
    });
  });

  it('merges the methods of a path, and is none where the service has none', () => {
    const events = `      - http: { method: get, path: /a, cors: true }
      - http: { method: any, path: a, cors: true }
      - http: { method: get, path: /b }`;
    const { restCors } = settings('', events);
    expect(restCors.get('/a')?.methods).toEqual(['OPTIONS', 'ANY', 'GET']);
    expect(restCors.has('/b')).toBe(false);
    const found = restCors.get('/a');
    if (!found) throw new Error('no cors');
    expect(headersOf(restPreflight(found, from('x')))).toMatchObject({
      'Access-Control-Allow-Methods': 'OPTIONS,DELETE,GET,HEAD,PATCH,POST,PUT,GET',
    });
  });

  it('is that of JSON without a body, with the ids of the request', () => {
    const { headers, body } = restPreflight(cors('true'), from('https://x.example'));
    const { requestId, extendedRequestId } = request().ids;
    expect(headers.slice(0, 2)).toEqual(['Content-Type', 'application/json']);
    expect(headers.slice(-4)).toEqual([
      ...['x-amzn-RequestId', requestId],
      ...['x-amz-apigw-id', extendedRequestId],
    ]);
    expect(body.length).toBe(0);
  });
});

describe('the CORS of an HTTP API', () => {
  const cors = (definition: string) => {
    const found = settings(
      `  httpApi: { cors: ${definition} }`,
      '      - httpApi: POST /a',
    ).httpCors;
    if (!found) throw new Error('no cors');
    return found;
  };
  const preflight = (origin: string) => from(origin, ['Access-Control-Request-Method', 'POST']);

  it('answers a preflight itself', () => {
    const response = httpPreflight(cors('true'), preflight('https://x.example'));
    expect(response.status).toBe(204);
    expect(headersOf(response)).toEqual({
      'Access-Control-Allow-Origin': '*',
      'Access-Control-Allow-Headers': DEFAULT_HEADERS,
      'Access-Control-Allow-Methods': 'OPTIONS,POST',
    });
  });

  it('allows nothing to another origin than those given', () => {
    const one = cors("{ allowedOrigins: ['https://a.example'], allowCredentials: true }");
    expect(headersOf(httpPreflight(one, preflight('https://b.example')))).toEqual({});
    expect(headersOf(httpPreflight(one, preflight('https://a.example')))).toMatchObject({
      'Access-Control-Allow-Origin': 'https://a.example',
      'Access-Control-Allow-Credentials': 'true',
      Vary: 'Origin',
    });
  });

  it.each([
    ['OPTIONS', ['Origin', 'https://x.example', 'access-control-request-method', 'GET'], true],
    ['OPTIONS', ['Origin', 'https://x.example'], false],
    ['OPTIONS', ['Access-Control-Request-Method', 'GET'], false],
    ['GET', ['Origin', 'https://x.example', 'Access-Control-Request-Method', 'GET'], false],
  ])('knows a preflight: %s with %j: %s', (method, rawHeaders, expected) => {
    expect(isPreflight(request({ method, rawHeaders }))).toBe(expected);
  });

  it.each([
    ['https://*', 'https://x.example', true],
    ['https://*', 'http://x.example', false],
    ['http://*', 'http://localhost:5173', true],
    ['https://x.example', 'https://x.example', true],
    ['https://x.example', 'https://x.example.evil', false],
    ['https://*.example', 'https://x.example', false],
    ['https://x.example', 'https://x-example', false],
  ])('that allows %s, allows %s: %s', (allowed, origin, expected) => {
    const response = httpPreflight(cors(`{ allowedOrigins: ['${allowed}'] }`), preflight(origin));
    expect(headersOf(response)['Access-Control-Allow-Origin']).toBe(expected ? origin : undefined);
  });

  it('says how long a preflight counts, where that is set, zero too', () => {
    const response = httpPreflight(cors('{ maxAge: 0 }'), preflight('https://x.example'));
    expect(headersOf(response)['Access-Control-Max-Age']).toBe('0');
  });

  it('replaces what the function says of it in every response', () => {
    const response = {
      status: 200,
      headers: ['Access-Control-Allow-Origin', 'https://mine', 'X-A', '1'],
      body: Buffer.alloc(0),
    };
    const exposing = cors('{ exposedResponseHeaders: [X-A] }');
    expect(withHttpCors(response, exposing, from('https://x.example')).headers).toEqual([
      ...['X-A', '1'],
      ...['Access-Control-Allow-Origin', '*'],
      ...['Access-Control-Expose-Headers', 'X-A'],
    ]);
    expect(withHttpCors(response, exposing, request({})).headers).toEqual(['X-A', '1']);
  });

  it('is none where the service has none', () => {
    expect(settings('', '      - httpApi: POST /a').httpCors).toBeUndefined();
  });
});

it('the time that a REST API waits is that of the provider, and of the route', () => {
  const provider = '  apiGateway: { timeoutInMillis: 60000 }';
  expect(settings(provider, '      - http: GET /a').restTimeoutMs).toBe(60_000);
  expect(settings('', '      - http: GET /a').restTimeoutMs).toBeUndefined();
});

describe('the binary types of a REST API', () => {
  it('are those of serverless.yml', () => {
    const provider = "  apiGateway: { binaryMediaTypes: ['image/*'] }";
    expect(settings(provider, '      - http: GET /a').binaryMediaTypes).toEqual(['image/*']);
  });
});
