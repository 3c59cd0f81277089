import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { runCli } from '../../src/cli/run.ts';
import { PLAIN } from '../../src/ui/style.ts';
import { scripted } from '../support/context.ts';
import { ask, startDev } from '../support/dev.ts';
import { permanentFolder, readTree } from '../support/folders.ts';
import { hasMoto, linkNodeModules, REGION, startMoto, userEnv } from '../support/moto.ts';
import { cli, dartBin, env, succeed } from '../support/packed-cli.ts';

/*
 * The packed CLI edits a service; the real Dart VM, the real osls and `dev` tell whether it still
 * is one. package:test is the stand-in of test/toolchain.
 */

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
    answer: refusal('The parameter "number" must be an integer, but it is "x".', {
      parameter: 'number',
    }),
  },
  {
    name: 'ofDay',
    flags: ['--path', '/days/{day:date}/{at:datetime}', '--request', 'since:date,limit:int?'],
    call: ['GET', '/days/2024-02-29/2024-02-29T12%3A30%3A00%2B02%3A00?since=2024-02-28&limit=7'],
    answer: { day: '2024-02-29', at: '2024-02-29T10:30:00Z', since: '2024-02-28', limit: 7 },
  },
  {
    name: 'noSuchDay',
    flags: ['--path', '/no/{day:date}'],
    call: ['GET', '/no/2024-02-30'],
    status: 400,
    answer: refusal(
      'The parameter "day" must be a date such as 2024-02-29, but it is "2024-02-30".',
      { parameter: 'day' },
    ),
  },
  {
    name: 'noInteger',
    flags: ['--path', '/no', '--request', 'limit:int'],
    call: ['GET', '/no?limit=%207%20'],
    status: 400,
    answer: refusal('The parameter "limit" must be an integer, but it is " 7 ".', {
      parameter: 'limit',
    }),
  },
  {
    name: 'noDouble',
    flags: ['--method', 'PUT', '--path', '/no', '--request', 'price:double'],
    call: ['PUT', '/no', '{"price": 1e400}'],
    status: 400,
    answer: refusal('The field "price" must be a number, but it is too large a number.', {
      field: 'price',
    }),
  },
  {
    name: 'badBody',
    flags: ['--method', 'PATCH', '--path', '/bodies', '--request', 'address:string[],born:date'],
    call: ['PATCH', '/bodies', '{"address": ["a", 1], "born": "2024-02-29"}'],
    status: 400,
    answer: refusal('The field "address[1]" must be a string, but it is a number.', {
      field: 'address[1]',
    }),
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

/** How the runtime answers what a handler refuses. */
function refusal(detail: string, named: object): object {
  return { status: 400, title: 'Bad Request', detail, ...named };
}

/** The shapes of all classes of the models, whatever they are called and wherever they are. */
function classesIn(tree: Record<string, string> = {}): string[] {
  const code = Object.entries(tree).flatMap(([path, text]) =>
    path.startsWith('lib/models/') ? text : [],
  );
  return [...code.join('\n').matchAll(/^class \w+ [\s\S]*?^}/gm)]
    .map(([text]) => [...text.matchAll(/'[^']*'/g)].join())
    .sort();
}

describe.skipIf(dartBin === '').each(['rest', 'http'])('endpoints of a service (%s)', (api) => {
  const { folder: cwd, remove } = permanentFolder();
  const service = join(cwd, 'shop');
  let before: Record<string, string>;
  const add = ({ name, flags }: Added) => succeed(cli(service, 'add-endpoint', name, ...flags));
  /** The same command in this process: a tenth of the time, and what is packed is run after it. */
  const quickly = (...argv: string[]) =>
    runCli(
      argv,
      PLAIN,
      async () => scripted({ cwd: service }).context,
      { write: () => {} },
      () => undefined,
    );

  beforeAll(() => {
    // The stand-in of the Dart SDK compiles for this machine only.
    const arch = process.arch === 'arm64' ? 'arm64' : 'x86_64';
    const more = ['--arch', arch, '--yes', '--no-git'];
    const flags = ['--api', api, '--region', REGION, ...more];
    succeed(cli(cwd, 'shop', ...flags));
    before = readTree(service);
  });
  afterAll(remove);

  it('give the same service in every order in which they are added', async () => {
    const trees: Record<string, string>[] = [];
    for (const endpoints of ORDERS) {
      for (const { name, flags } of endpoints) await quickly('add-endpoint', name, ...flags);
      trees.push(readTree(service));
      for (const { name } of endpoints) await quickly('remove-endpoint', name);
      expect(readTree(service)).toEqual(before);
    }
    // The semicolon of the registrations stands after the last one.
    const sorted = (text = '') => text.split(/;?\n/).sort();
    for (const tree of trees) {
      const differing = Object.keys(tree).filter((path) => tree[path] !== trees[0]?.[path]);
      // The order is seen in the two files that list them, and in which model declares a class that
      // several have.
      const models = differing.filter((path) => /^lib.models|^\.create-lambda/.test(path));
      const lists = differing.filter((path) => !models.includes(path));
      expect(lists.filter((path) => !/^(serverless\.yml|lib.main\.dart)$/.test(path))).toEqual([]);
      for (const path of lists) expect(sorted(tree[path])).toEqual(sorted(trees[0]?.[path]));
      expect(classesIn(tree)).toEqual(classesIn(trees[0]));
    }
    ENDPOINTS.forEach(add);
    // By what is packed they are the same, too.
    expect(readTree(service)).toEqual(trees[0]);
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
    // Their code is compiled once, instead of once a function.
    const dev = await startDev(service, '--no-reload');
    for (const { call, status = 200, answer } of ENDPOINTS) {
      const [method, path, body] = call;
      const headers = body === undefined ? {} : { 'content-type': 'application/json' };
      const response = await ask(dev.origin + path, { method, headers, body: body ?? null });
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
