import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, onTestFinished } from 'vitest';
import { startDev } from '../support/dev.ts';
import { permanentFolder, readTree, temporaryFolder } from '../support/folders.ts';
import { hasMoto, linkNodeModules, REGION, startMoto, userEnv } from '../support/moto.ts';

/*
 * The packed CLI edits a service; the real Dart VM, the real osls and `dev` tell whether it still
 * is one. package:test is the stand-in of test/toolchain.
 */
const dartBin = inject('dartBin');
const env = { ...process.env, PATH: `${dartBin}${delimiter}${process.env.PATH}`, NO_COLOR: '1' };

function cli(cwd: string, ...args: string[]) {
  const options = { cwd, env, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync(inject('cli'), args, options);
  return { status, stdout, stderr };
}

function succeed(result: ReturnType<typeof cli>): string {
  expect(result.status, result.stdout + result.stderr).toBe(0);
  return result.stdout;
}

interface Added {
  readonly name: string;
  readonly flags: string[];
  /** Calls it. */
  readonly call: readonly [method: string, path: string, body?: string];
  readonly status?: number;
  readonly answer: unknown;
}

const ORDER = '{"id": 7, "placed": "2024-02-29T12:30:00Z", "items": [{"sku": "a", "count": 2}]}';

/** Endpoints of all kinds; the names are awkward ones for Dart, JavaScript, YAML or Windows. */
const ENDPOINTS: readonly Added[] = [
  { name: 'ping', flags: [], call: ['GET', '/ping'], answer: { message: 'Hello from ping' } },
  {
    name: 'getOrder',
    flags: ['--path', '/orders/{id:int}', '--response', ORDER],
    call: ['GET', '/orders/7'],
    answer: JSON.parse(ORDER),
  },
  {
    name: 'class',
    flags: ['--method', 'POST', '--path', '/orders', '--request', ORDER],
    call: ['POST', '/orders', ORDER],
    answer: { request: JSON.parse(ORDER) },
  },
  {
    name: 'list_orders',
    flags: ['--path', '/orders', '--request', 'limit:int,after:string?'],
    call: ['GET', '/orders?limit=3'],
    answer: { limit: 3, after: null },
  },
  {
    name: 'aws-api-gateway',
    flags: ['--method', 'PUT', '--path', '/orders/{id}', '--response', '[1, 2.5]'],
    call: ['PUT', '/orders/x'],
    answer: [1, 2.5],
  },
  {
    name: 'constructor',
    flags: ['--method', 'delete', '--path', '/orders/{id}'],
    call: ['DELETE', '/orders/a%20b'],
    answer: { id: 'a b' },
  },
  {
    name: 'http',
    flags: ['--method', 'ANY', '--path', '/files/{proxy+}'],
    call: ['PATCH', '/files/a/b'],
    answer: { proxy: 'a/b' },
  },
  {
    name: 'con',
    flags: ['--path', '/prices/{price:double}/{cheap:bool}'],
    call: ['GET', '/prices/1.5/true'],
    answer: { price: 1.5, cheap: true },
  },
  {
    name: 'Context',
    flags: ['--path', '/contexts/{context}/{event}'],
    call: ['GET', '/contexts/1/2'],
    answer: { context2: '1', event2: '2' },
  },
  {
    name: 'badParameter',
    flags: ['--path', '/numbers/{number:int}'],
    call: ['GET', '/numbers/x'],
    status: 400,
    answer: { message: 'The parameter "number" must be an integer, but it is "x".' },
  },
  {
    name: 'badBody',
    flags: ['--method', 'PATCH', '--path', '/bodies', '--request', 'address:string[],born:date'],
    call: ['PATCH', '/bodies', '{"address": ["a", 1], "born": "2024-02-29"}'],
    status: 400,
    answer: { message: 'The field "address[1]" must be a string, but it is a number.' },
  },
  {
    name: 'dates',
    flags: ['--method', 'POST', '--path', '/dates', '--request', '["2024-02-29"]'],
    call: ['POST', '/dates', '["2023-01-31"]'],
    answer: { request: ['2023-01-31'] },
  },
];

/** Three different orders. */
const ORDERS = [
  ENDPOINTS,
  [...ENDPOINTS].reverse(),
  ENDPOINTS.toSorted((a, b) => (a.name < b.name ? 1 : -1)),
];

describe.skipIf(dartBin === '').each(['rest', 'http'])('endpoints of a service (%s)', (api) => {
  const { folder: cwd, remove } = permanentFolder();
  const service = join(cwd, 'shop');
  let before: Record<string, string>;
  const add = ({ name, flags }: Added) => succeed(cli(service, 'add-endpoint', name, ...flags));

  beforeAll(() => {
    // The stand-in of the Dart SDK compiles for this machine only.
    const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    const more = ['--arch', arch, '--yes', '--no-install', '--no-git'];
    const flags = ['--api', api, '--region', REGION, ...more];
    succeed(cli(cwd, 'shop', ...flags));
    before = readTree(service);
  });
  afterAll(remove);

  it('give the same service in every order in which they are added', () => {
    // The kind of API makes no difference, and each order takes some seconds.
    const orders = api === 'rest' ? ORDERS : ORDERS.slice(0, 1);
    const trees = orders.map((endpoints) => {
      endpoints.forEach(add);
      const tree = readTree(service);
      for (const { name } of endpoints) succeed(cli(service, 'remove-endpoint', name));
      expect(readTree(service)).toEqual(before);
      return tree;
    });
    const sorted = (text = '') => text.split('\n').sort();
    for (const tree of trees) {
      const differing = Object.keys(tree).filter((path) => tree[path] !== trees[0]?.[path]);
      // The order is seen in the two files that list them.
      expect(differing.filter((path) => !/^(serverless\.yml|lib.main\.dart)$/.test(path))).toEqual(
        [],
      );
      for (const path of differing) expect(sorted(tree[path])).toEqual(sorted(trees[0]?.[path]));
    }
    ENDPOINTS.forEach(add);
  });

  it('are listed with the lines of their handlers', () => {
    const listed = JSON.parse(succeed(cli(service, 'endpoints', '--json')));
    expect(listed.problems).toEqual([]);
    expect(listed.endpoints).toHaveLength(ENDPOINTS.length + 2);
    for (const { function: key, file, line } of listed.endpoints) {
      const declaration = readFileSync(join(service, file), 'utf8').split('\n')[line - 1];
      expect(declaration, key).toMatch(/^Future<AwsApiGatewayResponse> \w+ApiGateway\(/);
    }
  });

  it('pass the tests that were written for them', () => {
    execFileSync('dart', ['pub', 'get'], { cwd: service, env });
    const { status, stdout, stderr } = spawnSync('dart', ['test'], {
      cwd: service,
      env,
      encoding: 'utf8',
    });
    expect(status, stdout + stderr).toBe(0);
    expect(stdout).toContain('bad_body_test.dart');
  });

  it('answer under dev', async () => {
    const dev = await startDev(service);
    for (const { call, status = 200, answer } of ENDPOINTS) {
      const [method, path, body] = call;
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await fetch(dev.origin + path, { method, headers, body: body ?? null });
      expect({ path, status: response.status, answer: await response.json() }).toEqual({
        path,
        status,
        answer,
      });
    }
    dev.child.kill('SIGINT');
    await dev.exited;
  });

  it.skipIf(!hasMoto())('are packaged by the real osls', async () => {
    linkNodeModules(service);
    const moto = await startMoto();
    onTestFinished(() => moto.stop());
    const user = userEnv(cwd, dartBin, moto.origin);
    execFileSync('npx', ['serverless', 'package'], {
      cwd: service,
      env: user as NodeJS.ProcessEnv,
    });
    const template = readFileSync(
      join(service, '.serverless/cloudformation-template-update-stack.json'),
      'utf8',
    );
    const resources: Record<string, { Type: string; Properties: { Handler: string } }> =
      JSON.parse(template).Resources;
    const handlers = Object.values(resources).flatMap(({ Type, Properties }) =>
      Type === 'AWS::Lambda::Function' ? [Properties.Handler] : [],
    );
    expect(handlers).toEqual(expect.arrayContaining(ENDPOINTS.map(({ name }) => `main.${name}`)));
    expect(handlers).toHaveLength(ENDPOINTS.length + 2);
  });
});

describe('add-endpoint and remove-endpoint', () => {
  function newService(): string {
    const cwd = temporaryFolder();
    succeed(cli(cwd, 'shop', '--yes', '--no-install', '--no-git'));
    return join(cwd, 'shop');
  }

  it('print what they change, and with --dry-run a diff that git applies', () => {
    const service = newService();
    const git = (...args: string[]) =>
      execFileSync('git', args, { cwd: service, encoding: 'utf8' });
    git('init', '--quiet');
    const before = readTree(service);
    const args = ['add-endpoint', 'getOrder', '--path', '/orders/{id:int}', '--response', 'id:int'];
    const dry = cli(service, ...args, '--dry-run');
    expect(dry).toMatchObject({ status: 0, stderr: 'Dry run: nothing was written.\n' });
    expect(readTree(service)).toEqual(before);
    writeFileSync(join(service, '..', 'diff'), dry.stdout);

    expect(succeed(cli(service, ...args))).toBe(
      [
        'create  .create-lambda-hello.json',
        'create  lib/models/get_order_response.dart',
        'create  lib/handlers/get_order.dart',
        'create  test/handlers/get_order_test.dart',
        'update  lib/main.dart',
        'update  serverless.yml',
        '',
      ].join('\n'),
    );
    const after = readTree(service);
    const removal = cli(service, 'remove-endpoint', 'getOrder', '--dry-run').stdout;
    writeFileSync(join(service, '..', 'removal'), removal);
    succeed(cli(service, 'remove-endpoint', 'getOrder'));
    git('apply', '../diff');
    expect(readTree(service)).toEqual(after);
    git('apply', '../removal');
    const withoutGit = Object.entries(readTree(service)).filter(
      ([path]) => !path.startsWith('.git/'),
    );
    expect(Object.fromEntries(withoutGit)).toEqual(
      Object.fromEntries(Object.entries(before).filter(([path]) => !path.startsWith('.git/'))),
    );
  });

  it('print one JSON document with --json', () => {
    const service = newService();
    const added = JSON.parse(succeed(cli(service, 'add-endpoint', 'ping', '--json')));
    expect(added.endpoint).toEqual({
      function: 'ping',
      method: 'GET',
      path: '/ping',
      handler: 'main.ping',
    });
    expect(added.changes).toContainEqual({ kind: 'update', path: 'serverless.yml' });
    writeFileSync(join(service, 'lib/handlers/ping.dart'), '// mine\n');
    const removed = JSON.parse(succeed(cli(service, 'remove-endpoint', 'ping', '--json')));
    expect(removed.kept).toEqual([
      { path: 'lib/handlers/ping.dart', reason: 'it was edited since' },
    ]);
    expect(removed.changes).toContainEqual({
      kind: 'delete',
      path: 'test/handlers/ping_test.dart',
    });
  });

  it('print the blocks to paste where a file cannot be edited, and write nothing', () => {
    const service = newService();
    const file = join(service, 'serverless.yml');
    const text = readFileSync(file, 'utf8');
    writeFileSync(
      file,
      `${text.slice(0, text.indexOf('functions:'))}functions: \${file(functions.yml)}\n`,
    );
    const before = readTree(service);
    const { status, stdout, stderr } = cli(service, 'add-endpoint', 'ping');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain('  ping:\n    handler: main.ping\n    events:\n      - http:\n');
    expect(stderr).toContain(
      "    ..registerHandler<AwsApiGatewayEvent>('main.ping', pingApiGateway)\n",
    );
    expect(stderr).toContain('Future<AwsApiGatewayResponse> pingApiGateway(');
    expect(stderr).toMatch(
      /error: serverless\.yml:\d+:12: `functions` is \$\{file\(functions\.yml\)\}/,
    );
    expect(readTree(service)).toEqual(before);
  });

  it.each([
    ['an invalid name', ['no way'], 2, '"no way" is not a good name'],
    ['a missing name', [], 2, '[name] is missing'],
    ['an invalid path', ['a', '--path', 'orders'], 2, 'it must start with a slash'],
    ['an unknown method', ['a', '--method', 'GOT'], 2, '"GOT" is not one of GET, POST'],
    [
      'JSON with an error',
      ['a', '--method', 'POST', '--request', '{"a": 1,\n "b": tru}'],
      2,
      'line 2, column 7',
    ],
    ['a missing file', ['a', '--request', '@none.json'], 2, 'there is no such file'],
    ['an object in a query', ['a', '--request', '{"a": {}}'], 2, '"a" is an object'],
    ['a function that exists', ['hello', '--path', '/x'], 1, 'the function hello exists already'],
    [
      'a name that CloudFormation takes for another',
      ['Hello', '--path', '/x'],
      1,
      'the same name in CloudFormation',
    ],
    [
      'a route that exists',
      ['a', '--path', '/hello'],
      1,
      'the function hello has GET /hello already',
    ],
    [
      'a handler that exists',
      ['post', '--path', '/x'],
      1,
      'lib/main.dart:10: there is a postApiGateway already',
    ],
    ['a name that is too long', ['a'.repeat(60), '--path', '/x'], 1, 'which has 69 characters'],
  ])('refuse %s, and write nothing', (_what, args, code, message) => {
    const service = newService();
    const before = readTree(service);
    const { status, stdout, stderr } = cli(service, 'add-endpoint', ...args);
    expect({ status, stdout }).toEqual({ status: code, stdout: '' });
    expect(stderr).toContain(message);
    expect(stderr).toMatch(/^error: [\s\S]*\nTry: .+\n$/);
    expect(readTree(service)).toEqual(before);
  });

  it('refuse routes that API Gateway takes for the same', () => {
    const service = newService();
    const add = (name: string, ...flags: string[]) => cli(service, 'add-endpoint', name, ...flags);
    succeed(add('getOrder', '--path', '/orders/{id}'));
    succeed(add('all', '--path', '/all/{proxy+}', '--method', 'any'));
    const before = readTree(service);
    expect(add('a', '--path', '/orders/{other}').stderr).toContain('has GET /orders/{id} already');
    expect(add('a', '--path', '/all/{proxy+}').stderr).toContain(
      'has ANY /all/{proxy+} already, which takes',
    );
    expect(add('a', '--path', '/orders/{other}/b').stderr).toContain(
      'one name only for a parameter',
    );
    expect(readTree(service)).toEqual(before);
  });

  it('refuse a file that is in the way, but complete what is there already', () => {
    const service = newService();
    const handler = join(service, 'lib/handlers/ping.dart');
    writeFileSync(handler, '// mine\n');
    const { status, stderr } = cli(service, 'add-endpoint', 'ping');
    expect(status).toBe(1);
    expect(stderr).toContain(
      'a file is in the way. Nothing was written:\n  lib/handlers/ping.dart\n',
    );
    expect(readFileSync(handler, 'utf8')).toBe('// mine\n');
  });

  it('keep a model that another file imports, even with --force', () => {
    const service = newService();
    const order = ['--method', 'POST', '--path', '/orders', '--request', 'id:int'];
    succeed(cli(service, 'add-endpoint', 'createOrder', ...order));
    writeFileSync(
      join(service, 'lib/models/shared.dart'),
      "import 'package:shop/models/create_order_request.dart';\n\nfinal all = <CreateOrderRequest>[];\n",
    );
    const { status, stdout, stderr } = cli(service, 'remove-endpoint', 'createOrder', '--force');
    expect(status).toBe(0);
    expect(stdout).toContain('delete  lib/handlers/create_order.dart');
    expect(stdout).not.toContain('create_order_request');
    expect(stderr).toContain(
      'lib/models/create_order_request.dart was kept: lib/models/shared.dart imports it',
    );
  });

  it('remove the endpoints of create too, but no file that add-endpoint did not write', () => {
    const service = newService();
    const { stdout, stderr } = cli(service, 'remove-endpoint', 'hello');
    expect(stdout).toBe('update  serverless.yml\nupdate  lib/main.dart\n');
    expect(stderr).toContain('lib/handlers/hello.dart was kept: add-endpoint did not write it');
    expect(cli(service, 'endpoints').status).toBe(0);
  });

  it('refuse what is not there', () => {
    const { status, stderr } = cli(newService(), 'remove-endpoint', 'nothing');
    expect(status).toBe(1);
    expect(stderr).toBe(
      'error: there is no endpoint "nothing".\nTry: one of: hello, postRequest\n',
    );
  });
});

describe('endpoints', () => {
  it('tells what does not fit together, and exits with 1', () => {
    const cwd = temporaryFolder();
    succeed(cli(cwd, 'shop', '--yes', '--no-install', '--no-git'));
    const service = join(cwd, 'shop');
    const edit = (path: string, from: string, to: string) => {
      const text = readFileSync(join(service, path), 'utf8');
      expect(text).toContain(from);
      writeFileSync(join(service, path), text.replace(from, to));
    };
    edit('serverless.yml', 'handler: main.hello', 'handler: main.goodbye');
    edit('lib/main.dart', "import 'handlers/post_request.dart';", "import 'handlers/none.dart';");
    const { status, stdout, stderr } = cli(service, 'endpoints');
    expect(status).toBe(1);
    expect(stdout).toMatch(/^GET +\/hello +hello +main\.goodbye +-$/m);
    expect(stderr).toContain(
      'the function hello has the handler main.goodbye, which lib/main.dart does not register',
    );
    expect(stderr).toContain(
      'lib/main.dart:9: main.hello is registered, but no function has it as its handler',
    );
    expect(stderr).toContain(
      'lib/main.dart:2: it imports lib/handlers/none.dart, which is missing',
    );
    expect(stderr).toContain('error: 3 things do not fit together');
  });
});
