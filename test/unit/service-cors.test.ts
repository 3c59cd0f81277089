import { describe, expect, it } from 'vitest';
import { allowedOrigin, httpCors, restCors, urlCors } from '../../src/serverless-yml/cors.ts';
import type { RestCors } from '../../src/service/service.ts';

const URL_HEADERS = [
  'Content-Type',
  'X-Amz-Date',
  'Authorization',
  'X-Api-Key',
  'X-Amz-Security-Token',
  'X-Amzn-Trace-Id',
];
const HEADERS = [...URL_HEADERS.slice(0, -1), 'X-Amz-User-Agent', 'X-Amzn-Trace-Id'];

/** What several events of one path, each a GET, come to. */
function merged(...definitions: unknown[]): RestCors {
  const cors = definitions.reduce<RestCors | undefined>(
    (before, definition) => restCors(definition, 'GET', before),
    undefined,
  );
  if (!cors) throw new Error('no cors');
  return cors;
}

describe('the CORS of an event of a REST API', () => {
  it('has the defaults of osls', () => {
    expect(merged(true)).toEqual({
      origin: '*',
      origins: [],
      headers: HEADERS,
      methods: ['OPTIONS', 'GET'],
      allowCredentials: false,
      maxAge: undefined,
      cacheControl: undefined,
    });
  });

  it.each([undefined, null, false, 'true'])('is none for %j', (definition) => {
    expect(restCors(definition, 'GET', undefined)).toBeUndefined();
    const before = merged(true);
    expect(restCors(definition, 'GET', before)).toBe(before);
  });

  it.each([
    [{ headers: 'X-A' }, { headers: ['X-A'] }],
    [{ headers: ['X-A', 'X-A'] }, { headers: ['X-A'] }],
    [{ methods: ['POST'] }, { methods: ['POST', 'OPTIONS', 'GET'] }],
    [{ allowCredentials: true }, { allowCredentials: true }],
    [
      { maxAge: 60, cacheControl: 'no-store' },
      { maxAge: 60, cacheControl: 'no-store' },
    ],
  ])('of %j has %j', (definition, expected) => {
    expect(merged(definition)).toMatchObject(expected);
  });

  it('is merged with that of the other events of its path, its own first', () => {
    const first = { headers: ['X-A'], methods: ['POST'], allowCredentials: true, maxAge: 60 };
    expect(merged(first, { headers: ['X-B'], cacheControl: 'no-store' })).toMatchObject({
      headers: ['X-B', 'X-A'],
      methods: ['OPTIONS', 'GET', 'POST'],
      allowCredentials: true,
      maxAge: 60,
      cacheControl: 'no-store',
    });
  });

  const A = 'https://a.example';
  const B = 'https://b.example';
  it.each([
    [[true], A, '*'],
    [[{ origin: B }], A, B],
    [[{ origin: `${A}, ${B}` }], B, B],
    [[{ origin: `${A}, ${B}` }], 'https://c.example', A],
    [[{ origins: [A, B] }], B, B],
    [[{ origins: [A, B] }], '', A],
    // One origin with a wildcard is matched too, and `*` gives back who asks.
    [[{ origins: ['https://*.example'] }], A, A],
    [[{ origins: ['https://*.example'] }], 'https://a.other', 'https://*.example'],
    [[{ origins: ['*'] }], A, A],
    [[{ origins: ['*'] }], '', '*'],
    [[{ origins: ['https://a.example'] }], 'https://aXexample', A],
    // The last event's origin counts, but `origins` of any event goes before it.
    [[{ origin: A }, { origin: B }], A, B],
    [[{ origins: [A] }, true], B, A],
    [[{ origins: [A] }, { origins: [B] }], 'https://c.example', B],
  ])('%j allows %j as %s', (definitions, requestOrigin, expected) => {
    expect(allowedOrigin(merged(...definitions), requestOrigin)).toBe(expected);
  });
});

describe('the CORS of an HTTP API', () => {
  it('has the defaults of osls, and the methods of the routes', () => {
    expect(httpCors(true, ['POST', 'GET', 'POST'])).toEqual({
      origins: ['*'],
      headers: HEADERS,
      methods: ['OPTIONS', 'POST', 'GET'],
      allowCredentials: false,
      exposedHeaders: [],
      maxAge: undefined,
    });
  });

  it('has every method for a route with ANY', () => {
    expect(httpCors(true, ['PUT', 'ANY'])?.methods).toEqual(
      'OPTIONS PUT GET POST PATCH DELETE HEAD'.split(' '),
    );
  });

  it('has what is given, a single value too', () => {
    const given = {
      allowedOrigins: 'https://a.example',
      allowedHeaders: ['X-A'],
      allowedMethods: ['GET'],
      allowCredentials: true,
      exposedResponseHeaders: 'X-B',
      maxAge: 0,
    };
    expect(httpCors(given, ['POST'])).toEqual({
      origins: ['https://a.example'],
      headers: ['X-A'],
      methods: ['GET'],
      allowCredentials: true,
      exposedHeaders: ['X-B'],
      maxAge: 0,
    });
  });

  it.each([undefined, null, false])('is none for %j', (cors) => {
    expect(httpCors(cors, ['GET'])).toBeUndefined();
  });
});

describe('the CORS of a function URL', () => {
  it('has defaults of its own', () => {
    expect(urlCors(true)).toEqual({
      origins: ['*'],
      headers: URL_HEADERS,
      methods: ['*'],
      allowCredentials: false,
      exposedHeaders: [],
      maxAge: undefined,
    });
  });

  it('has nothing where serverless.yml has null', () => {
    const nothing = { allowedOrigins: null, allowedHeaders: null, allowedMethods: null };
    expect(urlCors(nothing)).toMatchObject({ origins: [], headers: [], methods: [] });
  });

  it.each([undefined, null, false])('is none for %j', (cors) => {
    expect(urlCors(cors)).toBeUndefined();
  });
});
