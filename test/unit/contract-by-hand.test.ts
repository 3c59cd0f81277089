import { describe, expect, it } from 'vitest';
import type { ContractField, ContractModel } from '../../src/service/contract.ts';
import { contractIn, route } from '../support/contract.ts';

/* What a person wrote, or edited. */

const HANDLER = 'lib/handlers/get_order.dart';

const handlerOf = (body: string, more = '') => `import '../models/order.dart';
import '../runtime/runtime.dart';

/// \`GET /orders/{id}\`: one order.
///
/// Those of others are not found.
Future<AwsApiGatewayResponse> getOrderApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async ${body}
${more}`;

const contractOf = (
  handler: string,
  models: Record<string, string> = {},
  routes = [route('GET', '/orders/{id}')],
) =>
  contractIn(
    [{ key: 'getOrder', routes, handler: { name: 'getOrderApiGateway', file: HANDLER } }],
    { [HANDLER]: handler, ...models },
  );

/** Reads a handler that responds with an Order of that model. */
function modelOf(text: string): { readonly fields: readonly ContractField[] } {
  const handler = handlerOf(
    '=> AwsApiGatewayResponse.json(await find());',
    'Future<Order> find() async => throw 1;',
  );
  const { types, endpoints } = contractOf(handler, { 'lib/models/order.dart': text });
  expect(endpoints[0]?.response.type).toEqual({ kind: 'model', name: 'Order' });
  return types.get('Order') as ContractModel;
}

/** Fields in a short form: `note: string?`, with another `?` after a name that may be missing. */
const shortened = ({ fields }: { readonly fields: readonly ContractField[] }): string[] =>
  fields.map(({ jsonName, name, type, nullable, optional }) => {
    const names = jsonName === name ? name : `${jsonName} as ${name}`;
    const of =
      'of' in type
        ? `${type.kind} of ${'name' in type.of ? type.of.name : type.of.kind}`
        : 'name' in type
          ? type.name
          : type.kind;
    return `${names}${optional ? '?' : ''}: ${of}${nullable ? '?' : ''}`;
  });

describe('a model', () => {
  it('has the field that a person added, and another name in Dart', () => {
    const text = `class Order {
  const Order({required this.id, this.customerNote});

  factory Order.fromJson(Map<String, dynamic> json) => Order(
    id: json.integer('id'),
    customerNote: json.stringOrNull('customer note'),
  );

  final int id;
  final String? customerNote;

  Map<String, dynamic> toJson() => {'id': id, if (customerNote != null) 'customer note': customerNote};
}`;
    expect(shortened(modelOf(text))).toEqual([
      'id: integer',
      'customer note as customerNote?: string?',
    ]);
  });

  it.each([
    ['a body in a block', "{ return Order(id: map.integer('id'), at: map.date('at')); }"],
    [
      'variables',
      "{\n    final at = map.date('at');\n    return Order(id: map.integer('id'), at: at);\n  }",
    ],
    ['double quotes', '=> Order(id: map.integer("id"), at: map.date("at"));'],
  ])('is read from %s', (_, body) => {
    const text = `class Order {
  factory Order.fromJson(Map<String, Object?> map) ${body}
  final int id;
  final DateTime at;
}`;
    expect(shortened(modelOf(text))).toEqual(['id: integer', 'at: date']);
  });

  it('has the declared types where it is decoded in another way', () => {
    const text = `class Order {
  Order({required this.id, this.status, required this.items, this.rates = const {}});
  factory Order.fromJson(Map<String, dynamic> json) => Order(
    id: json['order_id'] as int,
    status: Status.values.byName(json['status'] as String),
    items: (json['items'] as List).map((item) => Item.fromJson(item)).toList(),
    rates: ratesOf(json),
  );
  final int id;
  final Status? status;
  final List<Item> items;
  final Map<String, double> rates;
}
enum Status { open, paid }
class Item {
  Item.fromJson(Map<String, dynamic> json) : sku = json['sku'] as String;
  final String sku;
}`;
    expect(shortened(modelOf(text))).toEqual([
      'order_id as id: integer',
      'status: Status?',
      'items: list of Item',
      'rates: map of number',
    ]);
  });

  it('has what its class declares where a package decodes it', () => {
    const text = `@JsonSerializable()
class Order {
  Order(this.id, this.createdAt);
  factory Order.fromJson(Map<String, dynamic> json) => _$OrderFromJson(json);
  static final int count = 0;
  final int id;
  @JsonKey(name: 'created_at')
  final DateTime createdAt;
  late final List<String>? tags;
  Map<String, dynamic> toJson() => _$OrderToJson(this);
}`;
    expect(shortened(modelOf(text))).toEqual([
      'id: integer',
      'created_at as createdAt: dateTime',
      'tags: list of string?',
    ]);
  });

  it('has fields of types that are not known', () => {
    const text = `class Order {
  factory Order.fromJson(Map<String, dynamic> json) => Order(money: Money.of(json['money']));
  final Money money;
}`;
    expect(shortened(modelOf(text))).toEqual(['money: any?']);
  });
});

