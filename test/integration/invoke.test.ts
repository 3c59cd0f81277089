import { once } from 'node:events';
import { existsSync, symlinkSync } from 'node:fs';
import { createServer, type IncomingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { invoke } from '../../src/commands/invoke.ts';
import type { InvokeFlags } from '../../src/commands/invoke-flags.ts';
import { CancelledError, UsageError, UserError } from '../../src/errors.ts';
import { failure } from '../../src/local/invocation.ts';
import { InvokeApi } from '../../src/local/invoke-api.ts';
import { SAMPLE_EVENTS } from '../../src/service/sample-events.ts';
import { readServerlessYml } from '../../src/service/serverless-yml.ts';
import { readDevAddress, removeDevAddress, writeDevAddress } from '../../src/tools/dev-address.ts';
import { type Script, scripted } from '../support/context.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { installedOsls, userEnv } from '../support/moto.ts';

const SERVERLESS_YML = `
service: shop
provider: { name: aws, runtime: provided.al2023, region: eu-west-1 }
functions:
  hello: { handler: main.hello, events: [{ http: GET /hello }] }
  getOrder:
    handler: main.getOrder
    events:
      - http: GET /orders/{id}
      - http: DELETE /orders/{id}
      - http: GET /orders/latest
      - http: ANY /files/{proxy+}
      - http: GET /files/{folder}/{name}
  listOrders: { handler: main.listOrders, events: [{ httpApi: 'GET /orders' }] }
  catchAll: { handler: main.catchAll, events: [{ httpApi: '*' }] }
  worker: { handler: main.worker, name: the-worker }
`;

function shop(): string {
  const root = temporaryFolder();
  writeTree(root, { 'serverless.yml': SERVERLESS_YML });
  return root;
}

interface Received {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

interface Reply {
  readonly status?: number;
  readonly headers?: Record<string, string>;
  readonly body?: string;
  /** Cuts the connection. */
  readonly cut?: boolean;
  /** Never answers. */
  readonly hang?: boolean;
}

const base64 = (text: string): string => Buffer.from(text).toString('base64');

/** A server that stands for `dev`, or for Lambda, and answers every call in the same way. */
async function invokeApi(reply: Reply = {}) {
  const received: Received[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { method, url, headers } = request;
    received.push({ method, url, headers, body: Buffer.concat(chunks).toString() });
    server.emit('received');
    if (reply.cut) request.socket.destroy();
    if (reply.cut || reply.hang) return;
    response.writeHead(reply.status ?? 200, { 'x-amzn-RequestId': 'id-1', ...reply.headers });
    response.end(reply.body ?? '{}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const { port } = server.address() as AddressInfo;
  return { port, received, nextCall: () => once(server, 'received') };
}

/** Runs `invoke` to its end; what it threw is `error`. */
async function run(
  name: string | undefined,
  flags: InvokeFlags,
  script: Partial<Script> = {},
): Promise<{ results: string[]; notes: string[]; error: unknown }> {
  const { context, results, notes } = scripted({ cwd: shop(), ...script });
  const error = await invoke(context, name, flags).then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  return { results, notes, error };
}

/** Invokes a function of a server that answers `{}`; the event that it got. */
async function eventSent(name: string, flags: InvokeFlags): Promise<Record<string, unknown>> {
  const api = await invokeApi();
  const { error } = await run(name, { ...flags, port: String(api.port) });
  if (error !== undefined) throw error;
  return JSON.parse(api.received[0]?.body ?? '');
}

describe('invoke', () => {
  it('calls the function by the Invoke API and asks for its log', async () => {
    const api = await invokeApi();
    const flags = { port: String(api.port), data: '{ "id": 1.0 }', clientContext: '{"a":"ä"}' };
    expect((await run('getOrder', flags)).error).toBeUndefined();
    expect(api.received).toHaveLength(1);
    expect(api.received[0]).toMatchObject({
      method: 'POST',
      url: '/2015-03-31/functions/getOrder/invocations',
      body: '{ "id": 1.0 }',
      headers: {
        host: `127.0.0.1:${api.port}`,
        'x-amz-log-type': 'Tail',
        'x-amz-client-context': base64('{"a":"ä"}'),
      },
    });
  });

  it.each([
    ['an object', '{"a":1.0,"b":[],"c":"é"}', '{\n  "a": 1.0,\n  "b": [],\n  "c": "é"\n}'],
    [
      'an answer for API Gateway, whose body stays as it is',
      '{"statusCode":200,"body":"{\\"a\\":1}"}',
      '{\n  "statusCode": 200,\n  "body": "{\\"a\\":1}"\n}',
    ],
    ['a number too large for JavaScript', '[12345678901234567890]', '[\n  12345678901234567890\n]'],
    ['null', 'null', 'null'],
    ['a text', '"hello"', '"hello"'],
    ['something that is no JSON', '<html>', '<html>'],
    ['JSON that is nested deeply', '['.repeat(50) + ']'.repeat(50), undefined],
  ])('prints %s', async (_what, body, printed = body) => {
    const api = await invokeApi({ body });
    const { results, notes, error } = await run('worker', { port: String(api.port) });
    expect(error).toBeUndefined();
    expect(results).toEqual([printed]);
    expect(notes).toEqual([]);
  });

  it('prints nothing for an empty payload', async () => {
    const { port } = await invokeApi({ headers: { 'Content-Length': '0' }, body: '' });
    expect(await run('worker', { port: String(port) })).toMatchObject({ results: [], notes: [] });
  });

  it('shows the tail of the log as a note', async () => {
    const log = 'START RequestId: 1\nhällo\nEND RequestId: 1\n';
    const api = await invokeApi({ headers: { 'X-Amz-Log-Result': base64(log) } });
    const { results, notes } = await run('worker', { port: String(api.port) });
    expect(results).toEqual(['{}']);
    expect(notes).toEqual([log.trimEnd()]);
  });

  it.each([
    [
      '{"errorType":"StateError","errorMessage":"Bad state: no order\\nmore","stackTrace":["#0"]}',
      'worker failed: StateError: Bad state: no order.',
    ],
    ['{"errorMessage":"Task timed out."}', 'worker failed: Task timed out.'],
    ['null', 'worker failed: Unhandled.'],
    ['oops', 'worker failed: Unhandled.'],
  ])('fails when the function has failed, and prints the payload %s', async (body, message) => {
    const headers = {
      'X-Amz-Function-Error': 'Unhandled',
      'X-Amz-Log-Result': base64('line of the log'),
    };
    const api = await invokeApi({ headers, body });
    const { results, notes, error } = await run('worker', { port: String(api.port) });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({ message, exitCode: 1 });
    expect(results).toHaveLength(1);
    expect(results[0]?.replace(/\s/g, '')).toBe(body.replace(/\s/g, ''));
    expect(notes).toEqual(['line of the log']);
  });

  it('prints one JSON document with --json, numbers as they were', async () => {
    const api = await invokeApi({ body: '{"total":1.0}', headers: { 'X-Amz-Log-Result': 'YQ==' } });
    const { results } = await run('worker', { port: String(api.port), json: true });
    expect(results).toHaveLength(1);
    expect(results[0]).toContain('"total": 1.0');
    expect(JSON.parse(results[0] ?? '')).toEqual({
      payload: { total: 1 },
      functionError: null,
      logs: 'a',
      requestId: 'id-1',
    });
  });

  it('prints the JSON document of a function that has failed, too', async () => {
    const headers = { 'X-Amz-Function-Error': 'Unhandled' };
    const api = await invokeApi({ headers, body: 'no JSON' });
    const { results, error } = await run('worker', { port: String(api.port), json: true });
    expect(error).toMatchObject({ exitCode: 1 });
    expect(JSON.parse(results[0] ?? '')).toEqual({
      payload: 'no JSON',
      functionError: 'Unhandled',
      logs: null,
      requestId: 'id-1',
    });
  });

  it('asks for the function in a terminal', async () => {
    const api = await invokeApi();
    const answers = { 'Which function?': 'worker' };
    const { error } = await run(undefined, { port: String(api.port) }, { answers });
    expect(error).toBeUndefined();
    expect(api.received[0]?.url).toContain('/worker/');
  });

  it('takes the name that the function has on AWS', async () => {
    const api = await invokeApi();
    expect((await run('the-worker', { port: String(api.port) })).error).toBeUndefined();
    expect((await run('shop-dev-hello', { port: String(api.port) })).error).toBeUndefined();
    expect(api.received.map(({ url }) => url?.split('/')[3])).toEqual(['worker', 'hello']);
  });
});

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
      requestContext: { domainName: 'a1b2c3d4e5.execute-api.eu-west-1.amazonaws.com' },
    });
  });

  it.each([
    ['/orders/7', undefined, 'GET', '/orders/{id}', { id: '7' }],
    ['/orders/a%2Fb', 'delete', 'DELETE', '/orders/{id}', { id: 'a/b' }],
    ['/orders/latest', undefined, 'GET', '/orders/latest', null],
    ['/orders/latest', 'DELETE', 'DELETE', '/orders/{id}', { id: 'latest' }],
    ['/orders/7/', undefined, 'GET', '/orders/{id}', { id: '7' }],
    ['/files/a/b.txt', undefined, 'GET', '/files/{folder}/{name}', { folder: 'a', name: 'b.txt' }],
    ['/files/a/b.txt', 'PUT', 'PUT', '/files/{proxy+}', { proxy: 'a/b.txt' }],
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

describe('--list-events', () => {
  it('prints every sample with a line on it, also where there is no service', async () => {
    const { results } = await run(undefined, { listEvents: true }, { cwd: temporaryFolder() });
    expect(results[0]?.split('\n').map((line) => line.split('  ')[0])).toEqual(
      Object.keys(SAMPLE_EVENTS),
    );
  });

  it('prints JSON with --json', async () => {
    const { results } = await run(undefined, { listEvents: true, json: true });
    expect(JSON.parse(results[0] ?? '')).toEqual(SAMPLE_EVENTS);
  });
});

describe('a wrong command line', () => {
  const cases: [string | undefined, InvokeFlags, string][] = [
    [undefined, {}, '[function] is missing'],
    ['nope', {}, 'shop has no function "nope"; it has hello, getOrder, listOrders, catchAll, wor'],
    ['hello', { data: '{}', dataFile: 'a.json' }, '--data and --data-file exclude each other.'],
    ['hello', { data: '{}', event: 's3' }, '--data and --event exclude each other.'],
    ['hello', { dataFile: '-', event: 's3' }, '--data-file and --event exclude each other.'],
    ['hello', { data: '{}', path: '/a' }, '--data and --path exclude each other.'],
    ['hello', { dataFile: '-', method: 'GET' }, '--data-file and --method exclude each other.'],
    ['hello', { local: true, stage: 'dev' }, '--local and --stage exclude each other.'],
    ['hello', { port: '1', stage: 'dev' }, '--port and --stage exclude each other.'],
    ['hello', { region: 'eu-west-1' }, '--region is for a deployed function'],
    ['hello', { awsProfile: 'me' }, '--aws-profile is for a deployed function'],
    ['hello', { port: '0' }, '--port: "0" is not a port, 1 to 65535.'],
    ['hello', { port: '65536' }, '--port: "65536" is not a port'],
    ['hello', { port: '3e3' }, '--port: "3e3" is not a port'],
    ['hello', { stage: 'a b' }, '--stage: "a b" is not the name of a stage'],
    ['hello', { stage: 'dev', region: 'here' }, '--region: "here" is not an AWS region.'],
    ['hello', { event: 'fax' }, '--event: "fax" is not one of apigw-rest, '],
    ['hello', { event: 'toString' }, '--event: "toString" is not one of'],
    ['hello', { event: 's3', path: '/a' }, '--path is for the sample of an HTTP request, and s3'],
    ['worker', { path: '/a' }, '--path is for the sample of an HTTP request, and worker has no'],
    ['worker', { method: 'GET' }, '--method is for the sample of an HTTP request'],
    ['hello', { path: 'hello' }, '--path: "hello" does not start with a slash.'],
    ['hello', { path: '/%zz' }, '--path: "/%zz" has a % that encodes nothing.'],
    ['hello', { method: 'ANY' }, '--method: "ANY" is not one of GET, '],
    ['hello', { path: '/other' }, 'no route of hello takes /other; it has GET /hello.'],
    ['hello', { method: 'POST' }, 'no route of hello takes POST; it has GET /hello.'],
    ['getOrder', { path: '/files' }, 'no route of getOrder takes /files; it has GET /orders/{id},'],
    ['getOrder', { path: '/orders//' }, 'no route of getOrder takes /orders//;'],
    ['hello', { data: '' }, '--data: it is empty.'],
    ['hello', { data: '{"a": 1,\n "b": }' }, '--data: line 2, column 7: a value is expected.'],
    ['hello', { data: '{a: 1}' }, '--data: line 1, column 2: a'],
    ['hello', { data: '"a' }, '--data: line 1, column 1: '],
    ['hello', { dataFile: 'none.json' }, '--data-file: none.json: there is no such file.'],
    ['hello', { dataFile: '.' }, '--data-file: .: it cannot be read (EISDIR).'],
    ['hello', { dataFile: 'serverless.yml' }, 'serverless.yml: line 2, column 1: '],
    ['hello', { clientContext: '{' }, '--client-context: line 1, column 2: '],
    ['hello', { clientContext: '[]' }, '--client-context: it is not a JSON object.'],
  ];

  it.each(cases)('invoke %s %j: %s', async (name, flags, message) => {
    const { results, error } = await run(name, flags);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toMatch(/\.$/);
    expect((error as UsageError).hint).toBeTruthy();
    expect(results).toEqual([]);
  });
});

describe('what listens', () => {
  it('nothing', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    await once(server, 'close');
    const { error } = await run('hello', { port: String(port) });
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message: `nothing listens on 127.0.0.1:${port}.`,
      hint: expect.stringContaining('create-lambda-hello dev  in another terminal'),
      exitCode: 1,
    });
  });

  it('the Invoke API of dev', async () => {
    const served = readServerlessYml(SERVERLESS_YML, { file: 'serverless.yml', env: {} }).service;
    const service = { ...served, functions: served.functions.filter(({ key }) => key !== 'hello') };
    const api = new InvokeApi({
      service,
      report: () => {},
      invoke: async (key, { payload, clientContext = '' }) => {
        const logs = `${key} logged ${clientContext}`;
        if (key === 'worker') return { ...failure('Exception', 'no'), cold: true, logs };
        return { ok: true, payload, cold: false, logs };
      },
    });
    const server = createServer((request, response) => void api.handle(request, response));
    await once(server.listen(0, '127.0.0.1'), 'listening');
    onTestFinished(() => void server.close());
    const port = String((server.address() as AddressInfo).port);
    const flags = { port, data: '{"a":"ä"}', clientContext: '{"b":"ö"}' };
    expect(await run('getOrder', flags)).toEqual({
      results: ['{\n  "a": "ä"\n}'],
      notes: ['getOrder logged {"b":"ö"}'],
      error: undefined,
    });
    const failed = await run('worker', flags);
    expect(failed.error).toMatchObject({ message: 'worker failed: Exception: no.' });
    expect(failed.notes).toEqual(['worker logged {"b":"ö"}']);
    const unknown = await run('hello', flags);
    expect((unknown.error as Error).message).toContain('has no function hello');
  });

  const refusal = (type: string, Message: string, status: number): Reply => ({
    status,
    headers: { 'x-amzn-ErrorType': type },
    body: JSON.stringify({ Type: 'User', Message }),
  });

  it.each<[string, Reply, string]>([
    [
      'a dev without the function',
      refusal('ResourceNotFoundException', 'Function not found: arn', 404),
      'has no function hello: it serves another service, or an older one.',
    ],
    ['something else', { status: 404, body: '<h1>no</h1>' }, 'is not create-lambda-hello dev'],
    [
      'a dev that is busy',
      refusal('TooManyRequestsException', 'Rate Exceeded.', 429),
      'hello has too much to do: Rate Exceeded.',
    ],
    [
      'a dev that refuses the event',
      refusal('RequestTooLargeException', 'Request must be smaller', 413),
      'refuses the call: RequestTooLargeException: Request must be smaller.',
    ],
    [
      'a dev that gives no reason',
      { status: 500, headers: { 'x-amzn-ErrorType': 'ServiceException' }, body: 'oops' },
      'refuses the call: ServiceException: oops.',
    ],
    ['a dev that dies', { cut: true }, 'failed (ECONNRESET).'],
  ])('%s', async (_what, reply, message) => {
    const api = await invokeApi(reply);
    const { results, error } = await run('hello', { port: String(api.port) });
    expect(error).toBeInstanceOf(UserError);
    expect(error).not.toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
    expect(results).toEqual([]);
  });

  it('a function that takes long: Ctrl-C ends the command', async () => {
    const api = await invokeApi({ hang: true });
    const called = api.nextCall();
    const { context, stop } = scripted({ cwd: shop() });
    const invoked = invoke(context, 'hello', { port: String(api.port) });
    await Promise.all([
      called.then(() => stop.abort()),
      expect(invoked).rejects.toBeInstanceOf(CancelledError),
    ]);
  });
});

