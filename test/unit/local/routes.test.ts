import { describe, expect, it } from 'vitest';
import { routes } from '../../support/gateway.ts';

/** The route and the parameters that serve a request, as one line. */
function find(table: readonly string[], method: string, path: string): string {
  const found = routes(...table).find(method, path);
  if (!found) return 'none';
  const parameters = Object.entries(found.parameters).map(([name, value]) => ` ${name}=${value}`);
  return found.route.fn.key + parameters.join('');
}

describe('routes of a REST API', () => {
  const ORDERS = [
    'GET /',
    'GET /orders',
    'GET /orders/new',
    'GET /orders/{id}',
    'ANY /orders/{id}',
    'DELETE /orders/{order-id}/items/{item}',
    'POST /orders/{id}/{proxy+}',
    'ANY /files/{proxy+}',
    'GET /a:b',
    'GET /v1.0/~x',
  ];
  it.each([
    ['GET', '/', 'GET /'],
    ['GET', '/orders', 'GET /orders'],
    // One slash at the end is not there for a REST API, and neither are all but one at the beginning.
    ['GET', '/orders/', 'GET /orders'],
    ['GET', '/orders//', 'none'],
    ['GET', '//orders', 'GET /orders'],
    ['GET', '//orders//7', 'none'],
    ['GET', '//', 'GET /'],
    ['GET', '/Orders', 'none'],
    ['GET', '/orders/new', 'GET /orders/new'],
    ['GET', '/orders/7', 'GET /orders/{id} id=7'],
    ['PUT', '/orders/7', 'ANY /orders/{id} id=7'],
    ['GET', '/orders/a%20b%2Fc', 'GET /orders/{id} id=a%20b%2Fc'],
    ['GET', '/orders/%E2%82%AC', 'GET /orders/{id} id=%E2%82%AC'],
    ['GET', '/orders/100%25', 'GET /orders/{id} id=100%25'],
    ['GET', `/orders/${'x'.repeat(5000)}`, `GET /orders/{id} id=${'x'.repeat(5000)}`],
    ['GET', '/orders/7/', 'GET /orders/{id} id=7'],
    ['DELETE', '/orders/7/items/8', 'DELETE /orders/{order-id}/items/{item} order-id=7 item=8'],
    ['POST', '/orders/7/a/b', 'POST /orders/{id}/{proxy+} id=7 proxy=a/b'],
    ['GET', '/files/hello/world', 'ANY /files/{proxy+} proxy=hello/world'],
    ['GET', '/files/hello/', 'ANY /files/{proxy+} proxy=hello'],
    ['GET', '/files//hello//world', 'ANY /files/{proxy+} proxy=/hello//world'],
    ['GET', '/files/', 'none'],
    ['GET', '/files', 'none'],
    ['GET', '/a:b', 'GET /a:b'],
    ['GET', '/a%3Ab', 'none'],
    ['GET', '/v1.0/~x', 'GET /v1.0/~x'],
    ['GET', '/orders/%zz', 'none'],
    ['GET', '*', 'none'],
    ['OPTIONS', '/files/a', 'ANY /files/{proxy+} proxy=a'],
    ['TRACE', '/files/a', 'none'],
  ])('lead %s %s to %s', (method, path, expected) => {
    expect(find(ORDERS, method, path)).toBe(expected);
  });

  it('find the resource before its method', () => {
    expect(find(['POST /hello', 'GET /{proxy+}'], 'GET', '/hello')).toBe('none');
  });

  it('go back to a less specific resource where a longer path needs it', () => {
    const table = ['GET /a/{id}', 'GET /a/b/c', 'GET /{proxy+}'];
    expect(find(table, 'GET', '/a/b')).toBe('GET /a/{id} id=b');
    expect(find(table, 'GET', '/a/b/d')).toBe('GET /{proxy+} proxy=a/b/d');
  });
});

describe('routes of an HTTP API', () => {
  // The example of AWS's document "Create routes for HTTP APIs".
  const PETS = [
    'http GET /pets/dog/1',
    'http GET /pets/dog/{id}',
    'http GET /pets/{proxy+}',
    'http ANY /{proxy+}',
    'http ANY $default',
  ];
  it.each([
    ['GET', '/pets/dog/1', 'http GET /pets/dog/1'],
    ['GET', '/pets/dog/2', 'http GET /pets/dog/{id} id=2'],
    ['GET', '/pets/cat/1', 'http GET /pets/{proxy+} proxy=cat/1'],
    ['POST', '/test/5', 'http ANY /{proxy+} proxy=test/5'],
    ['POST', '/pets/dog/1', 'http ANY /{proxy+} proxy=pets/dog/1'],
    ['GET', '/', 'http ANY $default'],
  ])('lead %s %s to %s', (method, path, expected) => {
    expect(find(PETS, method, path)).toBe(expected);
  });

  it('take the method before ANY, in either order', () => {
    expect(find(['http ANY /a', 'http GET /a'], 'GET', '/a')).toBe('http GET /a');
    expect(find(['http GET /a', 'http ANY /a'], 'GET', '/a')).toBe('http GET /a');
    expect(find(['http GET /a', 'http ANY /a'], 'POST', '/a')).toBe('http ANY /a');
  });

  it('call a parameter as the route of the method does', () => {
    const table = ['http GET /a/{x}', 'http POST /a/{y}', 'http GET /a/{z}/b'];
    expect(find(table, 'GET', '/a/1')).toBe('http GET /a/{x} x=1');
    expect(find(table, 'POST', '/a/1')).toBe('http POST /a/{y} y=1');
    expect(find(table, 'GET', '/a/1/b')).toBe('http GET /a/{z}/b z=1');
  });
});

