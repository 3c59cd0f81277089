import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  final parameters = {
    'id': '7',
    'price': '1.5',
    'all': 'true',
    'since': '2024-02-29',
    'at': '2024-02-29T12:30:00+02:00',
    'name': '',
    'hex': '0x10',
    'day': '2024-02-30',
  };

  test('are read as the type that is wanted', () {
    expect(parameters.parameter<int>('id'), 7);
    expect(parameters.parameter<double>('id'), 7.0);
    expect(parameters.parameter<double>('price'), 1.5);
    expect(parameters.parameter<bool>('all'), true);
    expect(
      parameters.parameter<DateTime>('since', asDate),
      DateTime.utc(2024, 2, 29),
    );
    expect(
      parameters.parameter<DateTime?>('at', asDateTime),
      DateTime.utc(2024, 2, 29, 10, 30),
    );
    expect(parameters.parameter<String>('name'), '');
  });

  test('may be missing where the type is nullable', () {
    expect(parameters.parameter<int?>('page'), null);
    expect(parameters.parameter<int?>('id'), 7);
  });

  final refusals = {
    'The parameter "page" is missing.': () => parameters.parameter<int>('page'),
    'The parameter "price" must be an integer, but it is "1.5".': () =>
        parameters.parameter<int>('price'),
    'The parameter "name" must be a number, but it is "".': () =>
        parameters.parameter<double?>('name'),
    'The parameter "hex" must be an integer, but it is "0x10".': () =>
        parameters.parameter<int>('hex'),
    'The parameter "day" must be a date such as 2024-02-29, '
        'but it is "2024-02-30".': () =>
        parameters.parameter<DateTime>('day', asDate),
    'The parameter "id" must be true or false, but it is "7".': () =>
        parameters.parameter<bool>('id'),
    'The parameter "since" must be a date and time such as '
        '2024-02-29T12:30:00Z, but it is "2024-02-29".': () =>
        parameters.parameter<DateTime>('since', asDateTime),
  };
  for (final MapEntry(key: message, value: read) in refusals.entries) {
    test(message, () {
      expect(
        read,
        throwsA(
          isA<FormatException>().having((e) => e.message, 'message', message),
        ),
      );
    });
  }
}
