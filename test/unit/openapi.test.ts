import { Validator } from '@seriousme/openapi-schema-validator';
import fc from 'fast-check';
import { type Document, OpenAPIBackend } from 'openapi-backend';
import { describe, expect, it } from 'vitest';
import { accessIn } from '../../src/contract/access.ts';
import { type OpenApiServer, openApiDocument } from '../../src/contract/openapi.ts';
import { writeYaml } from '../../src/contract/yaml.ts';
import { InvalidValueError, UserError } from '../../src/errors.ts';
import type { Contract } from '../../src/service/contract.ts';
import { type Added, added, contractIn, contractWith, route } from '../support/contract.ts';
import { endpointInput } from '../support/endpoint-inputs.ts';

const SERVERS: readonly OpenApiServer[] = [{ url: 'http://127.0.0.1:3000' }];

const documentOf = (contract: Contract, servers = SERVERS) =>
  openApiDocument(contract, { servers, version: '1.2.0' });

async function problemsOf(document: unknown): Promise<unknown> {
  // It writes into the document that it gets.
  const { valid, errors } = await new Validator().validate(
    structuredClone(document) as Record<string, unknown>,
  );
  return valid ? [] : (errors ?? ['invalid']);
}

const ENDPOINTS: readonly Added[] = [
  {
    name: 'getOrder',
    path: '/orders/{id:int}',
    response: '{"id": 1, "note": null, "at": "2024-02-29"}',
  },
  { name: 'listOrders', path: '/orders', request: 'limit:int?,state:enum(open,paid)?,ids:int[]?' },
  {
    ...{ name: 'changeOrder', method: 'PATCH', path: '/orders/{id:int}' },
    ...{ request: 'status:enum(open,paid),note:string?', response: 'status:enum(open,paid)' },
  },
  {
    ...{ name: 'addItems', method: 'POST', path: '/items/{day:date}' },
    ...{ request: '[{"sku": "a"}, {"sku": "b", "price": null}]', response: 'rates:map<decimal>' },
  },
  { name: 'files', path: '/files/{rest+}' },
];

it('describes a service in a valid document', async () => {
  const document = documentOf(await contractWith(...ENDPOINTS));
  expect(await problemsOf(document)).toEqual([]);
  await expect(writeYaml(document)).toMatchFileSnapshot('../fixtures/contract/openapi.yaml');
});

it('is valid whatever can be added, and the same each time', async () => {
  const one = fc.uniqueArray(endpointInput, {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  });
  await fc.assert(
    fc.asyncProperty(one, async (inputs) => {
      const all: Awaited<ReturnType<typeof added>>[] = [];
      for (const input of inputs) {
        try {
          all.push(await added(input));
        } catch (error) {
          if (!(error instanceof InvalidValueError || error instanceof UserError)) throw error;
        }
      }
      const files = Object.assign({}, ...all.map((each) => each.files));
      const handled = all.map((each) => each.handled);
      const document = documentOf(contractIn(handled, files));
      expect(await problemsOf(document)).toEqual([]);
      expect(writeYaml(documentOf(contractIn(handled, files)))).toBe(writeYaml(document));
    }),
    { numRuns: 60 },
  );
}, 120_000);

describe('another reader of the document', async () => {
  const document = documentOf(await contractWith(...ENDPOINTS));
  const api = new OpenAPIBackend({
    definition: structuredClone(document) as unknown as Document,
    quick: true,
    ajvOpts: { validateFormats: false },
  });
  await api.init();
  const request = (method: string, path: string, body?: unknown) => ({
    ...{ method, path, headers: { 'content-type': 'application/json' } },
    ...(body !== undefined && { body }),
  });

  it.each([
    ['changeOrder', 'PATCH', '/orders/7', { note: null }, true],
    ['changeOrder', 'PATCH', '/orders/7', { status: 'lost' }, false],
    ['changeOrder', 'PATCH', '/orders/x', {}, false],
    ['addItems', 'POST', '/items/2024-02-29', [{ sku: 'a' }], true],
    ['addItems', 'POST', '/items/2024-02-29', [{ price: 1 }], false],
    ['listOrders', 'GET', '/orders?limit=2&ids=1&ids=2&state=open', undefined, true],
    ['listOrders', 'GET', '/orders?limit=x', undefined, false],
    ['listOrders', 'GET', '/orders?state=lost', undefined, false],
  ])('finds %s, and checks %s %s %j', (operation, method, path, body, isValid) => {
    const sent = request(method, path, body);
    expect(api.matchOperation(sent)?.operationId).toBe(operation);
    expect(api.validateRequest(sent).valid).toBe(isValid);
  });

  it.each([
    ['getOrder', { id: 1, note: null, at: '2024-02-29' }, true],
    ['getOrder', { id: 1, at: '2024-02-29' }, false],
    ['getOrder', { id: null, note: null, at: '2024-02-29' }, false],
    // A later version may have added a text.
    ['changeOrder', { status: 'lost' }, true],
    ['addItems', { rates: { EUR: '12.50' } }, true],
    ['addItems', { rates: { EUR: '1e3' } }, false],
  ])('checks what %s responds with: %j', (operation, body, isValid) => {
    expect(api.validateResponse(body, operation).valid).toBe(isValid);
  });
});

