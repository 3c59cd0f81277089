import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import * as api from '../../../src/api.ts';
import { RECORD_FILE, readRecord } from '../../../src/service/record.ts';
import { type AddEndpointGiven, addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { failure } from '../../support/failure.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { dollar } from '../../support/injection.ts';
import { edit, remove } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';

const CALL = '..use(cors())';
const HELLO = '          path: /hello\n';

async function add(cwd: string, name: string, given: AddEndpointGiven = {}) {
  const { context, results, notes, questions } = scripted({ cwd });
  await addEndpoint(context, name, { cors: true, ...given });
  return { result: results.join('\n'), notes, questions };
}

const textOf = (root: string, path: string): string => readFileSync(join(root, path), 'utf8');
const mainOf = (root: string): string => textOf(root, 'lib/main.dart');
const recordOf = (root: string) => readRecord(textOf(root, RECORD_FILE)).cors;
const calls = (root: string): number => mainOf(root).split(CALL).length - 1;

/** A service, and what it was when it was new. */
function newService(api: 'rest' | 'http' = 'rest') {
  const root = writeService(temporaryFolder(), { api });
  return { root, before: readTree(root) };
}

describe('add-endpoint --cors', () => {
  it('gives the route cors, and has the runtime add the headers', async () => {
    const { root } = newService();
    await add(root, 'getOrder');
    expect(textOf(root, 'serverless.yml')).toMatch(/\n {10}path: \/getOrder\n {10}cors: true\n$/);
    expect(mainOf(root)).toContain(`final runtime = Runtime()\n    ${CALL}\n    ..registerHandler`);
    expect(recordOf(root)).toEqual({ endpoints: ['getOrder'], call: CALL });
  });

  it('asks no question of its own, and repeats the flag for the next time', async () => {
    const { root } = newService();
    const answers = { 'What is the endpoint called?': 'getOrder' };
    const { context, notes } = scripted({ cwd: root, answers });
    await addEndpoint(context, undefined, {
      ...{ cors: true, method: 'GET', path: '/orders', request: '', response: '' },
    });
    expect(notes.find((note) => note.startsWith('The same again'))).toContain(' --cors ');
    expect(calls(root)).toBe(1);
  });

  it.each([
    ['one after the other', ['getOrder', 'putOrder']],
    ['in the other order', ['putOrder', 'getOrder']],
  ])('is undone to the byte by remove-endpoint, %s', async (_, order) => {
    const { root, before } = newService();
    await add(root, 'getOrder');
    const one = readTree(root);
    await add(root, 'putOrder', { method: 'PUT', path: '/orders' });
    expect(calls(root)).toBe(1);
    await add(root, 'plain', { cors: false });
    await remove(root, { name: 'plain' });
    const [first = '', second = ''] = order;
    await remove(root, { name: first });
    expect(calls(root)).toBe(1);
    if (second === 'getOrder') expect(readTree(root)).toEqual(one);
    await remove(root, { name: second });
    expect(readTree(root)).toEqual(before);
  });

  it('with --dry-run prints what it would do, also in JSON', async () => {
    const { root, before } = newService();
    const { result } = await add(root, 'getOrder', { dryRun: true, json: true });
    expect(JSON.parse(result).diff).toContain(`\n+    ${CALL}\n`);
    expect(JSON.parse(result).diff).toContain('\n+          cors: true\n');
    expect(readTree(root)).toEqual(before);
    await add(root, 'getOrder');
    const dry = await remove(root, { name: 'getOrder', dryRun: true });
    expect(dry.result).toContain(`\n-    ${CALL}\n`);
  });

  it('is an option of the function, too', async () => {
    const { root } = newService();
    await api.addEndpoint({ directory: root, name: 'getOrder', cors: true });
    expect(calls(root)).toBe(1);
  });

  it.each([
    [
      'lib/main.dart',
      'Runtime()\n',
      "Runtime()\n    ..use(cors(origins: ['https://a.example']))\n",
    ],
    ['lib/setup.dart', /$/, 'void setUp(Runtime runtime) => runtime.use(cors());\n'],
  ])('leaves lib/main.dart as it is where %s uses cors already', async (path, from, to) => {
    const { root } = newService();
    if (path !== 'lib/main.dart') writeTree(root, { [path]: '' });
    edit(root, path, from, to);
    const before = readTree(root);
    await add(root, 'getOrder');
    expect(calls(root)).toBe(0);
    expect(recordOf(root)).toEqual({ endpoints: ['getOrder'] });
    await remove(root, { name: 'getOrder' });
    expect(readTree(root)).toEqual(before);
  });

  it('is complete after a run that was killed before serverless.yml was written', async () => {
    const { root, before } = newService();
    await add(root, 'getOrder');
    const complete = readTree(root);
    writeTree(root, { 'serverless.yml': before['serverless.yml'] ?? '' });
    await add(root, 'getOrder');
    expect(readTree(root)).toEqual(complete);
    writeTree(root, { 'serverless.yml': before['serverless.yml'] ?? '' });
    await remove(root, { name: 'getOrder' });
    expect(readTree(root)).toEqual(before);
  });

  it('is refused where the runtime of the service has no cors', async () => {
    const { root, before } = newService();
    const { 'lib/runtime/cors.dart': _, ...files } = before;
    const other = join(temporaryFolder(), 'shop');
    writeTree(other, files);
    const error = await failure(add(other, 'getOrder'));
    expect(error.message).toContain('lib/runtime/cors.dart is missing');
    expect(error.hint).toBe('create-lambda-hello upgrade');
    expect(readTree(other)).toEqual(files);
    await add(root, 'getOrder');
  });
});

describe('remove-endpoint, where the endpoint had cors', () => {
  it('keeps the call while another route has cors, even by hand or by a variable', async () => {
    for (const cors of ['true', '{ origin: https://a.example }', `${dollar}{param:cors}`]) {
      const { root } = newService();
      await add(root, 'getOrder');
      edit(root, 'serverless.yml', HELLO, `${HELLO}          cors: ${cors}\n`);
      await remove(root, { name: 'getOrder' });
      expect(calls(root)).toBe(1);
      expect(recordOf(root)).toEqual({ endpoints: [], call: CALL });
    }
  });

  it('takes the call out with the last route that has it, though that was written by hand', async () => {
    const { root, before } = newService();
    await add(root, 'getOrder');
    await add(root, 'mine', { cors: false });
    edit(root, 'serverless.yml', /path: \/mine\n/, 'path: /mine\n          cors: true\n');
    await remove(root, { name: 'getOrder' });
    expect(calls(root)).toBe(1);
    expect((await failure(remove(root, { name: 'mine' }))).message).toContain('it has `cors`');
    await remove(root, { name: 'mine', force: true });
    expect(readTree(root)).toEqual(before);
  });

  it.each([
    ['..use(cors())', "..use(cors(origins: ['https://a.example']))"],
    ['..use(cors())', '..use(cors())..use(cors())'],
  ])('keeps the call that was changed: %s to %s', async (from, to) => {
    const { root } = newService();
    await add(root, 'getOrder');
    edit(root, 'lib/main.dart', from, to);
    await remove(root, { name: 'getOrder' });
    expect(mainOf(root)).toContain(to);
    expect(recordOf(root)).toBeUndefined();
  });

  it('refuses a cors that was made another since', async () => {
    const { root } = newService();
    await add(root, 'getOrder');
    edit(root, 'serverless.yml', 'cors: true', 'cors: { origin: https://a.example }');
    const error = await failure(remove(root, { name: 'getOrder' }));
    expect(error.message).toContain('the function getOrder was edited: it has `cors`');
  });
});

describe('add-endpoint --cors --partial', () => {
  it('leaves the call to paste where lib/main.dart cannot be edited', async () => {
    const { root } = newService();
    edit(
      root,
      'lib/main.dart',
      "import 'runtime/runtime.dart';",
      "import 'runtime/runtime.dart' show Runtime, AwsApiGatewayEvent;",
    );
    const before = readTree(root);
    const whole = await failure(add(root, 'getOrder'));
    expect(whole.message).toContain('lib/main.dart:3: the import does not give the name cors');
    expect(whole.hint).toBe('add it to the names after  show');
    expect(readTree(root)).toEqual(before);

    const { context, results, notes } = scripted({ cwd: root });
    const options = { cors: true, partial: true, json: true };
    const error = await failure(addEndpoint(context, 'getOrder', options));
    expect(error.message).toContain('Everything else was written');
    expect(JSON.parse(results.join('\n')).left).toEqual([
      { path: 'lib/main.dart', text: `    ${CALL}` },
    ]);
    expect(notes.join('\n')).toContain(
      `lib/main.dart, the first call of the Runtime:\n\n    ${CALL}`,
    );
    expect(mainOf(root)).toContain("'main.getOrder'");
    expect(recordOf(root)).toEqual({ endpoints: ['getOrder'] });
    await remove(root, { name: 'getOrder' });
    expect(readTree(root)).toEqual(before);
  });

  it('shows both blocks of the file, with all others, where nothing is written', async () => {
    const { root } = newService();
    edit(
      root,
      'lib/main.dart',
      /Runtime\(\)[^;]*;/,
      "Runtime();\n  {'main.hello': helloApiGateway}.forEach(runtime.registerHandler);",
    );
    const { context, notes } = scripted({ cwd: root });
    await failure(addEndpoint(context, 'getOrder', { cors: true }));
    expect(notes.join('\n')).toContain(CALL);
    expect(notes.join('\n')).toContain('          cors: true');
    const plain = scripted({ cwd: root });
    await failure(addEndpoint(plain.context, 'getOrder', {}));
    expect(plain.notes.join('\n')).not.toContain('cors');
  });
});

describe('add-endpoint --cors, for what a route cannot have', () => {
  it('refuses an HTTP API without cors, and says where it belongs', async () => {
    const { root, before } = newService('http');
    const error = await failure(add(root, 'getOrder'));
    expect(error.message).toContain('serverless.yml: the HTTP API has no `cors`');
    expect(error.hint).toBe('add  cors: true  to  httpApi:  below  provider:');
    expect(readTree(root)).toEqual(before);
    edit(root, 'serverless.yml', 'provider:\n', 'provider:\n  httpApi: { id: abc }\n');
    expect((await failure(add(root, 'getOrder'))).hint).toContain('where that API is defined');
  });

  it('writes nothing of it for an HTTP API that has cors, and says so', async () => {
    const { root } = newService('http');
    edit(root, 'serverless.yml', 'provider:\n', 'provider:\n  httpApi:\n    cors: true\n');
    const before = readTree(root);
    const { notes } = await add(root, 'getOrder', { path: '/orders' });
    expect(notes.find((note) => note.startsWith('Note: '))).toContain(
      'the cors of GET /orders is that of its HTTP API',
    );
    expect(calls(root)).toBe(0);
    expect(textOf(root, 'serverless.yml').match(/cors/g)).toHaveLength(1);
    await remove(root, { name: 'getOrder' });
    expect(readTree(root)).toEqual(before);
  });

  it.each([
    ['OPTIONS', '', 'of /hello go to the function getOrder'],
    ['PUT', '      - http: OPTIONS /hello\n', 'of /hello go to the function hello'],
    [
      'PUT',
      '      - http: { method: post, path: hello, cors: { origin: https://a.example } }\n',
      'allows https://a.example',
    ],
  ])('refuses a route of %s beside %j', async (method, event, message) => {
    const { root } = newService();
    edit(root, 'serverless.yml', HELLO, HELLO + event);
    const before = readTree(root);
    const error = await failure(add(root, 'getOrder', { method, path: '/hello' }));
    expect(error.message).toContain(message);
    expect(error.hint).toContain('leave  --cors  out');
    expect(readTree(root)).toEqual(before);
  });

  it('takes a route beside others that allow every origin, or list theirs', async () => {
    for (const cors of ['true', "{ origins: ['https://a.example'] }"]) {
      const { root } = newService();
      edit(root, 'serverless.yml', HELLO, `${HELLO}          cors: ${cors}\n`);
      const { notes } = await add(root, 'getOrder', { method: 'PUT', path: '/hello' });
      expect(notes.filter((note) => note.startsWith('Note: '))).toEqual([]);
    }
  });
});
