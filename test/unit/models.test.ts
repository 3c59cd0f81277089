import { describe, expect, it } from 'vitest';
import { planModel } from '../../src/dart/model/model.ts';
import { readSample } from '../../src/sample/sample.ts';

const model = (json: string, className = 'Order') =>
  planModel(readSample(json, { option: '--response' }), { className, description: 'An order.' });

const ITEM = 'asObject(OrderA.fromJson)';

/** The fields of the first class, as they are declared. */
async function fields(json: string): Promise<string[]> {
  const { content } = await model(json);
  return [...content.matchAll(/^ {2}final (.+);$/gm)].map(([, field]) => field ?? '');
}

describe('planModel', () => {
  it('writes a class that a colleague could have written', async () => {
    const sample = '{"id": 7, "placed_at": "2024-02-29T12:30:00Z", "items": [{"sku": "a"}]}';
    expect((await model(sample)).content).toBe(`import 'dart:convert';

import '../runtime/json_fields.dart';
import '../runtime/json_model.dart';

Order orderFromJson(String str) => decodeJson(str, asObject(Order.fromJson));

String orderToJson(Order data) => json.encode(data.toJson());

/// An order.
class Order with JsonModel {
  const Order({required this.id, required this.placedAt, required this.items});

  factory Order.fromJson(Map<String, dynamic> json) => Order(
    id: json.integer('id'),
    placedAt: json.dateTime('placed_at'),
    items: json.list('items', asObject(OrderItem.fromJson)),
  );

  final int id;
  final DateTime placedAt;
  final List<OrderItem> items;

  @override
  Map<String, dynamic> toJson() => {
    'id': id,
    'placed_at': placedAt.toJsonDateTime(),
    'items': items.map((item) => item.toJson()).toList(),
  };

  Order copyWith({int? id, DateTime? placedAt, List<OrderItem>? items}) =>
      Order(
        id: id ?? this.id,
        placedAt: placedAt ?? this.placedAt,
        items: items ?? this.items,
      );
}

class OrderItem with JsonModel {
  const OrderItem({required this.sku});

  factory OrderItem.fromJson(Map<String, dynamic> json) =>
      OrderItem(sku: json.string('sku'));

  final String sku;

  @override
  Map<String, dynamic> toJson() => {'sku': sku};

  OrderItem copyWith({String? sku}) => OrderItem(sku: sku ?? this.sku);
}
`);
  });

  it.each([
    ['numbers', '{"a": 1, "b": 1.0, "c": 9223372036854775808}', ['int a', 'double b', 'double c']],
    [
      'mixed numbers',
      '{"a": [1, 2.5], "b": [9007199254740993, 0.5]}',
      ['List<double> a', 'List<num> b'],
    ],
    ['null alone', '{"a": null, "b": [null]}', ['Object? a', 'List<dynamic> b']],
    ['null among others', '{"a": ["x", null]}', ['List<String?> a']],
    ['different types', '{"a": [1, "x"]}', ['List<dynamic> a']],
    ['empty ones', '{"a": {}, "b": []}', ['Map<String, dynamic> a', 'List<dynamic> b']],
    ['dates', '{"a": "2024-02-29", "b": "2023-02-29"}', ['DateTime a', 'String b']],
    ['dates in two forms', '{"a": ["2024-02-29", "2024-02-29T12:30:00Z"]}', ['List<String> a']],
    [
      'reserved words',
      '{"class": 1, "new": 1, "toString": 1}',
      ['int classValue', 'int newValue', 'int toStringValue'],
    ],
    [
      'odd names',
      '{"": 1, "$": 2, "日本": 3, "1a": 4, "a b-c": 5}',
      ['int field', 'int field2', 'int field3', 'int field1A', 'int aBC'],
    ],
    ['names that become one', '{"a_b": 1, "aB": 2, "a-b": 3}', ['int aB', 'int aB2', 'int aB3']],
    ['__proto__', '{"__proto__": {"a": 1}}', ['OrderProto proto', 'int a']],
  ])('knows %s', async (_what, json, expected) => {
    expect(await fields(json)).toEqual(expected);
  });

  it.each([
    ['"x"', "string('a')", "stringOrNull('a')"],
    ['1', "integer('a')", "integerOrNull('a')"],
    ['1.5', "number('a')", "numberOrNull('a')"],
    ['true', "boolean('a')", "booleanOrNull('a')"],
    ['"2024-02-29"', "date('a')", "dateOrNull('a')"],
    ['"2024-02-29T12:30:00Z"', "dateTime('a')", "dateTimeOrNull('a')"],
    ['["x"]', "list('a', asString)", "listOrNull('a', asString)"],
    ['[[{"b": 1}]]', `list('a', asList(${ITEM}))`, `listOrNull('a', asList(${ITEM}))`],
    ['[1, "x"]', "list('a', asValue)", "listOrNull('a', asValue)"],
    ['{"b": 1}', "object('a', OrderA.fromJson)", "objectOrNull('a', OrderA.fromJson)"],
    ['{}', "field('a', asMap)", "field('a', asMap)"],
    ['null', "field('a', asValue)", "optional('a', asValue)"],
  ])('reads %s by the method of its type', async (value, required, optional) => {
    const always = await model(`{"z": 1, "a": ${value}}`);
    expect(always.content.replace(/\s+/g, ' ')).toContain(`a: json.${required}`);
    const sometimes = await model(`[{"z": 1}, {"z": 1, "a": ${value}}]`);
    expect(sometimes.content.replace(/\s+/g, ' ')).toContain(`a: json.${optional}`);
  });

  it('tells a field that is null from one that is missing', async () => {
    const { content } = await model('[{"a": 1, "b": null, "c": null}, {"b": 2}, {"b": 3, "c": 4}]');
    expect(content).toContain('  final int? a;');
    expect(content).toContain("    if (a != null) 'a': a,");
    expect(content).toContain('required this.b');
    expect(content).toContain('  final Optional<int?> c;');
    expect(content).toContain('this.c = const Optional.absent()');
    expect(content).toContain("c: json.optional('c', asInt)");
    expect(content).toContain("    if (c.isPresent) 'c': c.value,");
  });

  it('names the classes inside after the one outside, and never one of Dart', async () => {
    const { content } = await model('{"list": {"map": {"a": 1}}, "string": {"b": 2}}', 'X');
    const classes = [...content.matchAll(/^class (\w+)/gm)].map(([, name]) => name);
    expect(classes).toEqual(['X', 'XList', 'XMap', 'XString']);
  });

  it('gives an array at the top functions of its own', async () => {
    const { content, rootType } = await model('[[{"a": 1}]]');
    expect(rootType).toBe('List<List<OrderElement>>');
    expect(content).toContain('List<List<OrderElement>> orderFromJson(String str) =>');
  });

  it('escapes names as Dart needs it', async () => {
    const { content } = await model(JSON.stringify({ "it's $a\\b\n\u2028": 1 }));
    expect(content).toContain(String.raw`'it\'s \$a\\b\n\u{2028}'`);
  });
});
