import { describe, expect, it } from 'vitest';
import { requireJson } from '../../src/commands/invoke/event.ts';
import { albEvent, gatewayEvent, urlEvent } from '../../src/commands/invoke/request.ts';
import { type HttpEvent, NO_SETTINGS, type Service } from '../../src/service/service.ts';
import { aFunction } from '../support/function.ts';

/** A function with these routes, and its service. */
function serviceOf(...events: HttpEvent[]) {
  const fn = aFunction({ key: 'getOrder', events });
  const service: Service = { name: 'shop', stage: 'prod', region: 'eu-west-1', functions: [fn] };
  return { service, fn };
}

describe('the event of a request', () => {
  const wanted = { method: 'put', path: '/orders/a%20b?tag=x&tag=y%26z&limit=3' };
  const route = (api: HttpEvent['api'], method: string, path: string) => ({ api, method, path });

  it('of a REST API has its path as it was sent, and the route as its resource', () => {
    const { service, fn } = serviceOf(route('rest', 'ANY', '/orders/{id}'));
    expect(gatewayEvent(['rest'], service, fn, wanted)).toMatchObject({
      resource: '/orders/{id}',
      path: '/orders/a%20b',
      httpMethod: 'PUT',
      queryStringParameters: { tag: 'y&z', limit: '3' },
      multiValueQueryStringParameters: { tag: ['x', 'y&z'], limit: ['3'] },
      pathParameters: { id: 'a%20b' },
      requestContext: {
        stage: 'prod',
        resourcePath: '/orders/{id}',
        httpMethod: 'PUT',
        path: '/prod/orders/a%20b',
        identity: { sourceIp: '203.0.113.7' },
      },
    });
  });

  it('of an HTTP API has its path decoded, and the route as its key', () => {
    const { service, fn } = serviceOf(route('http', 'ANY', '/orders/{id}'));
    expect(gatewayEvent(['http'], service, fn, wanted)).toMatchObject({
      routeKey: 'ANY /orders/{id}',
      rawPath: '/orders/a b',
      rawQueryString: 'tag=x&tag=y%26z&limit=3',
      queryStringParameters: { tag: 'x,y&z', limit: '3' },
      pathParameters: { id: 'a b' },
      requestContext: {
        routeKey: 'ANY /orders/{id}',
        http: { method: 'PUT', path: '/orders/a b', sourceIp: '203.0.113.7' },
      },
    });
  });

  it('of an HTTP API has payload 1.0 where the function is set to it', () => {
    const { service, fn } = serviceOf(route('http', 'ANY', '/orders/{id}'));
    const gateway = { ...NO_SETTINGS, payloadV1: new Set([fn.key]) };
    expect(gatewayEvent(['http'], { ...service, gateway }, fn, wanted)).toMatchObject({
      version: '1.0',
      httpMethod: 'PUT',
      pathParameters: { id: 'a b' },
    });
  });

  it('of a function URL goes to the function whatever its routes are, its path as it was sent', () => {
    const { service, fn } = serviceOf(route('http', 'GET', '/orders'));
    const event = urlEvent(service, fn, wanted);
    expect(event).toMatchObject({ routeKey: '$default', rawPath: '/orders/a%20b' });
    expect(event).not.toHaveProperty('pathParameters');
  });

  it('of a load balancer has its query as it was sent', () => {
    expect(albEvent({ body: '' }, wanted)).toMatchObject({
      body: '',
      httpMethod: 'PUT',
      path: '/orders/a%20b',
      queryStringParameters: { tag: 'y%26z', limit: '3' },
    });
  });

  it('goes through that of the APIs whose route takes it', () => {
    const { service, fn } = serviceOf(route('rest', 'GET', '/a'), route('http', 'GET', '/b'));
    const event = (path?: string) =>
      gatewayEvent(['rest', 'http'], service, fn, path === undefined ? {} : { path });
    expect(event('/a')).toMatchObject({ resource: '/a' });
    expect(event('/b')).toMatchObject({ routeKey: 'GET /b' });
    expect(event()).toMatchObject({ resource: '/a' });
    const refused = 'no route of getOrder takes /c; it has GET /a, GET /b.';
    expect(() => event('/c')).toThrow(refused);
  });

  it('is a GET unless told, where the function takes one', () => {
    const events = [route('http', 'DELETE', '/orders/{id}'), route('http', 'GET', '/orders/last')];
    const { service, fn } = serviceOf(...events);
    const event = (path: string) => gatewayEvent(['http'], service, fn, { path });
    expect(event('/orders/last')).toMatchObject({ routeKey: 'GET /orders/last' });
    expect(event('/orders/7')).toMatchObject({ routeKey: 'DELETE /orders/{id}' });
  });

  it('is one that no route of another function takes', () => {
    const { service, fn } = serviceOf(route('http', 'ANY', '$default'));
    const events = [route('http', 'ANY', '/'), route('http', 'GET', '/{x}')];
    const shop = { ...service, functions: [aFunction({ key: 'other', events }), fn] };
    expect(gatewayEvent(['http'], shop, fn, {})).toMatchObject({
      routeKey: '$default',
      rawPath: '/1',
      requestContext: { http: { method: 'POST' } },
    });
    const refused = 'no route of getOrder takes GET /a, which goes to other; it has $default.';
    const wantedOfOther = { method: 'GET', path: '/a' };
    expect(() => gatewayEvent(['http'], shop, fn, wantedOfOther)).toThrow(refused);
  });

  it('is refused where other functions take all that the routes could', () => {
    const { service, fn } = serviceOf(route('rest', 'ANY', '/{x}'));
    const other = aFunction({
      key: 'other',
      events: [route('rest', 'ANY', '/1'), route('rest', 'ANY', '/2')],
    });
    const shop = { ...service, functions: [other, fn] };
    const refused = 'no route of getOrder takes GET /1, which goes to other; it has ANY /{x}.';
    expect(() => gatewayEvent(['rest'], shop, fn, {})).toThrow(refused);
  });

  it('is one that the route takes where another has the path of the first that comes to mind', () => {
    const { service, fn } = serviceOf(route('rest', 'GET', '/{x}'));
    const other = aFunction({ key: 'other', events: [route('rest', 'POST', '/1')] });
    const shop = { ...service, functions: [other, fn] };
    expect(gatewayEvent(['rest'], shop, fn, {})).toMatchObject({ path: '/2' });
  });

  it('passes over routes that are not known here', () => {
    const { service, fn } = serviceOf(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of serverless.yml
      route('rest', 'GET', '/${ssm:/path}'),
      route('rest', 'GET', '/a'),
    );
    expect(gatewayEvent(['rest'], service, fn, {})).toMatchObject({ resource: '/a' });
  });
});

it.each([
  ['--data', '--data'],
  ['--data-file -', '--data'],
  ['--payload', '--payload'],
  ['--client-context', '--client-context'],
  ['event.json', '--data'],
])('suggests JSON for the option that %s was given with', (source, option) => {
  const hint = `${option} '{"id": 7}'`;
  expect(() => requireJson('nojson', source)).toThrow(expect.objectContaining({ hint }));
});
