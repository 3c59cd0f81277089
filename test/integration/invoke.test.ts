import { describe, expect, it } from 'vitest';
import { UsageError, UserError } from '../../src/errors.ts';
import { SAMPLE_EVENTS } from '../../src/sample/event/names.ts';
import { base64 } from '../support/base64.ts';
import type { InvokeGiven } from '../support/commands.ts';
import { temporaryFolder, writeTree } from '../support/folders.ts';
import { invokeApi, run, SERVERLESS_YML, shop } from '../support/invoke.ts';

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

  describe('for an error with a stack trace', () => {
    const own = '#0      worker (package:shop/handlers/worker.dart:15:7)';
    const runtime = '#1      Runtime._answer (package:shop/runtime/lambda_runtime.dart:132:26)';
    const trace = [own, runtime];
    const body = JSON.stringify({ errorMessage: 'a\nb', errorType: 'Odd', stackTrace: trace });
    const answer = (log: string) =>
      invokeApi({
        headers: { 'X-Amz-Function-Error': 'Unhandled', 'X-Amz-Log-Result': base64(log) },
        body,
      });
    const cwd = () => {
      const root = shop();
      writeTree(root, { 'pubspec.yaml': 'name: shop\n' });
      return root;
    };

    it('leaves out frames of the runtime, but with --verbose and --json', async () => {
      const { port } = await answer('');
      const flags = { port: String(port) };
      const [folded = ''] = (await run('worker', flags, { cwd: cwd() })).results;
      expect(JSON.parse(folded)).toEqual({
        errorMessage: 'a\nb',
        errorType: 'Odd',
        stackTrace: [
          '#0      worker (lib/handlers/worker.dart:15:7)',
          '... 1 frame of the runtime (--verbose shows it)',
        ],
      });
      const verbose = await run('worker', { ...flags, verbose: true }, { cwd: cwd() });
      expect(JSON.parse(verbose.results[0] ?? '').stackTrace).toEqual(trace);
      const json = await run('worker', { ...flags, json: true }, { cwd: cwd() });
      expect(JSON.parse(json.results[0] ?? '').payload.stackTrace).toEqual(trace);
    });

    it.each([
      ['of the invocation', 'RequestId: id-1 '],
      ['of the init', ''],
    ])('shows an error %s once where it is in the log too', async (_what, start) => {
      const error = `${start}Odd: a\nb\n${own}\n${runtime}`;
      const { port } = await answer(`START\n${error}\nEND\n`);
      const { notes } = await run('worker', { port: String(port) }, { cwd: cwd() });
      expect(notes).toEqual(['START\nEND']);
      const { results } = await run('worker', { port: String(port), json: true });
      expect(JSON.parse(results[0] ?? '').logs).toContain(error);
    });

    it('leaves what the log tells in other words', async () => {
      const log = 'START\nRequestId: id-1 Odd: another\nEND';
      const { port } = await answer(`${log}\n`);
      const { notes } = await run('worker', { port: String(port) }, { cwd: cwd() });
      expect(notes).toEqual([log]);
    });
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
  const cases: [string | undefined, InvokeGiven, string][] = [
    [undefined, {}, '[function] is missing'],
    ['nope', {}, 'shop has no function "nope"; it has hello, getOrder, listOrders, catchAll, wor'],
    ['hello', { data: '{}', dataFile: 'a.json' }, '--data and --data-file cannot be combined.'],
    ['hello', { data: '{}', event: 's3' }, '--data and --event cannot be combined.'],
    ['hello', { dataFile: '-', event: 's3' }, '--data-file and --event cannot be combined.'],
    ['hello', { data: '{}', path: '/a' }, '--data and --path cannot be combined.'],
    ['hello', { dataFile: '-', method: 'GET' }, '--data-file and --method cannot be combined.'],
    ['hello', { port: '1', stage: 'dev' }, '--port and --stage cannot be combined.'],
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
    // A REST API finds the resource by the path alone, and then its method.
    ['getOrder', { path: '/orders/latest', method: 'DELETE' }, 'no route of getOrder takes DELETE'],
    [
      'hello',
      { path: '/orders/7' },
      'takes GET /orders/7, which goes to getOrder; it has GET /hel',
    ],
    ['getOrder', { path: '/orders//' }, 'no route of getOrder takes /orders//;'],
    ['hello', { data: '' }, '--data: it is empty.'],
    ['hello', { data: '{"a": 1,\n "b": }' }, '--data: line 2, column 7: a value is expected.'],
    ['hello', { data: '{a: 1}' }, '--data: line 1, column 2: a'],
    ['hello', { data: '"a' }, '--data: line 1, column 1: '],
    ['hello', { dataFile: 'none.json' }, '--data-file: none.json: there is no such file.'],
    ['hello', { dataFile: '.' }, '--data-file: .: it is a folder.'],
    ['hello', { dataFile: 'serverless.yml' }, 'serverless.yml: line 2, column 1: '],
    ['hello', { clientContext: '{' }, '--client-context: line 1, column 2: '],
    ['hello', { clientContext: '[]' }, '--client-context: it is not a JSON object.'],
  ];

  it('needs a function whose handler is known here', async () => {
    const cwd = temporaryFolder();
    writeTree(cwd, {
      'serverless.yml': SERVERLESS_YML.replace(/main\.\w+/g, `'$\${ssm:/handler}'`),
    });
    for (const name of ['hello', undefined]) {
      expect((await run(name, {}, { cwd })).error).toMatchObject({
        message: 'shop has no function with a handler that is known here.',
        hint: 'write its handler out',
      });
    }
  });

  it.each(cases)('invoke %s %j: %s', async (name, flags, message) => {
    const { results, error } = await run(name, flags);
    expect(error).toBeInstanceOf(UsageError);
    expect((error as Error).message).toContain(message);
    expect((error as Error).message).toMatch(/\.$/);
    expect((error as UsageError).hint).toBeTruthy();
    expect(results).toEqual([]);
  });
});
