import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { InvalidValueError } from '../../src/errors.ts';
import { endpointProblem } from '../../src/service/endpoint/problem.ts';
import {
  endpointMethod,
  endpointName,
  endpointPath,
  takesBody,
} from '../../src/service/endpoint/rules.ts';
import type { HttpEvent, Service } from '../../src/service/service.ts';
import { aFunction } from '../support/function.ts';

/** The reason and the suggestion that the parser refuses the text with. */
function refusal(parse: (text: string) => unknown, text: string): [string, string | undefined] {
  try {
    parse(text);
  } catch (error) {
    if (error instanceof InvalidValueError) return [error.message, error.suggestion];
    throw error;
  }
  throw new Error(`${text} was taken`);
}

describe('endpointName', () => {
  it.each(['a', 'getOrder', 'get-order', 'get_order', 'A1', 'class'])('takes %s', (name) => {
    expect(endpointName(name)).toBe(name);
  });

  it.each([
    ['', 'is empty', 'getOrder'],
    ['1a', 'start with a letter', 'a'],
    ['get order', 'has a space', 'getOrder'],
    ['größe', 'the character "ö"', 'groE'],
    ['a/b', 'the character "/"', 'aB'],
    ['__proto__', 'start with a letter', 'proto__'],
    ['null', 'YAML reads it as a value', 'nullEndpoint'],
    ['Yes', 'YAML reads it as a value', 'YesEndpoint'],
  ])('refuses %j: it %s', (name, reason, suggestion) => {
    const [message, instead] = refusal(endpointName, name);
    expect(message).toContain(reason);
    expect(instead).toBe(suggestion);
  });

  it('suggests nothing that it would refuse', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        try {
          endpointName(text);
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error;
          endpointName(error.suggestion ?? '');
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('endpointMethod', () => {
  it.each([
    ['get', 'GET'],
    ['Any', 'ANY'],
    ['OPTIONS', 'OPTIONS'],
  ])('takes %s', (text, method) => {
    expect(endpointMethod(text)).toBe(method);
  });

  it('refuses others', () => {
    expect(refusal(endpointMethod, 'TRACE')[0]).toContain('"TRACE" is not one of GET, POST, PUT');
  });

  it('tells which have a body', () => {
    const methods = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'HEAD', 'OPTIONS', 'ANY'];
    expect(methods.filter(takesBody)).toEqual(['POST', 'PUT', 'PATCH', 'ANY']);
  });
});

describe('endpointPath', () => {
  it.each<[string, string, unknown[]]>([
    ['/', '/', []],
    ['/orders', '/orders', []],
    ['/a.b/c_d/e-f/g:h', '/a.b/c_d/e-f/g:h', []],
    ['/orders/{id}', '/orders/{id}', [{ name: 'id', type: 'string', greedy: false }]],
    ['/orders/{id:int}', '/orders/{id}', [{ name: 'id', type: 'int', greedy: false }]],
    ['/o/{at:DateTime}', '/o/{at}', [{ name: 'at', type: 'datetime', greedy: false }]],
    ['/o/{on:date}', '/o/{on}', [{ name: 'on', type: 'date', greedy: false }]],
    ['/o/{price:decimal}', '/o/{price}', [{ name: 'price', type: 'decimal', greedy: false }]],
    [
      '/o/{status:enum(open,in-transit)}',
      '/o/{status}',
      [{ name: 'status', type: 'string', oneOf: ['open', 'in-transit'], greedy: false }],
    ],
    ['/files/{proxy+}', '/files/{proxy+}', [{ name: 'proxy', type: 'string', greedy: true }]],
    ['//orders', '/orders', []],
  ])('reads %s', (text, path, parameters) => {
    expect(endpointPath(text)).toMatchObject({ path, parameters });
  });

  it.each([
    ['orders', 'must start with a slash', '/orders'],
    ['', 'must start with a slash', '/'],
    ['/orders/', 'ends with a slash', '/orders'],
    ['/a//b', 'two slashes in a row', undefined],
    ['/a/../b', 'clients resolve the part ".."', undefined],
    ['/a b', 'the character " "', undefined],
    ['/ä', 'the character "ä"', undefined],
    ['/{id', 'is not a parameter', undefined],
    ['/a{id}', 'is not a parameter', undefined],
    ['/{}', 'is not a parameter', undefined],
    [
      '/{id:guid}',
      'the type "guid"; the types are string, int, double, bool, datetime, date',
      undefined,
    ],
    ['/{s:enum}', 'has the type "enum"', undefined],
    ['/{s:enum(a,)}', 'has the type "enum(a,)"', undefined],
    ['/{s:enum(a,a)}', 'has the type "enum(a,a)"', undefined],
    ['/{s:int(1)}', 'has the type "int(1)"', undefined],
    ['/{s+:enum(a)}', 'is always text', undefined],
    ['/{a+}/b', 'must be the last part', undefined],
    ['/{a+:int}', 'is always text', undefined],
    ['/{a}/{a}', 'the parameter {a} twice', undefined],
    ['C:/Program Files/Git/orders', 'Windows path', '//orders'],
  ])('refuses %j: %s', (text, reason, suggestion) => {
    const [message, instead] = refusal(endpointPath, text);
    expect(message).toContain(reason);
    if (suggestion !== undefined) expect(instead).toBe(suggestion);
  });

  it('either refuses a text or reads a path that it reads again as the same', () => {
    const part = fc.constantFrom('/', '{', '}', 'a', 'id', '+', ':', 'int', '.', ' ', 'ä', '-');
    fc.assert(
      fc.property(fc.array(part, { maxLength: 12 }), (parts) => {
        try {
          const { path } = endpointPath(parts.join(''));
          expect(endpointPath(path).path).toBe(path);
        } catch (error) {
          if (!(error instanceof InvalidValueError)) throw error;
        }
      }),
      { numRuns: 2000 },
    );
  });
});

describe('endpointProblem', () => {
  const service = (...events: HttpEvent[]): Service => ({
    name: 'shop',
    stage: 'dev',
    region: 'eu-west-1',
    functions: [aFunction({ key: 'f', events })],
  });
  const event = (route: string, api: HttpEvent['api'] = 'rest'): HttpEvent => {
    const [method = '', path = ''] = route.split(' ');
    return { api, method, path };
  };
  const problem = (existing: HttpEvent, added: HttpEvent) =>
    endpointProblem(service(existing), { key: 'new', handler: 'main.new', ...added })?.message;

  it.each([
    ['GET /a', 'GET /a', 'the function f has GET /a already.'],
    ['GET /a/{id}', 'GET /a/{other}', 'has GET /a/{id} already, which takes the requests of'],
    ['GET /a/{p+}', 'GET /a/{q+}', 'has GET /a/{p+} already, which takes the requests of'],
    ['ANY /a', 'GET /a', 'has ANY /a already, which takes the requests of GET /a'],
    [
      'GET /a/{id}',
      'POST /a/{other}',
      'only one name for a parameter in the same place: {id} or {other}',
    ],
    ['GET /a/{id}/b', 'GET /a/{other}/c', 'only one name'],
    ['GET /a/{id}', 'GET /a/{proxy+}', 'only one name'],
  ])('says of a REST API with %s that with %s it has %s', (existing, added, message) => {
    expect(problem(event(existing), event(added))).toContain(message);
  });

  it.each([
    ['GET /a', 'POST /a'],
    ['GET /a', 'ANY /a'],
    ['GET /a', 'GET /A'],
    ['GET /a/{id}', 'GET /a/b'],
    ['GET /a/{id}', 'POST /a/{id}'],
    ['GET /a/{id}', 'GET /b/{other}'],
    ['GET /a/{id}', 'GET /a/{id}/b'],
  ])('has nothing against a REST API with %s that gets %s', (existing, added) => {
    expect(problem(event(existing), event(added))).toBeUndefined();
  });

  it('has nothing against parameters of an HTTP API, nor between two kinds of API', () => {
    expect(problem(event('GET /a/{id}', 'http'), event('POST /a/{b}', 'http'))).toBeUndefined();
    expect(problem(event('GET /a', 'http'), event('GET /a', 'rest'))).toBeUndefined();
    expect(problem(event('GET /a/{id}', 'http'), event('GET /a/{b}', 'http'))).toContain('already');
  });

  it.each([
    ['f', 'main.other', 'the function f exists already'],
    ['g', 'main.f', 'the function f has the handler main.f already'],
    ['F', 'main.F', 'the same name in CloudFormation'],
    ['x'.repeat(56), 'main.x', 'which has 65 characters'],
  ])('says of the function %s with the handler %s: %s', (key, handler, message) => {
    const added = { key, handler, ...event('GET /new') };
    expect(endpointProblem(service(event('GET /a')), added)?.message).toContain(message);
  });
});
