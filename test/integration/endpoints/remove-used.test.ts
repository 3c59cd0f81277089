import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readTree, writeTree } from '../../support/folders.ts';
import {
  append,
  edit,
  FILES,
  HANDLER,
  REQUEST,
  remaining,
  remove,
  serviceWithOrders,
  TEST,
  WORKER,
} from '../../support/orders-service.ts';

describe('remove-endpoint, where another function has the handler', () => {
  it('takes out the function alone, and says what was kept and why', async () => {
    const { root } = await serviceWithOrders();
    append(root, 'serverless.yml', WORKER);
    const before = readTree(root);
    const { result, notes } = await remove(root);
    expect(result).toBe('update  serverless.yml');
    expect(notes).toEqual([
      'warning: lib/main.dart was kept: main.createOrder is the handler of worker',
      `warning: ${HANDLER} was kept: lib/main.dart imports it`,
      `warning: ${TEST} was kept: it tests ${HANDLER}`,
      `warning: ${REQUEST} was kept: ${HANDLER} imports it`,
    ]);
    const { 'serverless.yml': yml, ...others } = readTree(root);
    expect({ ...others, 'serverless.yml': before['serverless.yml'] }).toEqual(before);
    expect(yml).not.toContain('createOrder:');
    expect(yml).toContain(WORKER.trim());
  });

  it('keeps all of it with --force too, as one without the other does not run', async () => {
    const { root } = await serviceWithOrders();
    append(root, 'serverless.yml', WORKER);
    append(root, HANDLER, '// mine\n');
    await remove(root, { force: true });
    expect(remaining(root)).toEqual(FILES);
    expect(readTree(root)['lib/main.dart']).toContain("'main.createOrder'");
  });

  it('takes the rest when the last of them goes', async () => {
    const { root, before } = await serviceWithOrders();
    append(root, 'serverless.yml', WORKER.replace('sqs: ', 'http: GET /'));
    await remove(root);
    await remove(root, { name: 'worker', force: true });
    expect(readTree(root)).toEqual(before);
  });

  it('keeps a handler that a function may have, whose variable is not known here', async () => {
    const { root } = await serviceWithOrders();
    append(
      root,
      'serverless.yml',
      WORKER.replace('main.createOrder', 'main.$' + '{env:HANDLER_OF_WORKER}'),
    );
    const { notes } = await remove(root);
    expect(notes[0]).toBe(
      'warning: lib/main.dart was kept: main.createOrder may be the handler of worker, which is main.$' +
        '{env:HANDLER_OF_WORKER}',
    );
    expect(remaining(root)).toEqual(FILES);
  });

  it('keeps a handler that functions of a list may have which are not known here', async () => {
    const { root } = await serviceWithOrders();
    const path = join(root, 'serverless.yml');
    const [head, functions] = readFileSync(path, 'utf8').split('functions:\n');
    const item = functions?.replace(/^(?=.)/gm, '  ').replace('    hello', '  - hello');
    writeFileSync(path, `${head}functions:\n${item}  - $\{ssm:/more}\n`);

    const { result, notes } = await remove(root);

    expect(result).toBe('update  serverless.yml');
    expect(notes[0]).toBe(
      'warning: lib/main.dart was kept: main.createOrder may be the handler of a function of $' +
        '{ssm:/more}',
    );
    expect(remaining(root)).toEqual(FILES);
  });

  it('shows the same with --dry-run and --json, and writes nothing', async () => {
    const { root } = await serviceWithOrders();
    append(root, 'serverless.yml', WORKER);
    const before = readTree(root);
    const { changes, kept, diff } = JSON.parse(
      (await remove(root, { dryRun: true, json: true })).result,
    );
    expect(changes).toEqual([{ kind: 'update', path: 'serverless.yml' }]);
    expect(kept.map(({ path }: { path: string }) => path)).toEqual([
      ...['lib/main.dart', HANDLER, TEST, REQUEST],
    ]);
    expect(diff).not.toContain('lib/main.dart');
    expect((await remove(root, { dryRun: true })).notes).toContain(
      `warning: ${HANDLER} was kept: lib/main.dart imports it`,
    );
    expect(readTree(root)).toEqual(before);
  });
});

