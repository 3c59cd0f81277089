import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { SAMPLE_EVENTS } from '../../src/sample/event/names.ts';
import { writeTree } from '../support/folders.ts';
import { eventSent, invokeApi, run, shop } from '../support/invoke.ts';

describe('the event', () => {
  it('is {} for a function without a route', async () => {
    expect(await eventSent('worker', {})).toEqual({});
  });

  it('is the request of the first route of a REST API', async () => {
    expect(await eventSent('getOrder', {})).toMatchObject({
      resource: '/orders/{id}',
      path: '/orders/1',
      httpMethod: 'GET',
      pathParameters: { id: '1' },
      requestContext: { accountId: '123456789012', stage: 'dev', path: '/dev/orders/1' },
    });
  });

  it('is the request of the first route of an HTTP API', async () => {
    expect(await eventSent('listOrders', {})).toMatchObject({
      version: '2.0',
      routeKey: 'GET /orders',
      rawPath: '/orders',
      requestContext: {
        domainName: expect.stringMatching(/^\w{10}\.execute-api\.eu-west-1\.amazonaws\.com$/),
      },
    });
  });

  it.each([
    ['/orders/7', undefined, 'GET', '/orders/{id}', { id: '7' }],
    ['/orders/a%2Fb', 'delete', 'DELETE', '/orders/{id}', { id: 'a%2Fb' }],
    ['/orders/latest', undefined, 'GET', '/orders/latest', null],
    ['/orders/7/', undefined, 'GET', '/orders/{id}', { id: '7' }],
    ['/files/a/b.txt', undefined, 'GET', '/files/{folder}/{name}', { folder: 'a', name: 'b.txt' }],
    ['/files/a/b/c', 'PUT', 'PUT', '/files/{proxy+}', { proxy: 'a/b/c' }],
    ['/files/a/b/c/', undefined, 'GET', '/files/{proxy+}', { proxy: 'a/b/c' }],
    ['/files/a/b/c', undefined, 'GET', '/files/{proxy+}', { proxy: 'a/b/c' }],
    ['/files/a', 'PATCH', 'PATCH', '/files/{proxy+}', { proxy: 'a' }],
    [undefined, 'DELETE', 'DELETE', '/orders/{id}', { id: '1' }],
    [undefined, 'PUT', 'PUT', '/files/{proxy+}', { proxy: '1' }],
  ])(
    'with --path %s and --method %s is a %s of %s',
    async (path, method, sent, resource, parameters) => {
      const flags = { ...(path && { path }), ...(method && { method }) };
      const event = await eventSent('getOrder', flags);
      expect(event).toMatchObject({ httpMethod: sent, resource, pathParameters: parameters });
      if (path !== undefined) expect(event.path).toBe(path);
    },
  );

  it('has the path of an HTTP API decoded', async () => {
    expect(await eventSent('catchAll', { path: '/a%20b' })).toMatchObject({
      rawPath: '/a b',
      requestContext: { http: { path: '/a b' } },
    });
  });

  it('takes a query with --path', async () => {
    expect(await eventSent('listOrders', { path: '/orders?limit=3&a=?' })).toMatchObject({
      rawPath: '/orders',
      rawQueryString: 'limit=3&a=?',
      queryStringParameters: { limit: '3', a: '?' },
    });
  });

  it('is any request where the function has a catch-all route', async () => {
    expect(await eventSent('catchAll', { path: '/a/b', method: 'POST' })).toMatchObject({
      routeKey: '$default',
      rawPath: '/a/b',
      requestContext: { http: { method: 'POST', path: '/a/b' } },
    });
    expect(await eventSent('catchAll', {})).toMatchObject({ rawPath: '/' });
  });

  it.each(['apigw-rest', 'apigw-http', 'function-url', 'alb'])(
    'of the sample %s takes any path where the function has no route of that kind',
    async (event) => {
      const text = JSON.stringify(await eventSent('worker', { event, path: '/x', method: 'PUT' }));
      expect(text).toContain('"/x"');
      expect(text).toContain('"PUT"');
      expect(text).not.toContain('/hello');
    },
  );

  it.each(Object.keys(SAMPLE_EVENTS))('can be the sample %s', async (event) => {
    const sent = await eventSent('worker', { event });
    expect(Object.keys(sent).length).toBeGreaterThan(0);
    expect(JSON.stringify(sent)).not.toContain('us-east-1');
  });

  it('is what --data-file holds, without a byte order mark', async () => {
    const api = await invokeApi();
    const cwd = shop();
    writeTree(cwd, { 'events/one.json': '\uFEFF{"a": 1.50}\n' });
    const flags = { port: String(api.port), dataFile: 'events/one.json' };
    expect((await run('worker', flags, { cwd })).error).toBeUndefined();
    expect(api.received[0]?.body).toBe('{"a": 1.50}\n');
  });

  it('is what comes from standard input with --data-file -', async () => {
    const stdin = vi.spyOn(process, 'stdin', 'get');
    onTestFinished(() => stdin.mockRestore());
    const input = Readable.from([Buffer.from('{"a":'), Buffer.from('1}')], { objectMode: false });
    stdin.mockReturnValue(input as typeof process.stdin);
    expect(await eventSent('worker', { dataFile: '-' })).toEqual({ a: 1 });
  });

  it.each(['7', '"text"', 'null', '[1]'])('may be any JSON: %s', async (data) => {
    const api = await invokeApi();
    expect((await run('worker', { port: String(api.port), data })).error).toBeUndefined();
    expect(api.received[0]?.body).toBe(data);
  });
});
