import { describe, expect, it } from 'vitest';
import { endpoints } from '../../../src/commands/endpoints/endpoints.ts';
import { UserError } from '../../../src/errors.ts';
import { type AddEndpointGiven, addEndpoint } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder, writeTree } from '../../support/folders.ts';
import { edit, FILES, remaining, remove } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';

const LOOP = `import 'handlers/hello.dart';
import 'handlers/post_request.dart';
import 'runtime/runtime.dart';

void main() {
  final runtime = Runtime();
  {
    'main.hello': helloApiGateway,
    'main.postRequest': postApiGateway,
  }.forEach(runtime.registerHandler);
  runtime.invoke();
}
`;
const IMPORT = "import 'handlers/create_order.dart';";

/** A service whose lib/main.dart cannot be edited. */
function serviceWithLoop(): string {
  const root = writeService(temporaryFolder());
  writeTree(root, { 'lib/main.dart': LOOP });
  return root;
}

async function add(cwd: string, more: AddEndpointGiven = {}) {
  const { context, results, notes } = scripted({ cwd });
  const flags = { method: 'POST', path: '/orders', request: 'id:int', ...more };
  const error: UserError | undefined = await addEndpoint(context, 'createOrder', flags).then(
    () => undefined,
    (thrown) => thrown,
  );
  if (error !== undefined) expect(error).toBeInstanceOf(UserError);
  return { error, result: results.join('\n'), notes: notes.join('\n') };
}

describe('add-endpoint, where lib/main.dart cannot be edited', () => {
  it('writes nothing, and prints all that there is to paste', async () => {
    const root = serviceWithLoop();
    const before = readTree(root);
    const { error, result, notes } = await add(root);
    expect(error?.exitCode).toBe(1);
    expect(error?.message).toContain('lib/main.dart: there is no  ..registerHandler');
    expect(result).toBe('');
    expect(notes).toContain('Nothing was written; --partial');
    for (const text of ['createOrder:', IMPORT, ...FILES]) expect(notes).toContain(text);
    expect(readTree(root)).toEqual(before);
  });

  it('writes the rest with --partial, prints what is left, and fails', async () => {
    const root = serviceWithLoop();
    const { error, result, notes } = await add(root, { partial: true });
    expect(error?.exitCode).toBe(1);
    expect(error?.message).toMatch(
      /after which a new one could go\. Everything else was written; /,
    );
    expect(error?.hint).toContain('create-lambda-hello endpoints');
    expect(result).toContain('update  serverless.yml');
    expect(result).not.toContain('lib/main.dart');
    expect(notes).toContain(`Left to paste:\n\nlib/main.dart:\n\n${IMPORT}`);
    expect(notes).not.toContain('createOrder:');
    expect(remaining(root)).toEqual(FILES);
    expect(readTree(root)['lib/main.dart']).toBe(LOOP);
  });

  it('records what --partial wrote, so that it can be removed, pasted or not', async () => {
    const root = serviceWithLoop();
    const before = readTree(root);
    await add(root, { partial: true });
    expect((await remove(root)).notes).toEqual([]);
    expect(readTree(root)).toEqual(before);

    await add(root, { partial: true });
    edit(root, 'lib/main.dart', /^/, `${IMPORT}\n`);
    edit(root, 'lib/main.dart', '  {\n', "  {\n    'main.createOrder': createOrderApiGateway,\n");
    const { context, results } = scripted({ cwd: root });
    await endpoints(context, { json: true });
    expect(JSON.parse(results.join('\n')).problems).toEqual([]);
    edit(root, 'lib/main.dart', "    'main.createOrder': createOrderApiGateway,\n", '');
    edit(root, 'lib/main.dart', `${IMPORT}\n`, '');
    await remove(root);
    expect(readTree(root)).toEqual(before);
  });

  it('tells the same in JSON, and with --dry-run writes nothing', async () => {
    const root = serviceWithLoop();
    const before = readTree(root);
    const dry = await add(root, { partial: true, json: true, dryRun: true });
    expect(dry.error?.message).toContain('Everything else would be written; ');
    expect(readTree(root)).toEqual(before);
    const real = await add(root, { partial: true, json: true });
    const { diff, ...planned } = JSON.parse(dry.result);
    expect(diff).toContain('+++ b/serverless.yml');
    expect(JSON.parse(real.result)).toEqual(planned);
    expect(planned.left).toEqual([
      { path: 'lib/main.dart', text: expect.stringContaining("'main.createOrder'") },
    ]);
  });
});