/** The paths and methods of a document, with the names of the operations. */
const operationsIn = (document: unknown) =>
  Object.entries(
    (document as { paths: Record<string, Record<string, { operationId: string }>> }).paths,
  ).flatMap(([path, item]) =>
    Object.entries(item).map(([method, { operationId }]) => `${method} ${path}: ${operationId}`),
  );

describe('the paths', () => {
  const documentWith = (...routes: Parameters<typeof route>[]) => {
    const handled = routes.map((each, index) => ({ key: `f${index}`, routes: [route(...each)] }));
    return documentOf(contractIn(handled, {}));
  };

  it.each<[string, Parameters<typeof route>[], string[]]>([
    [
      'stand for all methods that have no endpoint of their own',
      [
        ['ANY', '/a'],
        ['GET', '/a'],
        ['HEAD', '/a'],
      ],
      [
        'get /a: f1',
        'head /a: f2',
        'post /a: f0Post',
        'put /a: f0Put',
        'patch /a: f0Patch',
        'delete /a: f0Delete',
      ],
    ],
    [
      'have the same names of parameters for all methods',
      [
        ['GET', '/a/{id}', 'http'],
        ['PUT', '/a/{name}', 'http'],
      ],
      ['get /a/{id}: f0', 'put /a/{id}: f1'],
    ],
    [
      'of the rest come after those of one part',
      [
        ['GET', '/a/{rest+}'],
        ['GET', '/a/{id}'],
      ],
      ['get /a/{rest}: f1', 'get /a/{rest}/{more}: f0'],
    ],
    [
      'have a parameter for $default',
      [['ANY', '$default', 'http']],
      [
        'get /{path}: f0Get',
        'post /{path}: f0Post',
        'put /{path}: f0Put',
        'patch /{path}: f0Patch',
        'delete /{path}: f0Delete',
      ],
    ],
    [
      'are there once where both APIs have them',
      [
        ['GET', '/a'],
        ['GET', '/a', 'http'],
      ],
      ['get /a: f0'],
    ],
  ])('%s', async (_, routes, operations) => {
    const document = documentWith(...routes);
    expect(operationsIn(document)).toEqual(operations);
    expect(await problemsOf(document)).toEqual([]);
  });
});

it('names the server of each API where they differ', async () => {
  const handled = [
    { key: 'a', routes: [route('GET', '/a')] },
    { key: 'b', routes: [route('GET', '/b', 'http')] },
  ];
  const servers = [
    { url: 'https://rest.example/dev', api: 'rest' as const },
    { url: 'https://http.example', api: 'http' as const },
  ];
  const document = documentOf(contractIn(handled, {}), servers);
  expect(document).toMatchObject({
    servers: [{ url: 'https://rest.example/dev' }, { url: 'https://http.example' }],
    paths: { '/b': { get: { servers: [{ url: 'https://http.example' }] } } },
  });
  expect(await problemsOf(document)).toEqual([]);
});

describe('the authorizer of a route', () => {
  const provider = {
    httpApi: {
      authorizers: {
        users: {
          identitySource: '$request.header.Authorization',
          issuerUrl: 'https://issuer.example',
        },
        check: {
          type: 'request',
          functionName: 'check',
          identitySource: ['$request.header.X-Key', '$request.querystring.key'],
        },
      },
    },
  };

  it.each([
    ['http', 'check', 'apiKey', { in: 'header', name: 'Authorization' }],
    ['http', 'aws_iam', 'apiKey', { 'x-amazon-apigateway-authtype': 'awsSigv4' }],
    [
      'http',
      { name: 'check', type: 'request', identitySource: 'method.request.header.X-Key' },
      'apiKey',
      { name: 'X-Key' },
    ],
    [
      'http',
      'arn:aws:cognito-idp:eu-west-1:123456789012:userpool/eu-west-1_x',
      'http',
      { scheme: 'bearer' },
    ],
    [
      'httpApi',
      'users',
      'http',
      { scheme: 'bearer', bearerFormat: 'JWT', description: 'A token of https://issuer.example.' },
    ],
    ['httpApi', { name: 'check' }, 'apiKey', { in: 'header', name: 'X-Key' }],
    ['httpApi', { type: 'aws_iam' }, 'apiKey', { 'x-amazon-apigateway-authtype': 'awsSigv4' }],
  ])('of %s is described: %j', async (event, authorizer, type, scheme) => {
    const definition = {
      events: [{ [event]: { method: 'GET', path: '/a', authorizer, private: event === 'http' } }],
    };
    const document = documentOf(
      contractIn(
        [{ key: 'a', routes: [route('GET', '/a', event === 'http' ? 'rest' : 'http')] }],
        {},
        {
          accessOf: (_, asked) => accessIn(definition, asked, provider),
        },
      ),
    ) as {
      components: { securitySchemes: object };
      paths: Record<string, { get: { security: object[]; responses: object } }>;
    };
    const [first] = Object.entries(document.components.securitySchemes);
    expect(first?.[1]).toMatchObject({ type, ...scheme });
    const { security, responses } = document.paths['/a']?.get ?? {};
    expect(Object.keys(security?.[0] ?? {})).toEqual(
      Object.keys(document.components.securitySchemes),
    );
    expect(responses).toHaveProperty('403');
    expect(await problemsOf(document)).toEqual([]);
  });
});
