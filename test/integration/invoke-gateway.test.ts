import { once } from 'node:events';
import { createServer, request as httpRequest, type IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { UsageError } from '../../src/errors.ts';
import { apiTarget } from '../../src/local/gateway/apis.ts';
import { routeTable } from '../../src/local/gateway/routes.ts';
import { Gateway } from '../../src/local/gateway.ts';
import { NO_SETTINGS } from '../../src/service/service.ts';
import { readService } from '../../src/service-folder/read.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { invokeApi, run } from '../support/invoke.ts';
import { listening } from '../support/listening.ts';

type Json = Record<string, unknown>;

/** Requests to the gateway of `dev`, which routes them and makes their events. */
async function gatewayOf(cwd: string) {
  const { service } = await readService({ cwd, env: {} });
  const table = routeTable(service);
  const invoked: { key: string; event: Json }[] = [];
  const gateway = new Gateway({
    target: (request) => apiTarget(table, service.gateway ?? NO_SETTINGS, request),
    invoke: async (key, { payload }) => {
      invoked.push({ key, event: JSON.parse(payload.toString()) });
      return { ok: true, payload: Buffer.from('{"statusCode":200}'), cold: false };
    },
    report: () => {},
    port: () => 443,
  });
  const server = createServer((request, response) => gateway.handle(request, response));
  const port = await listening(server);
  return {
    service,
    /** The function that the request goes to and its event; undefined where no route takes it. */
    async send(method: string, path: string, host: string) {
      const headers = {
        Accept: 'application/json',
        'Accept-Encoding': 'gzip',
        Host: host,
        'User-Agent': 'curl/8.7.1',
      };
      const sent = httpRequest({ port, method, path, headers, agent: false }).end();
      const [response] = (await once(sent, 'response')) as [IncomingMessage];
      await once(response.resume(), 'end');
      return invoked.pop();
    },
  };
}

/** What `invoke` sends to the function, or the error that it ends with. */
async function invoked(cwd: string, name: string, flags: { path: string; method: string }) {
  const api = await invokeApi();
  const { error } = await run(name, { ...flags, port: String(api.port) }, { cwd });
  return error ?? (JSON.parse(api.received[0]?.body ?? '') as Json);
}

const OF_ONE_REQUEST = /^(x-amzn-trace-id|x-forwarded-\w+|content-length)$/i;
const OF_ONE_REQUEST_CONTEXT =
  /^(requestTime|requestTimeEpoch|time|timeEpoch|requestId|extendedRequestId|sourceIp)$/;

const without = (names: RegExp, record: Json): Json =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.test(name)));

/** An event without its ids, its times and where it came from. */
function settled(event: Json): Json {
  const { requestContext, headers, multiValueHeaders, ...rest } = event;
  const context = without(OF_ONE_REQUEST_CONTEXT, requestContext as Json);
  const nested = ['identity', 'http'].flatMap((name) =>
    name in context ? [[name, without(OF_ONE_REQUEST_CONTEXT, context[name] as Json)]] : [],
  );
  return {
    ...rest,
    headers: without(OF_ONE_REQUEST, headers as Json),
    ...(multiValueHeaders !== undefined && {
      multiValueHeaders: without(OF_ONE_REQUEST, multiValueHeaders as Json),
    }),
    requestContext: { ...context, ...Object.fromEntries(nested) },
  };
}

const hostOf = (event: Json): string => String((event.requestContext as Json).domainName);