describe('add-endpoint --partial', () => {
  it('registers the handler where serverless.yml cannot be edited', async () => {
    const root = writeService(temporaryFolder());
    edit(root, 'serverless.yml', 'functions:\n', 'functions: &all\n');
    const { error, notes } = await add(root, { partial: true });
    expect(error?.message).toContain('Everything else was written; ');
    expect(notes).toContain('Left to paste:\n\nserverless.yml, below functions:\n\n');
    expect(notes).not.toContain(IMPORT);
    expect(readTree(root)['lib/main.dart']).toContain("'main.createOrder'");
    expect(remaining(root)).toEqual(FILES);
  });

  it('is like any other where all can be edited', async () => {
    const root = writeService(temporaryFolder());
    const before = readTree(root);
    const { error, result } = await add(root, { partial: true, json: true });
    expect(error).toBeUndefined();
    expect(JSON.parse(result)).toMatchObject({ kept: [], left: [] });
    await remove(root);
    expect(readTree(root)).toEqual(before);
  });

  it('writes nothing where a file is in the way', async () => {
    const root = serviceWithLoop();
    writeTree(root, { 'lib/handlers/create_order.dart': '// mine\n' });
    const before = readTree(root);
    const { error } = await add(root, { partial: true });
    expect(error?.message).toContain('a file is in the way. Nothing was written');
    expect(readTree(root)).toEqual(before);
  });
});

describe('add-endpoint, where a handler of that name is there', () => {
  const MINE = '\n// What I made of it.\n';

  it('adopts what an earlier removal kept, unchanged', async () => {
    const root = writeService(temporaryFolder());
    await add(root);
    const complete = readTree(root);
    edit(root, 'lib/handlers/create_order.dart', /$/, MINE);
    const edited = readTree(root);
    expect((await remove(root)).notes[0]).toContain('create_order.dart was kept: it was edited');
    const { error, notes, result } = await add(root, { json: true });
    expect(error).toBeUndefined();
    expect(notes).toContain('lib/handlers/create_order.dart existed already and was not changed.');
    expect(JSON.parse(result).kept).toEqual(['lib/handlers/create_order.dart']);
    expect(readTree(root)).toEqual(edited);
    expect(complete['.create-lambda-hello.json']).toBe(edited['.create-lambda-hello.json']);
  });

  it('keeps it again when the endpoint is removed once more, and gives the rest back', async () => {
    const root = writeService(temporaryFolder());
    await add(root);
    edit(root, 'lib/handlers/create_order.dart', /$/, MINE);
    await remove(root);
    const removed = readTree(root);
    await add(root);
    await remove(root);
    expect(readTree(root)).toEqual(removed);
  });

  it('writes what is missing beside it', async () => {
    const root = writeService(temporaryFolder());
    const handler = `import '../runtime/runtime.dart';

AwsApiGatewayResponse createOrderApiGateway(Context context, AwsApiGatewayEvent event) =>
    AwsApiGatewayResponse(statusCode: 204);
`;
    writeTree(root, { 'lib/handlers/create_order.dart': handler });
    const { error } = await add(root);
    expect(error).toBeUndefined();
    expect(remaining(root)).toEqual(FILES);
    const tree = readTree(root);
    expect(tree['lib/handlers/create_order.dart']).toBe(handler);
    expect(tree['lib/main.dart']).toMatch(/'main\.createOrder',\s+createOrderApiGateway/);
  });

  it('is in the way where it has another function, and where only a model is there', async () => {
    for (const [path, text] of [
      ['lib/handlers/create_order.dart', 'void other() {}\n'],
      ['lib/models/create_order_request.dart', 'class CreateOrderRequest {}\n'],
    ] as const) {
      const root = writeService(temporaryFolder());
      writeTree(root, { [path]: text });
      const before = readTree(root);
      expect((await add(root)).error?.message).toContain(
        `in the way. Nothing was written:\n  ${path}`,
      );
      expect(readTree(root)).toEqual(before);
    }
  });
});
