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

  test('are read as the type that the method says', () {
    expect(parameters.integer('id'), 7);
    expect(parameters.number('id'), 7.0);
    expect(parameters.number('price'), 1.5);
    expect(parameters.boolean('all'), true);
    expect(parameters.date('since'), DateTime.utc(2024, 2, 29));
    expect(parameters.dateTime('at'), DateTime.utc(2024, 2, 29, 10, 30));
    expect(parameters.string('name'), '');
    expect(parameters.string('id'), '7');
  });

  // Each with a parameter that is there.
  final optional = <Object? Function(String name), String>{
    parameters.stringOrNull: 'name',
    parameters.integerOrNull: 'id',
    parameters.numberOrNull: 'price',
    parameters.booleanOrNull: 'all',
    parameters.dateOrNull: 'since',
    parameters.dateTimeOrNull: 'at',
  };
  test('may be missing where the method says so', () {
    for (final MapEntry(key: read, value: present) in optional.entries) {
      expect(read('missing'), isNull);
      expect(read(present), isNotNull);
    }
  });

  test('are read by a decoder', () {
    expect(parameters.parameter('name', (text) => text == ''), true);
    expect(parameters.parameter<DateTime?>('page', asDate), isNull);
  });

  test('are read as what the type says, in handlers of older services', () {
    expect(parameters.parameter<int>('id'), 7);
    expect(parameters.parameter<num>('id'), isA<int>());
    expect(parameters.parameter<double>('id'), 7.0);
    expect(parameters.parameter<bool>('all'), true);
    expect(parameters.parameter<String>('id'), '7');
    expect(parameters.parameter<int?>('page'), null);
    expect(parameters.parameter<int?>('id'), 7);
    expect(
      parameters.parameter<DateTime>('since', asDate),
      DateTime.utc(2024, 2, 29),
    );
    expect(() => parameters.parameter<Uri>('id'), throwsArgumentError);
  });

  final refusals = {
    'The parameter "page" is missing.': () => parameters.integer('page'),
    'The parameter "price" must be an integer, but it is "1.5".': () =>
        parameters.integer('price'),
    'The parameter "name" must be a number, but it is "".': () =>
        parameters.numberOrNull('name'),
    'The parameter "hex" must be an integer, but it is "0x10".': () =>
        parameters.parameter<int>('hex'),
    'The parameter "day" must be a date such as 2024-02-29, '
        'but it is "2024-02-30".': () =>
        parameters.date('day'),
    'The parameter "id" must be true or false, but it is "7".': () =>
        parameters.boolean('id'),
    'The parameter "since" must be a date and time such as '
        '2024-02-29T12:30:00Z, but it is "2024-02-29".': () =>
        parameters.dateTime('since'),
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
