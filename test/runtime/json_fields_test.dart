import 'dart:convert';

import 'package:shop/runtime/json_fields.dart';
import 'package:shop/runtime/json_model.dart';
import 'package:test/test.dart';

void main() {
  final json = decodeJson(
    '{"id": 7, "price": 3, "all": true, "name": "a", "day": "2024-02-29", '
    '"at": "2024-02-29T12:30:00Z", "tags": ["a", 1], "days": ["2024-02-29"], '
    '"owner": {"name": "b"}, "note": null, "huge": 1e400}',
    asMap,
  );

  String? problemOf(Object? Function() read) {
    try {
      read();
      return null;
    } on FormatException catch (error) {
      return error.message;
    }
  }

  String name(Map<String, dynamic> json) => json.string('name');

  test('reads a field as the type that the method says', () {
    expect(json.string('name'), 'a');
    expect(json.integer('id'), 7);
    expect(json.number('price'), 3.0);
    expect(json.boolean('all'), true);
    expect(json.date('day'), DateTime.utc(2024, 2, 29));
    expect(json.dateTime('at'), DateTime.utc(2024, 2, 29, 12, 30));
    expect(json.object('owner', name), 'b');
    expect(json.list('days', asDate), [DateTime.utc(2024, 2, 29)]);
    expect(json.list('tags', asValue), ['a', 1]);
    expect(json.field('id', asNum), isA<int>());
    expect(json.field('owner', asMap), {'name': 'b'});
  });

  // Each with a field that it refuses.
  final optional = <Object? Function(String name), String>{
    json.stringOrNull: 'id',
    json.integerOrNull: 'name',
    json.numberOrNull: 'name',
    json.booleanOrNull: 'id',
    json.dateOrNull: 'at',
    json.dateTimeOrNull: 'day',
    (field) => json.objectOrNull(field, name): 'tags',
    (field) => json.listOrNull(field, asInt): 'owner',
    json.decimalOrNull: 'name',
    (field) => json.oneOfOrNull(field, ['b']): 'name',
    (field) => json.mapOfOrNull(field, asInt): 'tags',
  };
  test('takes null, or no field at all, where the method says so', () {
    for (final MapEntry(key: read, value: refused) in optional.entries) {
      expect(read('note'), isNull);
      expect(read('missing'), isNull);
      expect(
        problemOf(() => read(refused)),
        startsWith('The field "$refused"'),
      );
    }
    expect(json.stringOrNull('name'), 'a');
    expect(json.objectOrNull('owner', name), 'b');
    expect(json.listOrNull('days', asString), ['2024-02-29']);
  });

  test('tells a field that is missing from null, where the method says so', () {
    expect(json.optional('name', asString), const Optional('a'));
    expect(json.optional('missing', asString).isPresent, false);
    expect(json.optional<String?>('note', asString), const Optional(null));
    expect(
      problemOf(() => json.optional<String>('note', asString)),
      'The field "note" must be a string, but it is null.',
    );
  });

  test('takes null for an item where the type does', () {
    final json = {
      'days': ['2024-02-29', null],
    };
    expect(json.list<DateTime?>('days', asDate).last, isNull);
    expect(
      problemOf(() => json.list('days', asDate)),
      'The field "days[1]" must be a string, but it is null.',
    );
  });

  test('names the field that is not what it must be', () {
    final problems = {
      'The field "missing" is missing.': () => json.integer('missing'),
      'The field "note" must be true or false, but it is null.': () =>
          json.boolean('note'),
      'The field "name" must be an integer, but it is a string.': () =>
          json.integer('name'),
      'The field "huge" must be a number, but it is too large a number.': () =>
          json.number('huge'),
      'The field "huge" must be a value, but it is too large a number.': () =>
          json.field('huge', asValue),
      'The field "tags[1]" must be a string, but it is a number.': () =>
          json.list('tags', asString),
      'The field "tags" must be an object, but it is an array.': () =>
          json.object('tags', name),
      'The field "owner" must be an array, but it is an object.': () =>
          json.list('owner', asString),
    };
    for (final MapEntry(key: message, value: read) in problems.entries) {
      expect(problemOf(read), message);
    }
  });

  test('names the field inside of objects and arrays', () {
    final json = decodeJson(
      '{"a": {"b": [{"c": 1}]}, "m": [[1], ["x"]]}',
      asMap,
    );
    String inner(Map<String, dynamic> json) => json.string('c');
    List<String> outer(Map<String, dynamic> json) =>
        json.list('b', asObject(inner));

    expect(
      problemOf(() => json.object('a', outer)),
      'The field "a.b[0].c" must be a string, but it is a number.',
    );
    expect(
      problemOf(() => json.list('m', asList(asInt))),
      'The field "m[1][0]" must be an integer, but it is a string.',
    );
  });

  test('says what is wrong with a body', () {
    final problems = {
      '': 'The body is missing.',
      '{': 'The body is not valid JSON: Unexpected end of input at offset 1.',
      '[]': 'The body must be an object, but it is an array.',
      '{}': 'The field "name" is missing.',
      '{"name": 1}': 'The field "name" must be a string, but it is a number.',
    };
    for (final MapEntry(key: body, value: message) in problems.entries) {
      expect(problemOf(() => decodeJson(body, asObject(name))), message);
    }
    expect(decodeJson('{"name": "a"}', asObject(name)), 'a');
  });

  group('in models of older services, where the type says what is read', () {
    test('reads a field as what it is', () {
      expect(json.field<int>('id'), 7);
      expect(json.field<num>('id'), isA<int>());
      expect(json.field<double>('price'), 3.0);
      expect(json.field<bool>('all'), true);
      expect(json.field<String>('name'), 'a');
      expect(json.field<String?>('note'), isNull);
      expect(json.field<double?>('missing'), isNull);
      expect(json.field<Object?>('tags'), ['a', 1]);
      expect(json.field<List<dynamic>>('tags'), ['a', 1]);
      expect(json.field<Map<String, dynamic>?>('owner'), {'name': 'b'});
      expect(json.field<List<String>?>('days', asList()), ['2024-02-29']);
      expect(json.field<String?>('owner', asObject(name)), 'b');
      expect(json.list<Object?>('tags'), ['a', 1]);
    });

    test('names the field that is not what it must be', () {
      final problems = {
        'The field "missing" is missing.': () => json.field<int>('missing'),
        'The field "note" must be true or false, but it is null.': () =>
            json.field<bool>('note'),
        'The field "huge" must be a number, but it is too large a number.':
            () => json.field<double>('huge'),
        'The field "tags[1]" must be a string, but it is a number.': () =>
            json.list<String>('tags'),
        'The field "tags[0]" must be an array, but it is a string.': () =>
            json.list<List<int>>('tags', asList()),
      };
      for (final MapEntry(key: message, value: read) in problems.entries) {
        expect(problemOf(read), message);
      }
    });

    test('reads a body', () {
      expect(name(decodeJson('{"name": "a"}')), 'a');
      expect(decodeJson<List<int?>>('[1, null]', asList()), [1, null]);
      expect(decodeJson<String?>('null'), isNull);
      expect(
        problemOf(() => name(decodeJson('[]'))),
        'The body must be an object, but it is an array.',
      );
    });

    test('compiles them, and they read what they write', () {
      const body =
          '{"id":7,"price":1.5,"total":3,"placedAt":"2024-02-29T12:30:00Z",'
          '"day":null,"tags":["a",null],"matrix":[[1]],"parent":null,"any":[]}';
      final order = _OlderOrder.fromJson(decodeJson(body));
      expect(jsonEncode(order.toJson()), body);
      expect(
        problemOf(() => _OlderOrder.fromJson({...order.toJson(), 'id': 1.5})),
        'The field "id" must be an integer, but it is a number.',
      );
    });
  });
}

