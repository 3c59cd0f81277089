import { describe, expect, it } from 'vitest';
import { eventOfUrl, urlApi } from '../../../src/local/gateway/function-url.ts';
import type { GatewayRequest } from '../../../src/local/gateway/integration.ts';
import { httpApi } from '../../../src/local/gateway/payload-v2.ts';
import { eventOf, match, request, responseOf, valuesOf } from '../../support/gateway.ts';

const IDS = request().ids;
const ROUTE = 'http ANY $default';

// biome-ignore lint/suspicious/noExplicitAny: an event is JSON
const event = (more: Partial<GatewayRequest>): any =>
  eventOfUrl(match(ROUTE, 'GET', '/').route.fn, request(more));
const response = (result: unknown) => responseOf(urlApi, result);

describe('an event of a function URL', () => {
  const more = {
    method: 'POST',
    path: '/my/a%20b',
    query: 'parameter1=value1&parameter1=value2',
    rawHeaders: ['Host', 'abc.lambda-url.eu-west-1.on.aws', 'Cookie', 'a=1; b=2', 'X-A', '1'],
    body: Buffer.from('é'),
  };

  it('is that of an HTTP API, but for the ids and the account', () => {
    const plain = { ...more, path: '/my/path' };
    const { requestContext: ofUrl, ...url } = event(plain);
    const { requestContext: ofHttp, ...http } = eventOf(httpApi, ROUTE, plain);
    expect(url).toEqual(http);
    expect(ofUrl).toEqual({
      ...ofHttp,
      accountId: 'anonymous',
      apiId: expect.stringMatching(/^[a-z0-9]{32}$/),
      requestId: IDS.requestId,
    });
  });

  it('gives every function an id of its own', () => {
    const { route } = match(ROUTE, 'GET', '/');
    const idOf = (name: string) => {
      // biome-ignore lint/suspicious/noExplicitAny: an event is JSON
      const made = eventOfUrl({ ...route.fn, name }, request()) as any;
      return made.requestContext.apiId;
    };
    expect(idOf('shop-dev-a')).toBe(idOf('shop-dev-a'));
    expect(idOf('shop-dev-a')).not.toBe(idOf('shop-dev-b'));
  });
});

describe('a response of a function URL', () => {
  it('carries status, headers, cookies and body of the function, and the ids of Lambda', () => {
    const made = response({
      statusCode: 201,
      headers: { 'X-A': 'b' },
      cookies: ['a=b'],
      body: 'é',
    });
    expect(made).toEqual({
      status: 201,
      headers: [
        ...['X-A', 'b', 'Set-Cookie', 'a=b', 'Content-Type', 'application/json'],
        ...['x-amzn-RequestId', IDS.requestId, 'X-Amzn-Trace-Id', IDS.traceRoot],
      ],
      body: Buffer.from('é'),
    });
  });

  it('carries the ids of Lambda where it is the value itself, too', () => {
    const made = response('null');
    expect({ status: made.status, body: made.body.toString() }).toEqual({
      status: 200,
      body: 'null',
    });
    expect(valuesOf(made, 'x-amzn-requestid')).toEqual([IDS.requestId]);
    expect(valuesOf(made, 'apigw-requestid')).toEqual([]);
  });

  // All of them but 502 are not verified.
  it.each([
    ['malformed-response', 502, 'Internal Server Error'],
    ['integration-timeout', 504, 'Gateway Timeout'],
    ['throttled', 429, '{"Reason":"ConcurrentInvocationLimitExceeded"}'],
    ['too-large', 413, '{"Message":"Request must be smaller than 6291456 bytes"}'],
  ] as const)('for %s is %i', (error, status, body) => {
    const made = urlApi.error(error, request());
    expect({ status: made.status, body: made.body.toString() }).toEqual({ status, body });
    expect(valuesOf(made, 'x-amzn-requestid')).toEqual([IDS.requestId]);
    expect(valuesOf(made, 'apigw-requestid')).toEqual([]);
  });

  it('waits as long as a function may run', () => {
    expect(urlApi.integrationTimeoutMs).toBe(900_000);
  });
});
