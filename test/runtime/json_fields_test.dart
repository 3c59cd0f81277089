import 'package:shop/runtime/json_fields.dart';
import 'package:test/test.dart';

void main() {
  final json = decodeJson<Map<String, dynamic>>(
    '{"id": 7, "price": 3, "tags": ["a", 1], "note": null, "huge": 1e400}',
  );

  test('reads a field as what it is', () {
    expect(json.field<int>('id'), 7);
    expect(json.field<double>('price'), 3.0);
    expect(json.field<String?>('note'), isNull);
    expect(json.field<String?>('missing'), isNull);
  });

  String? problemOf(Object? Function() read) {
    try {
      read();
      return null;
    } on FormatException catch (error) {
      return error.message;
    }
  }

  test('names the field that is not what it must be', () {
    expect(
      problemOf(() => json.field<int>('missing')),
      'The field "missing" is missing.',
    );
    expect(
      problemOf(() => json.field<bool>('note')),
      'The field "note" must be true or false, but it is null.',
    );
    expect(
      problemOf(() => json.field<double>('huge')),
      'The field "huge" must be a number, but it is too large a number.',
    );
    expect(
      problemOf(() => json.list<String>('tags')),
      'The field "tags[1]" must be a string, but it is a number.',
    );
  });

  test('names the field inside of objects and arrays', () {
    final json = decodeJson<Map<String, dynamic>>(
      '{"a": {"b": [{"c": 1}]}, "m": [[1], ["x"]]}',
    );
    String inner(Map<String, dynamic> json) => json.field('c');
    List<String> outer(Map<String, dynamic> json) =>
        json.list('b', asObject(inner));

    expect(
      problemOf(() => json.field('a', asObject(outer))),
      'The field "a.b[0].c" must be a string, but it is a number.',
    );
    expect(
      problemOf(() => json.list<List<int>>('m', asList())),
      'The field "m[1][0]" must be an integer, but it is a string.',
    );
  });

  test('reads dates, and writes them as they were', () {
    expect(asDate('2024-02-29').toJsonDate(), '2024-02-29');
    for (final text in ['2024-02-29T12:30:00Z', '2024-02-29T12:30:00.500Z']) {
      expect(asDateTime(text).toJsonDateTime(), text);
    }
    expect(
      asDateTime('2024-02-29T12:30:00+02:00').toJsonDateTime(),
      '2024-02-29T10:30:00Z',
    );
  });

  test('refuses what the calendar does not have', () {
    for (final text in ['2023-02-29', '2024-13-01', 'today', '']) {
      expect(
        problemOf(() => {'on': text}.field<DateTime>('on', asDate)),
        'The field "on" must be a date such as 2024-02-29, but it is "$text".',
      );
    }
    expect(
      problemOf(() => {'at': '2024-02-29'}.field<DateTime>('at', asDateTime)),
      'The field "at" must be a date and time such as 2024-02-29T12:30:00Z, '
      'but it is "2024-02-29".',
    );
  });
}
