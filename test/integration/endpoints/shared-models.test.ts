import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { addEndpoint, addModel, removeModel } from '../../support/commands.ts';
import { scripted } from '../../support/context.ts';
import { readTree, temporaryFolder } from '../../support/folders.ts';
import { remove } from '../../support/orders-service.ts';
import { writeService } from '../../support/service.ts';

const ORDER = '{"id": 1, "items": [{"sku": "a", "price": 1.5}]}';

let root: string;

beforeEach(() => {
  root = writeService(temporaryFolder());
});

const run = () => scripted({ cwd: root }).context;
const text = (path: string) => readFileSync(join(root, path), 'utf8');
const message = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: Error) => error.message,
  );

/** Adds endpoints that share the model Order, the class in it, and the model of another endpoint. */
async function addFour(): Promise<readonly string[]> {
  const post = { method: 'POST', path: '/orders', request: `Order=${ORDER}`, response: 'Order' };
  await addEndpoint(run(), 'createOrder', post);
  await addEndpoint(run(), 'getOrder', { path: '/orders/{id:int}', response: 'Order' });
  await addEndpoint(run(), 'listOrders', { path: '/orders', response: 'Order[]' });
  const basket = '{"of": "x", "lines": [{"sku": "b", "price": 2.5}]}';
  await addEndpoint(run(), 'getBasket', { path: '/basket', response: basket });
  return ['createOrder', 'getOrder', 'listOrders', 'getBasket'];
}

describe('endpoints that share a model', () => {
  it('have one class of a shape, in one file', async () => {
    await addFour();
    const models = Object.entries(readTree(root)).filter(([path]) =>
      path.startsWith('lib/models/'),
    );
    const classes = models.flatMap(([, code]) =>
      [...code.matchAll(/^class (\w+)/gm)].map(([, name]) => name),
    );
    expect(classes.sort()).toEqual(
      ['GetBasketResponse', 'Order', 'OrderItem', 'PostRequestModel', 'ResponseModel'].sort(),
    );
    expect(text('lib/models/get_basket_response.dart')).toContain('final List<OrderItem> lines;');
    expect(text('lib/handlers/list_orders.dart')).toContain(
      'Future<List<Order>> listOrders() async',
    );
  });

  it.each([[[0, 1, 2, 3]], [[3, 2, 1, 0]], [[1, 3, 0, 2]]])(
    'are removed to the last byte in the order %s, and keep what the others use',
    async (order) => {
      const before = readTree(root);
      const names = await addFour();
      for (const [step, index] of order.entries()) {
        const { notes } = await remove(root, { name: names[index] as string });
        expect(notes).toEqual([]);
        expect(existsSync(join(root, 'lib/models/order.dart'))).toBe(step < 3);
      }
      expect(readTree(root)).toEqual(before);
    },
  );

  it('do not take a class for its shape from a file that somebody edited', async () => {
    await addEndpoint(run(), 'createOrder', {
      method: 'POST',
      path: '/orders',
      request: `Order=${ORDER}`,
    });
    const path = join(root, 'lib/models/order.dart');
    writeFileSync(path, text('lib/models/order.dart').replaceAll("'sku'", "'code'"));
    await addEndpoint(run(), 'getBasket', {
      path: '/basket',
      response: '{"of": "x", "lines": [{"sku": "b", "price": 2.5}]}',
    });
    expect(text('lib/models/get_basket_response.dart')).toContain('class BasketLine with');
  });

  it('use a model by its name with the fields that somebody gave it', async () => {
    await addEndpoint(run(), 'createOrder', {
      method: 'POST',
      path: '/orders',
      request: `Order=${ORDER}`,
    });
    const path = join(root, 'lib/models/order.dart');
    writeFileSync(path, text('lib/models/order.dart').replaceAll("'id'", "'code'"));
    await addEndpoint(run(), 'getOrder', { path: '/order', response: 'Order' });
    expect(text('lib/handlers/get_order.dart')).toContain('"code": 1');
  });

  it('are refused a name that another model has', async () => {
    await addFour();
    const before = readTree(root);
    const other = { path: '/x', response: 'Order={"other": true}' };
    expect(await message(addEndpoint(run(), 'getX', other))).toBe(
      'there is another model Order: lib/models/order.dart.',
    );
    expect(readTree(root)).toEqual(before);
  });

  it('take a sample of their own for a model that is there', async () => {
    await addFour();
    const own = ORDER.replace('"a"', '"mine"');
    await addEndpoint(run(), 'lastOrder', { path: '/last', response: `Order=${own}` });
    expect(text('lib/handlers/last_order.dart')).toContain('"sku": "mine"');
    expect(text('lib/handlers/last_order.dart')).toContain('Future<Order> lastOrder() async');
  });

  it('are offered a model that has the same fields, in a terminal', async () => {
    await addFour();
    const question = 'The model Order has the same fields. Use it?';
    const query =
      'The query of a request? (JSON, @file.json, name:type,... or a model; empty for none)';
    const answers = { [question]: 'yes', [query]: '' };
    const { context, questions, notes } = scripted({ cwd: root, answers });
    await addEndpoint(context, 'nextOrder', { method: 'GET', path: '/next', response: ORDER });
    expect(questions.map((one) => one.message)).toContain(question);
    expect(text('lib/handlers/next_order.dart')).toContain('Future<Order> nextOrder() async');
    expect(notes.join('\n')).toContain(`--response 'Order=${ORDER}'`);
  });

  it('may answer null in the place of a model, but take none', async () => {
    await addModel(run(), 'Order', ORDER);
    await addEndpoint(run(), 'findOrder', { path: '/find', response: 'Order?' });
    expect(text('lib/handlers/find_order.dart')).toContain('Future<Order?> findOrder() async');
    await addEndpoint(run(), 'findOrders', { path: '/all', response: 'Order[]?' });
    expect(text('lib/handlers/find_orders.dart')).toContain('Future<List<Order>?> findOrders()');
    const post = { method: 'POST', path: '/x', request: 'Order?' };
    expect(await message(addEndpoint(run(), 'getX', post))).toContain(
      'the body of a request is not null',
    );
  });

  it.each([
    ['Map=a:int', 'MapModel=a:int'],
    ['Order[]=[{"a": 1}]', 'Order={"id": 7}'],
    ['Order=[{"a": 1}]', 'Order={"id": 7}'],
  ])('are told what to write in the place of %s', async (request, suggestion) => {
    const post = { method: 'POST', path: '/x', request };
    const error = await addEndpoint(run(), 'getX', post).catch((thrown: unknown) => thrown);
    expect((error as { hint: string }).hint).toContain(suggestion);
  });

  it('make no model of a query', async () => {
    const query = { path: '/x', request: 'Filter=limit:int?' };
    expect(await message(addEndpoint(run(), 'getX', query))).toContain('a query is no model');
  });

  it('name a model that there is not', async () => {
    expect(await message(addEndpoint(run(), 'getX', { response: 'Nothing[]' }))).toContain(
      'lib/models/ has no class "Nothing" with a fromJson.',
    );
  });
});