describe('the address of dev', () => {
  const file = '.dart_tool/create-lambda-hello-dev.json';
  /** Above what any kernel gives a process. */
  const DEAD = 2 ** 30;

  it.each(['127.0.0.1', 'localhost', '0.0.0.0'])('is used by invoke: %s', async (host) => {
    const api = await invokeApi();
    const cwd = shop();
    await writeDevAddress(cwd, { port: api.port, host, pid: process.pid });
    expect((await run('hello', {}, { cwd })).error).toBeUndefined();
    expect((await run('hello', { local: true }, { cwd })).error).toBeUndefined();
    expect(api.received).toHaveLength(2);
  });

  it('is gone after it was removed', async () => {
    const root = temporaryFolder();
    const address = { port: 3000, host: '127.0.0.1', pid: process.pid };
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
    await writeDevAddress(root, address);
    expect(await readDevAddress(root)).toEqual(address);
    await removeDevAddress(root);
    expect(await readDevAddress(root)).toBeUndefined();
    expect(existsSync(join(root, file))).toBe(false);
  });

  it('of another dev that runs is not removed, but that of a dead one is', async () => {
    const root = temporaryFolder();
    const other = { port: 3000, host: '127.0.0.1', pid: process.ppid };
    await writeDevAddress(root, other);
    await removeDevAddress(root);
    expect(await readDevAddress(root)).toEqual(other);
    await writeDevAddress(root, { ...other, pid: DEAD });
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
    expect(existsSync(join(root, file))).toBe(false);
  });

  it.each([
    '',
    '{',
    'null',
    '[]',
    '{}',
    '{"port":3000,"host":"a"}',
    `{"port":"3000","host":"a","pid":${process.pid}}`,
    '{"port":3000,"host":"a","pid":0}',
    '{"port":3000,"host":"a","pid":-1}',
  ])('is unknown where the file holds %j', async (content) => {
    const root = temporaryFolder();
    writeTree(root, { [file]: content });
    expect(await readDevAddress(root)).toBeUndefined();
  });

  it('is not written where .dart_tool is no folder, and that is no error', async () => {
    const root = temporaryFolder();
    writeTree(root, { '.dart_tool': 'a file' });
    await writeDevAddress(root, { port: 3000, host: '127.0.0.1', pid: process.pid });
    expect(await readDevAddress(root)).toBeUndefined();
    await removeDevAddress(root);
  });
});

