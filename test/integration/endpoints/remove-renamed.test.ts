import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { RECORD_FILE } from '../../../src/service/record.ts';
import { failure } from '../../support/failure.ts';
import { readTree } from '../../support/folders.ts';
import {
  append,
  edit,
  FILES,
  remaining,
  remove,
  serviceWithOrders,
  WORKER,
} from '../../support/orders-service.ts';

describe('remove-endpoint, where the endpoint was renamed', () => {
  /** The key in serverless.yml is another than add-endpoint wrote. */
  async function renamedService() {
    const service = await serviceWithOrders();
    edit(service.root, 'serverless.yml', '  createOrder:', '  newOrder:');
    return service;
  }
  const question = 'createOrder is now newOrder in serverless.yml; remove that?';

  it('asks whether that is meant, with no as the default, and takes all of it out', async () => {
    const { root, before } = await renamedService();
    const { questions } = await remove(root, { answers: { [question]: 'newOrder' } });
    expect(questions).toMatchObject([{ type: 'select', initial: '' }]);
    expect(readTree(root)).toEqual(before);
  });

  it('writes nothing when the answer is no', async () => {
    const { root } = await renamedService();
    const before = readTree(root);
    const error = await failure(remove(root, { answers: { [question]: '' } }));
    expect(error).toMatchObject({ exitCode: 130 });
    expect(readTree(root)).toEqual(before);
  });

  it.each([{}, { yes: true, answers: {} }, { force: true }, { dryRun: true }])(
    'names the command, and writes nothing, where nobody is asked: %o',
    async (flags) => {
      const { root } = await renamedService();
      const before = readTree(root);
      expect(await failure(remove(root, flags))).toMatchObject({
        message: 'createOrder is now newOrder in serverless.yml. Nothing was written.',
        hint: 'create-lambda-hello remove-endpoint newOrder',
        exitCode: 1,
      });
      expect(readTree(root)).toEqual(before);
    },
  );

  it('takes all of it out by the new name', async () => {
    const { root, before } = await renamedService();
    await remove(root, { name: 'newOrder' });
    expect(readTree(root)).toEqual(before);
  });

  it('offers each of the functions that it has become', async () => {
    const { root } = await renamedService();
    append(root, 'serverless.yml', WORKER);
    expect(await failure(remove(root))).toMatchObject({
      message: 'createOrder is now newOrder and worker in serverless.yml. Nothing was written.',
      hint: 'create-lambda-hello remove-endpoint newOrder  or  create-lambda-hello remove-endpoint worker',
    });
  });

  it.each([
    ['the handler', 'createOrder'],
    ['the handler and the function', 'newOrder'],
  ])('takes all of it out when %s got another name', async (_what, name) => {
    const { root, before } = await serviceWithOrders();
    for (const path of ['serverless.yml', 'lib/main.dart']) {
      edit(root, path, 'main.createOrder', 'main.newOrder');
    }
    edit(root, 'serverless.yml', '  createOrder:', `  ${name}:`);
    await remove(root, { name });
    expect(readTree(root)).toEqual(before);
  });

  it('recognises a function whose key and handler both have another name', async () => {
    const { root } = await serviceWithOrders();
    for (const path of ['serverless.yml', 'lib/main.dart']) {
      edit(root, path, 'main.createOrder', 'main.newOrder');
    }
    edit(root, 'serverless.yml', '  createOrder:', '  newOrder:');
    expect(await failure(remove(root))).toMatchObject({
      message: 'createOrder is now newOrder in serverless.yml. Nothing was written.',
    });
  });

  it('keeps the record while another registration runs the same code', async () => {
    const { root, before } = await serviceWithOrders();
    edit(
      root,
      'lib/main.dart',
      ');\n\n  await',
      ")\n    ..registerHandler<AwsApiGatewayEvent>('main.again', createOrderApiGateway);\n\n  await",
    );
    append(root, 'serverless.yml', WORKER.replace('createOrder', 'again'));
    await remove(root);
    expect(remaining(root)).toEqual(FILES);
    expect(existsSync(join(root, RECORD_FILE))).toBe(true);
    await remove(root, { name: 'worker', force: true });
    expect(remaining(root)).toEqual([]);
    expect(readTree(root)['lib/main.dart']).toBe(before['lib/main.dart']);
  });

  it('does not mind another path', async () => {
    const { root, before } = await serviceWithOrders();
    edit(root, 'serverless.yml', 'path: /orders', 'path: /v2/orders');
    await remove(root);
    expect(readTree(root)).toEqual(before);
  });
});
