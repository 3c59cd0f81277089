import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { functionIds } from '../../../src/serverless-yml/logical-ids.ts';
import { failure } from '../../support/failure.ts';
import { readTree, writeTree } from '../../support/folders.ts';
import { installedOsls } from '../../support/moto.ts';
import { append, edit, remove, serviceWithOrders } from '../../support/orders-service.ts';

/** Another function that has createOrder for its authorizer. */
const GUARDED = `
  guarded:
    handler: main.hello
    events:
      - http:
          method: GET
          path: /guarded
          authorizer: createOrder
`;
const RESOURCES = 'Resources:\n  Alarm:\n    DependsOn: CreateOrderLambdaFunction\n';

describe('remove-endpoint, where something else in serverless.yml uses the function', () => {
  async function guardedService() {
    const { root, before } = await serviceWithOrders();
    append(root, 'serverless.yml', GUARDED);
    return { root, before };
  }

  it.each([{}, { force: true }, { dryRun: true }, { json: true }])(
    'names the places, and writes nothing: %o',
    async (flags) => {
      const { root } = await guardedService();
      const resources = ['resources:', `  - $${'{file(resources.yml)}'}`, ''].join('\n');
      append(root, 'serverless.yml', resources);
      writeTree(root, { 'resources.yml': RESOURCES });
      const before = readTree(root);
      const line = before['serverless.yml']?.split('\n').findIndex((l) => l.includes('authorizer'));
      const error = await failure(remove(root, flags));
      expect(error).toMatchObject({
        message: `serverless.yml:${Number(line) + 1}:23: the function createOrder is used by functions.guarded.events.0.http.authorizer, by resources.0.Resources.Alarm.DependsOn (resources.yml:3:16). Nothing was written.`,
        hint: 'remove every use of it, then  create-lambda-hello remove-endpoint createOrder',
        exitCode: 1,
      });
      expect(readTree(root)).toEqual(before);
    },
  );

  it('takes all of it out once nothing does', async () => {
    const { root, before } = await guardedService();
    edit(root, 'serverless.yml', GUARDED, '');
    await remove(root);
    expect(readTree(root)).toEqual(before);
  });

  it('tells of uses by the name that the function had before', async () => {
    const { root } = await guardedService();
    edit(root, 'serverless.yml', '  createOrder:', '  newOrder:');
    const before = readTree(root);
    expect(await failure(remove(root, { name: 'newOrder' }))).toMatchObject({
      message: expect.stringMatching(
        /^serverless\.yml:\d+:23: the function newOrder is used by functions\.guarded\.events\.0\.http\.authorizer\. Nothing was written\.$/,
      ),
    });
    expect(readTree(root)).toEqual(before);
  });

  it('minds no use by that name where another function has it', async () => {
    const { root } = await guardedService();
    append(root, 'serverless.yml', '  other:\n    handler: main.createOrder\n    events: []\n');
    await remove(root, { name: 'other' });
    expect(readTree(root)['serverless.yml']).not.toContain('other:');
  });

  it('removes the function that uses the other one', async () => {
    const { root, before } = await guardedService();
    await remove(root, { name: 'guarded', force: true });
    await remove(root);
    expect(readTree(root)['serverless.yml']).toBe(before['serverless.yml']);
  });
});

describe('the ids of what osls makes of a function', () => {
  it('are those that osls has', () => {
    const load = createRequire(join(installedOsls(), 'node_modules/osls/package.json'));
    const naming = load('osls/lib/plugins/aws/lib/naming.js');
    const ofFunction = Object.entries<(...args: string[]) => string>(naming)
      .filter(([name, make]) => /^get.*LogicalId$/.test(name) && /\(functionName/.test(`${make}`))
      .map(([name, make]) => [name, make.call(naming, 'create-order_1', '1', '2')] as const);
    expect(ofFunction.length).toBeGreaterThan(30);
    const pattern = new RegExp(`^${functionIds('create-order_1')}$`);
    expect(ofFunction.filter(([, id]) => !pattern.test(id))).toEqual([]);
  });
});