describe('invoke --stage', () => {
  /** A service with the real AWS SDK of osls, and a Lambda that the server stands for. */
  async function deployed(reply: Reply) {
    const api = await invokeApi(reply);
    const cwd = shop();
    symlinkSync(join(installedOsls(), 'node_modules'), join(cwd, 'node_modules'), 'junction');
    const env = userEnv(cwd, cwd, `http://127.0.0.1:${api.port}`) as Record<string, string>;
    vi.stubEnv('AWS_ENDPOINT_URL_LAMBDA', env.AWS_ENDPOINT_URL);
    onTestFinished(() => void vi.unstubAllEnvs());
    return { api, script: { cwd, env } };
  }

  it('calls the deployed function by its name, once, and asks for its log', async () => {
    const headers = { 'X-Amz-Log-Result': base64('START\nEND\n') };
    const { api, script } = await deployed({ headers, body: '{"a":1.0}' });
    const flags = { stage: 'prod', data: '{"id": 7.0}', clientContext: '{"custom":{}}' };
    const { results, notes, error } = await run('hello', flags, script);
    expect(error).toBeUndefined();
    expect(results).toEqual(['{\n  "a": 1.0\n}']);
    expect(notes).toEqual(['START\nEND']);
    expect(api.received).toHaveLength(1);
    expect(api.received[0]).toMatchObject({
      method: 'POST',
      url: '/2015-03-31/functions/shop-prod-hello/invocations',
      body: '{"id": 7.0}',
      headers: { 'x-amz-log-type': 'Tail', 'x-amz-client-context': base64('{"custom":{}}') },
    });
    expect(api.received[0]?.headers.authorization).toContain('/eu-west-1/lambda/aws4_request');
  });

  it('gives the sample of the stage', async () => {
    const { api, script } = await deployed({});
    const flags = { stage: 'prod', region: 'eu-central-1' };
    expect((await run('hello', flags, script)).error).toBeUndefined();
    expect(JSON.parse(api.received[0]?.body ?? '')).toMatchObject({
      requestContext: {
        path: '/prod/hello',
        domainName: 'a1b2c3d4e5.execute-api.eu-central-1.amazonaws.com',
      },
    });
  });

  it('fails when the function has failed, and says where its log is', async () => {
    const body = '{"errorType":"Exception","errorMessage":"no"}';
    const { script } = await deployed({ body, headers: { 'X-Amz-Function-Error': 'Unhandled' } });
    const flags = { stage: 'prod', json: true };
    const { results, error } = await run('hello', flags, script);
    expect(error).toMatchObject({
      message: 'hello failed: Exception: no.',
      hint: 'create-lambda-hello logs hello --stage prod --region eu-west-1',
    });
    expect(JSON.parse(results[0] ?? '')).toMatchObject({
      payload: { errorType: 'Exception' },
      functionError: 'Unhandled',
      requestId: 'id-1',
    });
  });

  it('says that the function is not deployed', async () => {
    const { script } = await deployed({
      status: 404,
      headers: { 'x-amzn-ErrorType': 'ResourceNotFoundException' },
      body: '{"Message":"Function not found: arn"}',
    });
    const { error } = await run('hello', { stage: 'prod' }, script);
    expect(error).toBeInstanceOf(UserError);
    expect(error).toMatchObject({
      message:
        'there is no function shop-prod-hello in eu-west-1: it is not deployed to the stage prod.',
      hint: 'create-lambda-hello deploy --stage prod --region eu-west-1',
    });
  });

  it('calls once where AWS fails: the function may have run', async () => {
    const { api, script } = await deployed({
      status: 500,
      headers: { 'x-amzn-ErrorType': 'ServiceException' },
      body: '{"Message":"Internal failure"}',
    });
    const { error } = await run('hello', { stage: 'prod' }, script);
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain('ServiceException: Internal failure.');
    expect(api.received).toHaveLength(1);
  });

  it('says that osls is not installed', async () => {
    const { error } = await run('hello', { stage: 'prod' });
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain('osls is not installed');
  });

  it('does not guess a name that only osls knows', async () => {
    const cwd = shop();
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of Serverless
    const name = '${ssm:/name}';
    const yml = SERVERLESS_YML.replace('the-worker', `'${name}'`);
    writeTree(cwd, { 'serverless.yml': yml });
    const { error } = await run('worker', { stage: 'prod' }, { cwd });
    expect(error).toBeInstanceOf(UserError);
    expect((error as Error).message).toContain(`serverless.yml says ${name}.`);
  });
});