/// A model as `add-endpoint` of 0.1 wrote it.
class _OlderOrder {
  _OlderOrder({
    required this.id,
    required this.price,
    required this.total,
    required this.placedAt,
    required this.day,
    required this.tags,
    required this.matrix,
    required this.parent,
    required this.any,
  });

  factory _OlderOrder.fromJson(Map<String, dynamic> json) => _OlderOrder(
    id: json.field('id'),
    price: json.field('price'),
    total: json.field('total'),
    placedAt: json.field('placedAt', asDateTime),
    day: json.field('day', asDate),
    tags: json.list('tags'),
    matrix: json.list('matrix', asList()),
    parent: json.field('parent', asObject(_OlderOrder.fromJson)),
    any: json.field('any'),
  );

  final int id;
  final double price;
  final num total;
  final DateTime placedAt;
  final DateTime? day;
  final List<String?> tags;
  final List<List<int>> matrix;
  final _OlderOrder? parent;
  final Object? any;

  Map<String, dynamic> toJson() => {
    'id': id,
    'price': price,
    'total': total,
    'placedAt': placedAt.toJsonDateTime(),
    'day': day?.toJsonDate(),
    'tags': tags,
    'matrix': matrix,
    'parent': parent?.toJson(),
    'any': any,
  };
}