describe('remove-endpoint, where the user has code that uses the endpoint', () => {
  it.each([
    ['lib/flows/order.dart', "import '../handlers/create_order.dart';\n"],
    ['bin/replay.dart', "import 'package:shop/handlers/create_order.dart';\n"],
    ['benchmark/orders.dart', "import 'package:shop/handlers/create_order.dart';\n"],
    ['test/flow_test.dart', "import 'package:shop/handlers/create_order.dart';\n"],
    ['lib/all.dart', "export 'handlers/create_order.dart';\n"],
  ])('keeps the handler with its models and its test because of %s', async (path, text) => {
    const { root } = await serviceWithOrders();
    writeTree(root, { [path]: text });
    const { notes } = await remove(root);
    expect(notes).toContain(`warning: ${HANDLER} was kept: ${path} imports it`);
    expect(notes).toContain(`warning: ${TEST} was kept: it tests ${HANDLER}`);
    expect(remaining(root)).toEqual(FILES);
    expect(readTree(root)['lib/main.dart']).not.toContain('createOrder');
  });

  it('keeps the test that a suite runs, with all that it tests', async () => {
    const { root } = await serviceWithOrders();
    writeTree(root, { 'test/all.dart': "import 'handlers/create_order_test.dart' as orders;\n" });
    const { notes } = await remove(root);
    expect(notes).toContain(`warning: ${TEST} was kept: test/all.dart imports it`);
    expect(remaining(root)).toEqual(FILES);
  });

  it('keeps the model alone that another handler imports', async () => {
    const { root } = await serviceWithOrders();
    edit(root, 'lib/handlers/hello.dart', /^/, "import '../models/create_order_request.dart';\n");
    const { notes } = await remove(root);
    expect(notes).toEqual([`warning: ${REQUEST} was kept: lib/handlers/hello.dart imports it`]);
    expect(remaining(root)).toEqual([REQUEST]);
  });

  it('keeps the registration that a test names, and the files behind it', async () => {
    const { root } = await serviceWithOrders();
    writeTree(root, { 'test/runtime_test.dart': 'const handlers = ["main.createOrder"];\n' });
    const { notes, result } = await remove(root);
    expect(result).toBe('update  serverless.yml');
    expect(notes).toContain(
      'warning: lib/main.dart was kept: test/runtime_test.dart names main.createOrder',
    );
    expect(remaining(root)).toEqual(FILES);
  });

  it('keeps nothing because of a name that only begins the same, or stands in a comment', async () => {
    const { root, before } = await serviceWithOrders();
    const mine = {
      'test/a_test.dart': "// Not 'main.createOrder'.\nconst name = 'main.createOrders';\n",
      'lib/b.dart': "import 'handlers/create_order_line.dart';\n",
    };
    writeTree(root, mine);
    expect((await remove(root)).notes).toEqual([]);
    expect(readTree(root)).toEqual({ ...before, ...mine });
  });
});

describe('remove-endpoint, where a map and a loop register the handler', () => {
  it('keeps what main.dart needs, says so, and does the rest once the line is gone', async () => {
    const { root, before } = await serviceWithOrders();
    const line = "    'main.createOrder': createOrderApiGateway,\n";
    const added = /\n {4}\.\.registerHandler<AwsApiGatewayEvent>\(\s*'main\.createOrder'[^)]*\)/;
    edit(root, 'lib/main.dart', added, '');
    const start = 'Future<void> main() async {\n';
    const loop = `  final other = Runtime();\n  {\n${line}  }.forEach(other.registerHandler);\n`;
    edit(root, 'lib/main.dart', start, `${start}${loop}`);
    const { result, notes } = await remove(root);
    expect(result).toBe('update  serverless.yml');
    expect(notes[0]).toMatch(
      /^warning: lib\/main\.dart was kept: line \d+ registers main\.createOrder in a way that no edit is known for$/,
    );
    expect(remaining(root)).toEqual(FILES);

    edit(root, 'lib/main.dart', line, '');
    edit(root, 'lib/main.dart', "import 'handlers/create_order.dart';\n", '');
    await remove(root);
    const { 'lib/main.dart': _, ...others } = readTree(root);
    const { 'lib/main.dart': __, ...expected } = before;
    expect(others).toEqual(expected);
  });
});
