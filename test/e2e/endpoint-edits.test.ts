import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree, temporaryFolder } from '../support/folders.ts';
import { dollar } from '../support/injection.ts';
import { cli, succeed } from '../support/packed-cli.ts';

describe('add-endpoint and remove-endpoint', () => {
  function newService(...flags: string[]): string {
    const cwd = temporaryFolder();
    succeed(cli(cwd, 'shop', '--yes', '--no-git', ...flags));
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
        'update  .create-lambda-hello.json',
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
      { path: 'test/handlers/ping_test.dart', reason: 'it tests lib/handlers/ping.dart' },
    ]);
    expect(removed.changes).toContainEqual({ kind: 'update', path: 'lib/main.dart' });
  });

  /** A new service whose functions are in a file of their own, which the variable names. */
  function serviceWithFunctionsFile(variable: string): string {
    const service = newService();
    const file = join(service, 'serverless.yml');
    const [settings, functions = ''] = readFileSync(file, 'utf8').split('functions:\n');
    writeFileSync(file, `${settings}functions: ${variable}\n`);
    writeFileSync(join(service, 'functions.yml'), functions.replace(/^ {2}/gm, ''));
    return service;
  }

  it('are made in the file that has the functions, and taken back to the byte', () => {
    const service = serviceWithFunctionsFile(`${dollar}{file(functions.yml)}`);
    const before = readTree(service);
    const diff = succeed(cli(service, 'add-endpoint', 'ping', '--dry-run'));
    expect(diff).toContain('+++ b/functions.yml\n');
    expect(diff).not.toContain('serverless.yml');
    expect(readTree(service)).toEqual(before);
    expect(succeed(cli(service, 'add-endpoint', 'ping'))).toContain('functions.yml');
    expect(succeed(cli(service, 'endpoints'))).toContain('/ping');
    succeed(cli(service, 'remove-endpoint', 'ping'));
    expect(readTree(service)).toEqual(before);
  });

  it('print the blocks to paste where a file cannot be edited, and write nothing', () => {
    const service = serviceWithFunctionsFile(`${dollar}{file(functions.yml), null}`);
    const before = readTree(service);
    const { status, stdout, stderr } = cli(service, 'add-endpoint', 'ping');
    expect({ status, stdout }).toEqual({ status: 1, stdout: '' });
    expect(stderr).toContain(
      'functions.yml, beside its other functions:\n\nping:\n  handler: main.ping\n  events:\n    - http:\n',
    );
    expect(stderr).toContain(
      "    ..registerHandler<AwsApiGatewayEvent>('main.ping', pingApiGateway)\n",
    );
    expect(stderr).toContain('Future<AwsApiGatewayResponse> pingApiGateway(');
    expect(stderr).toMatch(
      /error: serverless\.yml:\d+:12: `functions` is \$\{file\(functions\.yml\), null\}/,
    );
    expect(readTree(service)).toEqual(before);
  });

  it('print them for the kind of API that the service has', () => {
    const service = newService('--api', 'http');
    writeFileSync(join(service, 'lib/main.dart'), 'void main() {}\n');
    const { status, stderr } = cli(service, 'add-endpoint', 'ping');
    expect(status).toBe(1);
    expect(stderr).toContain('  ping:\n    handler: main.ping\n    events:\n      - httpApi:\n');
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
      'only one name for a parameter',
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
    expect(stderr).toContain('lib/handlers/hello.dart was kept: this program did not write it');
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
  it('lists the inconsistencies, and exits with 1', () => {
    const cwd = temporaryFolder();
    succeed(cli(cwd, 'shop', '--yes', '--no-git'));
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
    expect(stderr).toContain('error: 3 inconsistencies in');
  });
});
