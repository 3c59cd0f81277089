import 'package:shop/runtime/json_fields.dart';
import 'package:test/test.dart';

void main() {
  String? problemOf(Object? Function() read) {
    try {
      read();
      return null;
    } on FormatException catch (error) {
      return error.message;
    }
  }

  test('reads texts of a kind, and maps', () {
    final json = {
      'total': '12.50',
      'status': 'paid',
      'rates': {'EUR': 1, 'USD': null},
    };
    expect(json.decimal('total'), '12.50');
    expect(json.oneOf('status', ['open', 'paid']), 'paid');
    expect(json.field('status', asTextOf((text) => text.length)), 4);
    expect(json.mapOf<double?>('rates', asDouble), {'EUR': 1.0, 'USD': null});
    final problems = {
      'The field "status" must be a decimal number such as 12.50, but it is '
          '"paid".': () =>
          json.decimal('status'),
      'The field "status" must be one of a, b, but it is "paid".': () =>
          json.oneOf('status', ['a', 'b']),
      'The field "rates["USD"]" must be a number, but it is null.': () =>
          json.mapOf('rates', asDouble),
    };
    for (final MapEntry(key: message, value: read) in problems.entries) {
      expect(problemOf(read), message);
    }
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
        problemOf(() => {'on': text}.date('on')),
        'The field "on" must be a date such as 2024-02-29, but it is "$text".',
      );
    }
    expect(
      problemOf(() => {'at': '2024-02-29'}.dateTime('at')),
      'The field "at" must be a date and time such as 2024-02-29T12:30:00Z, '
      'but it is "2024-02-29".',
    );
  });
}
