import { describe, expect, it } from 'vitest';
import { loadDartParser } from '../../src/dart/main/parser.ts';
import { examplesOf } from '../../src/dart/model/example.ts';
import { inferShape } from '../../src/dart/model/infer.ts';
import { type KnownClass, knownModels, NO_MODELS, shapeKey } from '../../src/dart/model/known.ts';
import { planModel } from '../../src/dart/model/model.ts';
import { readModels } from '../../src/dart/model/read.ts';
import type { ObjectShape } from '../../src/dart/model/shape.ts';
import { parseJson } from '../../src/sample/json.ts';
import { readSample } from '../../src/sample/sample.ts';
import { printValue } from '../../src/sample/value.ts';

const parser = await loadDartParser();

const sampleOf = (json: string) => readSample(json, { example: '{"id": 7}' });

function keyOf(json: string): string {
  const parsed = parseJson(json);
  if ('problem' in parsed) throw new Error(parsed.problem);
  const names = { root: 'Any', prefix: 'Any', taken: new Set<string>() };
  return shapeKey(inferShape([parsed.value], names) as ObjectShape);
}

const plan = (json: string, known: readonly KnownClass[] = []) =>
  planModel(sampleOf(json), {
    ...{ className: 'GetOrderResponse', prefix: 'Order', description: 'An order.' },
    known: known.length > 0 ? knownModels(known) : NO_MODELS,
  });

const classesIn = (content = '') => [...content.matchAll(/^class (\w+)/gm)].map(([, name]) => name);

describe('the key of a shape', () => {
  it('is the same for the same JSON in another order, whatever the values', () => {
    expect(keyOf('{"id": 1, "in": {"a": "x", "b": true}}')).toBe(
      keyOf('{"in": {"b": false, "a": "y"}, "id": 2}'),
    );
  });

  it.each([
    ['{"id": 1}', '{"id": "1"}'],
    ['{"id": 1}', '{"ID": 1}'],
    ['{"id": 1}', '{"id": null}'],
    ['{"a": [{"b": 1}]}', '{"a": {"b": 1}}'],
    ['{"a": [{"b": 1}, {}]}', '{"a": [{"b": 1}]}'],
    ['{"at": "2024-02-29"}', '{"at": "2024-02-29T12:30:00Z"}'],
    ['{"at": "2024-02-29T12:30:00Z"}', '{"at": "2024-02-29T12:30:00.000Z"}'],
  ])('differs between %s and %s', (one, other) => {
    expect(keyOf(one)).not.toBe(keyOf(other));
  });
});

describe('the classes of a model', () => {
  it('are named by what the endpoint is about, and by their fields', async () => {
    const { file } = await plan('{"items": [{"sku": "a"}], "customer": {"name": "x"}}');
    expect(classesIn(file?.content)).toEqual(['GetOrderResponse', 'OrderItem', 'OrderCustomer']);
  });

  it('are one for two fields of the same shape, named by what these have in common', async () => {
    const { file } = await plan(
      '{"billing_address": {"city": "x"}, "shippingAddress": {"city": "y"}}',
    );
    expect(classesIn(file?.content)).toEqual(['GetOrderResponse', 'OrderAddress']);
    expect(file?.content).toContain('final OrderAddress billingAddress;');
    expect(file?.content).toContain('final OrderAddress shippingAddress;');
  });

  it('are two for two pairs of fields, whose names end alike', async () => {
    const { file } = await plan(
      '{"home_address": {"city": "x"}, "work_address": {"city": "y"}, "old_address": {"zip": 1}, "new_address": {"zip": 2}}',
    );
    const classes = classesIn(file?.content);
    expect(classes).toHaveLength(3);
    expect(new Set(classes).size).toBe(3);
    expect(file?.content).toContain("json.string('city')");
    expect(file?.content).toContain("json.integer('zip')");
  });

  it('take the name of the root where the short one is taken by another shape', async () => {
    const known = { className: 'OrderItem', library: 'order.dart', shape: keyOf('{"a": 1}') };
    const { file } = await plan('{"items": [{"sku": "a"}]}', [known]);
    expect(classesIn(file?.content)).toEqual(['GetOrderResponse', 'GetOrderResponseItem']);
  });

  it('are those that are there, where the shape is the same', async () => {
    const known = { className: 'Item', library: 'item.dart', shape: keyOf('{"sku": "a"}') };
    const { file, classes, shared } = await plan('{"items": [{"sku": "b"}]}', [known]);
    expect(classesIn(file?.content)).toEqual(['GetOrderResponse']);
    expect(file?.content).toContain("import 'item.dart';");
    expect(file?.content).toContain('final List<Item> items;');
    expect(classes.map(({ className }) => className)).toEqual(['GetOrderResponse']);
    expect(shared).toEqual(['item.dart']);
  });

  it('need no file where a list is of a class that is there', async () => {
    const known = { className: 'Order', library: 'order.dart', shape: keyOf('{"id": 1}') };
    const { file, rootType, imports } = await plan('[{"id": 1}]', [known]);
    expect(file).toBeUndefined();
    expect(rootType).toBe('List<Order>');
    expect(imports).toEqual(['order.dart']);
  });

  it('are new at the root, also where there is one of the same shape', async () => {
    const known = { className: 'Order', library: 'order.dart', shape: keyOf('{"id": 1}') };
    const { file } = await plan('{"id": 1}', [known]);
    expect(classesIn(file?.content)).toEqual(['GetOrderResponse']);
  });
});

describe('a model on the disk', () => {
  const read = async (json: string) => readModels(parser, (await plan(json)).file?.content ?? '');

  it('is read as what it was made of', async () => {
    const json =
      '{"i": 1, "d": 1.5, "s": "x", "b": true, "at": "2024-02-29T12:30:00Z", "on": "2024-02-29", "o": {"it\'s $": {"x": null}, "l": [[1]]}, "m": {}}';
    const models = await read(json);
    const example = examplesOf('GetOrderResponse', () => models)?.short;
    expect(JSON.parse(printValue(example ?? { kind: 'null', raw: 'null' }))).toEqual({
      ...{ i: 1, d: 1.5, s: 'text', b: true, at: '2024-02-29T12:30:00Z', on: '2024-02-29' },
      ...{ o: { "it's $": { x: null }, l: [] }, m: {} },
    });
    expect(models.functions).toEqual(new Set(['getOrderResponseFromJson']));
  });

  it('has the fields that somebody added by hand', async () => {
    const { file } = await plan('{"id": 1}');
    const edited = file?.content.replace(
      "json.integer('id')",
      "json.integer('id'), note: json.stringOrNull('note')",
    );
    const { classes } = readModels(parser, edited ?? '');
    expect(classes.get('GetOrderResponse')?.map(({ jsonName }) => jsonName)).toEqual([
      'id',
      'note',
    ]);
  });

  it('has no example where a field is read in a way that is not known', () => {
    const text =
      'class Order {\n  factory Order.fromJson(Map<String, dynamic> json) => Order(id: readId(json));\n}\n';
    const models = readModels(parser, text);
    expect(models.classes.get('Order')).toBeUndefined();
    expect(models.classes.has('Order')).toBe(true);
    expect(examplesOf('Order', () => models)).toBeUndefined();
  });
});