describe('add-model and remove-model', () => {
  it('add and remove a model with its test', async () => {
    const before = readTree(root);
    await addModel(run(), 'Item', 'sku:string,price:double?');
    expect(text('lib/models/item.dart')).toContain('class Item with JsonModel');
    expect(text('test/models/item_test.dart')).toContain('itemFromJson(_sample)');
    await removeModel(run(), 'Item');
    expect(readTree(root)).toEqual(before);
  });

  it('write nothing twice, and nothing with --dry-run', async () => {
    const before = readTree(root);
    await addModel(run(), 'Item', 'sku:string', { dryRun: true });
    expect(readTree(root)).toEqual(before);
    await addModel(run(), 'Item', 'sku:string');
    const after = readTree(root);
    await addModel(run(), 'Item', 'sku:string');
    expect(readTree(root)).toEqual(after);
    expect(await message(addModel(run(), 'Item', 'sku:int'))).toBe(
      'there is another model Item: lib/models/item.dart.',
    );
  });

  it('remove no model that something uses, and it stays when an endpoint goes', async () => {
    await addModel(run(), 'Item', 'sku:string');
    await addEndpoint(run(), 'getItem', { path: '/item', response: 'Item' });
    expect(await message(removeModel(run(), 'Item'))).toBe(
      'the model Item is in use: lib/handlers/get_item.dart, test/handlers/get_item_test.dart import it.',
    );
    await remove(root, { name: 'getItem' });
    expect(existsSync(join(root, 'lib/models/item.dart'))).toBe(true);
    await removeModel(run(), 'Item');
    expect(existsSync(join(root, 'lib/models/item.dart'))).toBe(false);
  });

  it('keep what was edited, unless --force is given', async () => {
    await addModel(run(), 'Item', 'sku:string');
    const path = join(root, 'test/models/item_test.dart');
    writeFileSync(path, `${text('test/models/item_test.dart')}// mine\n`);
    const { context, notes } = scripted({ cwd: root });
    await removeModel(context, 'Item');
    expect(notes).toEqual(['warning: test/models/item_test.dart was kept: it was edited since']);
  });

  it('write no model that the runtime of an older service does not know', async () => {
    rmSync(join(root, 'lib/runtime/json_model.dart'));
    const before = readTree(root);
    expect(await message(addModel(run(), 'Item', 'sku:string'))).toBe(
      'lib/runtime/json_model.dart is missing, and the new code needs it. Nothing was written.',
    );
    expect(readTree(root)).toEqual(before);
  });

  it('make no model of another one', async () => {
    await addModel(run(), 'Item', 'sku:string');
    expect(await message(addModel(run(), 'Other', 'Item'))).toContain(
      'field 1 is "Item", but a field is name:type.',
    );
  });

  it('say whose model it is', async () => {
    await addFour();
    expect(await message(removeModel(run(), 'Order'))).toBe(
      'the model Order belongs to the endpoint createOrder, and goes with it.',
    );
    expect(await message(removeModel(run(), 'Nothing'))).toBe(
      'add-model has written no model Nothing.',
    );
  });

  it.each([
    ['order', '"order" is no name for a model'],
    ['Order-Item', '"Order-Item" is no name for a model'],
    [
      'String',
      '"String" is no name for a model: Dart, lib/runtime/ or package:test has a type of that name.',
    ],
    ['Context', '"Context" is no name for a model'],
  ])('refuse the name %s', async (name, expected) => {
    expect(await message(addModel(run(), name, 'sku:string'))).toContain(expected);
  });
});