describe('a handler', () => {
  it.each([
    [
      'a variable',
      '{\n  final Order order = await load();\n  return AwsApiGatewayResponse.json(order);\n}',
    ],
    [
      'a call in a variable',
      '{\n  final order = await find();\n  return AwsApiGatewayResponse.json(order);\n}',
    ],
    ['a constructor', '=> AwsApiGatewayResponse.json(Order.fromJson({}));'],
    ['a text', '=> AwsApiGatewayResponse(body: json.encode(await find()));'],
    [
      'another response',
      "{\n  if (no) return AwsApiGatewayResponse.json({'a': 1}, statusCode: HttpStatus.notFound);\n  return AwsApiGatewayResponse.json(await find());\n}",
    ],
  ])('responds with the type of %s', (_, body) => {
    const models = {
      'lib/models/order.dart':
        'class Order { factory Order.fromJson(Map<String, dynamic> json) => Order(); }',
    };
    const handler = handlerOf(body, 'Future<Order> find() async => throw 1;');
    expect(contractOf(handler, models).endpoints[0]?.response.type).toEqual({
      kind: 'model',
      name: 'Order',
    });
  });

  it.each([
    ['event.read(orderFromJson)', 'orderFromJson'],
    ["orderFromJson(event.body ?? '')", 'orderFromJson'],
    ['event.read((body) => orderFromJson(body))', 'orderFromJson'],
    ['Order.fromJson(json.decode(event.body!))', undefined],
    ['event.read((body) => decodeJson(body, asObject(Order.fromJson)))', undefined],
  ])('takes an Order by %s', (read, reader) => {
    const models = {
      'lib/models/order.dart': `Order orderFromJson(String str) => decodeJson(str, asObject(Order.fromJson));
class Order { factory Order.fromJson(Map<String, dynamic> json) => Order(); }`,
    };
    const { request } =
      contractOf(handlerOf(`{\n  final order = ${read};\n  return ok(order);\n}`), models)
        .endpoints[0] ?? {};
    expect(request?.type).toEqual({ kind: 'model', name: 'Order' });
    expect(request?.reader).toBe(reader);
  });

  it('has the doc comment without the route, its status, and each of its routes', () => {
    const handler = handlerOf(
      "{\n  final id = event.pathParameters.integer('id');\n  return AwsApiGatewayResponse.json({}, statusCode: 201);\n}",
    );
    const routes = [route('GET', '/orders/{id}'), route('PUT', '/a/{id}/{rest+}', 'http')];
    const { endpoints } = contractOf(handler, {}, routes);
    expect(
      endpoints.map(({ name, method, path, parameters, status, about }) => ({
        name,
        method,
        path,
        parameters,
        status,
        about,
      })),
    ).toEqual([
      {
        ...{ name: 'getOrder', method: 'GET', path: '/orders/{id}', status: 201 },
        parameters: [{ name: 'id', type: { kind: 'integer' }, nullable: false }],
        about: 'One order.\n\nThose of others are not found.',
      },
      {
        ...{ name: 'getOrder2', method: 'PUT', path: '/a/{id}/{rest+}', status: 201 },
        parameters: [
          { name: 'id', type: { kind: 'integer' }, nullable: false },
          { name: 'rest', type: { kind: 'string' }, nullable: false },
        ],
        about: 'One order.\n\nThose of others are not found.',
      },
    ]);
  });

  it.each([
    ['is not found', undefined],
    ['is of another form', 'final getOrderApiGateway = serveHandler(app);'],
    ['is in a broken file', 'Future<AwsApi getOrderApiGateway( {'],
    [
      'reads what lib/models/ does not have',
      handlerOf('=> AwsApiGatewayResponse.json(event.read(lostFromJson));'),
    ],
    ['is empty', ''],
  ])('that %s is there without types', (_, text) => {
    const handler = text === undefined ? undefined : { name: 'getOrderApiGateway', file: HANDLER };
    const { endpoints } = contractIn(
      [{ key: 'getOrder', routes: [route('ANY', '/orders/{id}')], handler }],
      text === undefined ? {} : { [HANDLER]: text },
    );
    expect(endpoints).toHaveLength(1);
    expect(endpoints[0]).toMatchObject({
      parameters: [{ name: 'id', type: { kind: 'string' }, nullable: false }],
      response: { type: { kind: 'any' }, nullable: true },
    });
  });

  it('reads texts with escapes', () => {
    const handler = handlerOf(
      "{\n  final a = event.queryStringParameters.string('it\\'s \\$1 \\u{1F642}');\n  return ok(a);\n}",
    );
    expect(contractOf(handler).endpoints[0]?.query.map(({ name }) => name)).toEqual(["it's $1 🙂"]);
  });
});
