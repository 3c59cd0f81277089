import { describe, expect, it } from 'vitest';
import { modelOf } from '../support/models.ts';

const model = (text: string, className = 'Order') =>
  modelOf(text, { className, description: 'An order.' });

const ITEM = 'asObject(OrderA.fromJson)';

/** The fields of the first class, as they are declared. */
async function fields(json: string): Promise<string[]> {
  const { content } = await model(json);
  return [...content.matchAll(/^ {2}final (.+);$/gm)].map(([, field]) => field ?? '');
}

describe('planModel', () => {
  it('writes a class that a colleague could have written', async () => {
    const sample = '{"id": 7, "placed_at": "2024-02-29T12:30:00Z", "items": [{"sku": "a"}]}';
    expect((await model(sample)).content).toBe(`import '../runtime/json_fields.dart';

Order orderFromJson(String str) => decodeJson(str, asObject(Order.fromJson));

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
    ['dates', '{"2024-02-29": 1, "2024-03-01": 2.5}', 'Map<String, double>'],
    ['months', '{"2024-02": [1], "2024-03": []}', 'Map<String, List<int>>'],
    [
      'times',
      '{"2024-02-29T12:30:00Z": "a", "2024-03-01T12:30:00Z": null}',
      'Map<String, String?>',
    ],
    ['numbers', '{"1": {"b": 1}, "2": {"b": 2, "c": 3}}', 'Map<String, OrderA>'],
    ['currencies', '{"EUR": "a", "USD": "b", "JPY": "c"}', 'Map<String, String>'],
    [
      'UUIDs',
      '{"7c9e6679-7425-40de-944b-e07fc1f90ae7": true, "00000000-0000-0000-0000-000000000000": false}',
      'Map<String, bool>',
    ],
    [
      'ids',
      '{"cus_NffrFeUfNV2Hib": {}, "cus_9s6XKzkNRiz8i3": {}}',
      'Map<String, Map<String, dynamic>>',
    ],
    ['hashes', '{"65e1c0ffee": 1, "deadbeef00": 2}', 'Map<String, int>'],
    [
      'maps',
      '{"1": {"2024": {"x": 1}}, "2": {"2025": {"x": 2}}}',
      'Map<String, Map<String, OrderA>>',
    ],
    ['one date', '{"2024-02-29": 1}', 'OrderA'],
    ['one name among dates', '{"2024-02-29": 1, "2024-03-01": 2, "total": 3}', 'OrderA'],
    ['values of two types', '{"1": 1, "2": "x"}', 'OrderA'],
    ['objects with nothing in common', '{"1": {"b": 1}, "2": {"c": 1}}', 'OrderA'],
    ['numbered names', '{"line_1": "a", "line_2": "b"}', 'OrderA'],
    ['short upper case', '{"SKU": "a", "EAN": "b"}', 'OrderA'],
    ['a person', '{"first": "a", "last": "b"}', 'OrderA'],
    ['words of hex letters', '{"facade": "a", "decade": "b"}', 'OrderA'],
    ['nothing', '{}', 'Map<String, dynamic>'],
  ])('tells from an object with keys of %s whether it is a map', async (_what, json, expected) => {
    expect((await fields(`{"a": ${json}}`))[0]).toBe(`${expected} a`);
  });

  it('takes an object for a map by all the samples of its place', async () => {
    const list = '[{"a": {"EUR": 1}}, {"a": {}}, {"a": {"USD": 2.5}}, {"a": null}]';
    expect(await fields(list)).toEqual(['Map<String, double>? a']);
  });

  it.each([
    ['a:enum(open,in transit,1)', 'OrderA a', "a: json.oneOf('a', OrderA.values)"],
    ['a:enum(x)?', 'OrderA? a', "a: json.oneOfOrNull('a', OrderA.values)"],
    ['as:enum(x)[]', 'List<OrderA> asValue', "json.list('as', asOneOf(OrderA.values))"],
    ['a:decimal', 'String a', "a: json.decimal('a')"],
    ['a:map<decimal?>', 'Map<String, String?> a', "a: json.mapOf('a', asDecimal)"],
    ['a:map<any>?', 'Map<String, dynamic>? a', "a: json.field('a', asMap)"],
    ['a:map<date>[]', 'List<Map<String, DateTime>> a', "json.list('a', asMapOf(asDate))"],
    ['a?:int', 'int? a', "a: json.integerOrNull('a')"],
    ['a?:int?', 'Optional<int?> a', "a: json.optional('a', asInt)"],
  ])('reads the field %s', async (list, declared, read) => {
    const { content } = await model(`${list},z:int`);
    expect(content).toContain(`  final ${declared};`);
    expect(content.replace(/\s+/g, ' ')).toContain(read);
  });

  it('writes an enum as a text with constants', async () => {
    const list = 'status:enum(open,in-transit,1,class,values)';
    const { content } = await model(list);
    expect(content).toContain(`extension type const OrderStatus(String text) {
  static const open = OrderStatus('open');
  static const inTransit = OrderStatus('in-transit');
  static const value1 = OrderStatus('1');
  static const classValue = OrderStatus('class');
  static const values2 = OrderStatus('values');

  static const values = [open, inTransit, value1, classValue, values2];
}
`);
    const options = { className: 'Order', description: 'An order.', openEnums: true };
    const kept = (await modelOf(list, options)).content;
    expect(kept).toContain("json.field('status', asTextOf(OrderStatus.new))");
    expect(kept).toContain('bool get isKnown => values.contains(this);');
  });

  it('makes each field of a PATCH an Optional', async () => {
    const options = { className: 'Order', description: 'An order.', patch: true };
    const { content } = await modelOf('a:int,b:date?,c:any', options);
    expect(content.match(/^ {2}final .*/gm)).toEqual([
      '  final Optional<int> a;',
      '  final Optional<DateTime?> b;',
      '  final Optional<Object?> c;',
    ]);
    expect(content).toContain("    if (b.isPresent) 'b': b.value?.toJsonDate(),");
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
    expect(rootType).toBe('List<List<OrderItem>>');
    expect(content).toContain('List<List<OrderItem>> orderFromJson(String str) =>');
  });

  it('escapes names as Dart needs it', async () => {
    const { content } = await model(JSON.stringify({ "it's $a\\b\n\u2028": 1 }));
    expect(content).toContain(String.raw`'it\'s \$a\\b\n\u{2028}'`);
  });
});