describe('routeTable', () => {
  it('asks the REST API before the HTTP API', () => {
    const table = ['http ANY $default', 'GET /hello'];
    expect(find(table, 'GET', '/hello')).toBe('GET /hello');
    expect(find(table, 'GET', '/other')).toBe('http ANY $default');
  });

  const STAGED = routes(
    ...['GET /', 'GET /orders', 'GET /orders/{id}', 'GET /dev/here', 'POST /here'],
    ...['GET /{any}/list', 'http GET /only-http'],
  );
  it.each([
    ['GET', '/dev/orders', '/orders', '/dev/orders'],
    ['GET', '/dev/orders/a%20b', '/orders/a%20b', '/dev/orders/a%20b'],
    ['GET', '/dev', '/', '/dev/'],
    ['GET', '/dev/', '/', '/dev/'],
    ['GET', '/orders', '/orders', '/dev/orders'],
    // A route that names the stage goes before it, and there is one stage only.
    ['GET', '/dev/here', '/dev/here', '/dev/dev/here'],
    ['POST', '/dev/here', '/here', '/dev/here'],
    ['GET', '/dev/list', '/dev/list', '/dev/dev/list'],
    ['GET', '/dev/any/list', '/any/list', '/dev/any/list'],
    ['GET', '/dev/dev/orders', undefined, undefined],
    ['GET', '/device', undefined, undefined],
    ['GET', '/prod/orders', undefined, undefined],
    ['GET', '/dev/only-http', undefined, undefined],
    // Slashes before the stage are dropped, those behind it are left in the context.
    ['GET', '//dev/orders', '/orders', '/dev/orders'],
    ['GET', '/dev//orders', '/orders', '/dev//orders'],
    ['GET', '//orders', '/orders', '/dev//orders'],
  ])('reads %s %s as %s, and as %s with its stage', (method, sent, path, contextPath) => {
    const found = STAGED.find(method, sent);
    expect({ path: found?.path, contextPath: found?.contextPath }).toEqual({ path, contextPath });
  });

  it('takes the stage from the path before a catch-all route does', () => {
    const catchAll = routes('ANY /{proxy+}');
    expect(catchAll.find('GET', '/dev/a')?.parameters).toEqual({ proxy: 'a' });
    expect(catchAll.find('GET', '/dev')?.parameters).toEqual({ proxy: 'dev' });
  });

  it.each([
    ['/dev/orders', '/orders'],
    ['/dev/here', '/dev/here'],
    ['//orders/', '/orders'],
    ['/dev/unknown', undefined],
  ])('knows the resource of a preflight to %s', (path, expected) => {
    expect(STAGED.resource(path)).toBe(expected);
  });

  it.each([
    ['/orders/7', '/orders/{id}'],
    ['/a', undefined],
  ])('knows the resource of %s, without a method', (path, expected) => {
    expect(routes('POST /orders/{id}', 'http GET /a').resource(path)).toBe(expected);
  });

  it.each([
    [['GET /a'], 'rest'],
    [['http GET /a'], 'http'],
    [['http GET /a', 'GET /b'], 'rest'],
    [[], 'rest'],
  ])('lets an API of the service answer where no route does: %j', (table, api) => {
    expect(routes(...table).fallback).toBe(api);
  });

  it('gives a route what an event tells of it', () => {
    const find = (path: string) => routes('GET /a', 'GET /b', 'http GET /a').find('GET', path);
    expect(find('/a')?.route).toMatchObject({
      apiId: expect.stringMatching(/^[a-z0-9]{10}$/),
      resourceId: expect.stringMatching(/^[a-z0-9]{6}$/),
      stage: 'dev',
      routeKey: 'GET /a',
    });
    expect(find('/a')?.route.apiId).toBe(find('/b')?.route.apiId);
    expect(find('/a')?.route.resourceId).not.toBe(find('/b')?.route.resourceId);
  });

  it.each(['GET /a/{id}', 'http GET /a', 'http ANY /a', 'http ANY $default'])(
    'refuses the route %s in two functions',
    (route) => {
      expect(() => routes(route, route)).toThrow(/both have the route/);
    },
  );

  it.each(['/a{id}', '/{id}b', '/{proxy+}/a', '/a/*', '/a?', '/a b', 'a'])(
    'refuses the path %s',
    (path) => {
      expect(() => routes(`GET ${path}`.replace('/a b', '/a\tb'))).toThrow(/takes no path/);
    },
  );

  it('finds one of 2,000 routes', () => {
    const table = Array.from({ length: 2000 }, (_, index) => `GET /r${index}/{id}`);
    expect(find(table, 'GET', '/r1999/x')).toBe('GET /r1999/{id} id=x');
  });
});