/** Routes, each of a function of its own or, in one text, of one; and requests. */
const CASES: [api: 'http' | 'httpApi', routes: string[], requests: string[], provider?: string][] =
  ['http' as const, 'httpApi' as const].flatMap((api) => [
    [api, ['GET /{y}/b/c, GET /a/{x}/c'], ['GET /a/b/c', 'GET /z/b/c', 'GET /a/z/c', 'GET /a/b']],
    [api, ['GET /{y}/b/c', 'GET /a/{x}/c'], ['GET /a/b/c', 'GET /z/b/c', 'GET /a/z/c']],
    [
      api,
      ['GET /hello'],
      ['GET /hello', 'GET /hello/', 'GET //hello', 'GET /Hello', 'POST /hello'],
    ],
    [api, ['GET /a/b, POST /a/{x}'], ['POST /a/b', 'GET /a/b', 'POST /a/c', 'GET /a/c']],
    [api, ['GET /a/b', 'POST /a/{x}'], ['POST /a/b', 'GET /a/b', 'POST /a/c', 'GET /a/c']],
    [
      api,
      ['GET /orders/{id}'],
      ['/orders/7', '/dev/orders/7', '/dev//orders/7', '/dev/dev/orders/7', '/prod/orders/7'].map(
        (path) => `GET ${path}`,
      ),
    ],
    [api, ['GET /dev/{x}', 'GET /{x}'], ['GET /dev/a', 'GET /dev', 'GET /a', 'GET /dev/dev']],
    [api, ['ANY /', 'GET /{proxy+}'], ['GET /', 'POST /', 'GET /a/b/', 'GET /dev', 'POST /a']],
    [api, ['ANY /a', 'DELETE /a'], ['GET /a', 'DELETE /a', 'OPTIONS /a', 'HEAD /a']],
    [
      api,
      ['GET /a/{proxy+}', 'GET /a/{b}/{c}'],
      ['GET /a/1', 'GET /a/1/2', 'GET /a/1/2/3', 'GET /a/'],
    ],
    [
      api,
      ['GET /a/{x}'],
      ['/a/b%20c', '/a/b%2Fc', '/a/ü', '/a/b?q=1&q=2&e=%C3%A9&n', '/a/b?', '/a/b:c', '/a//'].map(
        (path) => `GET ${encodeURI(path).replaceAll('%25', '%')}`,
      ),
    ],
  ]);
CASES.push(
  ['httpApi', ['* *', 'GET /a'], ['GET /a', 'POST /a', 'GET /', 'GET /b/c', 'DELETE //']],
  [
    'httpApi',
    ['GET /a/{x}', '* *'],
    ['GET /a/1', 'GET /a/%2F', 'PUT /b'],
    "httpApi: { payload: '1.0' }",
  ],
);

describe('invoke and the gateway of dev', () => {
  it.each(CASES)('agree on a service with %s %j about %j', async (api, routes, requests, more) => {
    const cwd = temporaryFolder();
    const functions = routes.map((texts, index) => {
      const events = texts.split(', ').map((text) => {
        const [method, path] = text.split(' ');
        return `{ ${api}: { ${path === '*' ? '' : `method: '${method}', `}path: '${path}' } }`;
      });
      return `  f${index}: { handler: main.f${index}, events: [${events.join(', ')}] }`;
    });
    const provider = ['name: aws', 'runtime: provided.al2023', ...(more ? [more] : [])].join(', ');
    const text = `service: shop\nprovider: { ${provider} }\nfunctions:\n${functions.join('\n')}\n`;
    writeTree(cwd, { 'serverless.yml': text });
    const gateway = await gatewayOf(cwd);

    for (const request of requests) {
      const [method = '', path = ''] = request.split(' ');
      const taken: Json = {};
      let host = 'localhost';
      for (const { key } of gateway.service.functions) {
        const event = await invoked(cwd, key, { method, path });
        if (event instanceof Error) {
          expect(event).toBeInstanceOf(UsageError);
          expect(event.message).toMatch(`no route of ${key} takes ${method} ${path.split('?')[0]}`);
        } else {
          taken[key] = settled(event as Json);
          host = hostOf(event as Json);
        }
      }
      const sent = await gateway.send(method, path, host);
      expect({ [request]: taken }).toEqual({
        [request]: sent ? { [sent.key]: settled(sent.event) } : {},
      });
    }
  });
});
