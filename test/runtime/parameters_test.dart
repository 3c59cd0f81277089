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
    expect(parameters.decimal('price'), '1.5');
    expect(parameters.oneOf('all', ['false', 'true']), 'true');
  });

  // Each with a parameter that is there.
  final optional = <Object? Function(String name), String>{
    parameters.stringOrNull: 'name',
    parameters.integerOrNull: 'id',
    parameters.numberOrNull: 'price',
    parameters.booleanOrNull: 'all',
    parameters.dateOrNull: 'since',
    parameters.dateTimeOrNull: 'at',
    parameters.decimalOrNull: 'price',
    (name) => parameters.oneOfOrNull(name, ['1.5']): 'price',
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

  group('lists of a query', () {
    Map<String, List<String>> rest(Map<String, List<String>> query) =>
        AwsApiGatewayEvent.fromJson({
          'multiValueQueryStringParameters': query,
          'queryStringParameters': {
            for (final MapEntry(:key, :value) in query.entries) key: value.last,
          },
        }).multiValueQueryStringParameters;
    Map<String, List<String>> http(String query) =>
        AwsApiGatewayEvent.fromJson({
          'version': '2.0',
          'rawQueryString': query,
          'queryStringParameters': {'id': 'joined,by,commas'},
        }).multiValueQueryStringParameters;

    test('are repeated, or have commas, in events of each API', () {
      for (final query in [
        rest({
          'id': ['1', '2', '3'],
        }),
        rest({
          'id': ['1,2', '3'],
        }),
        http('id=1&id=2&id=3'),
        http('id=1,2,3'),
        http('id=1%2C2&id=3'),
      ]) {
        expect(query.listOf('id', asInt), [1, 2, 3]);
        expect(query.listOf('id', asString), ['1', '2', '3']);
        expect(query.listOf('id', asDouble), [1.0, 2.0, 3.0]);
        expect(query.listOf('id', asDecimal), ['1', '2', '3']);
        expect(query.listOf('id', asOneOf(['1', '2', '3'])), ['1', '2', '3']);
      }
      expect(http('on=2024-02-29').listOf('on', asDate), [
        DateTime.utc(2024, 2, 29),
      ]);
      expect(http('all=true,false').listOf('all', asBool), [true, false]);
    });

    test('are empty where they have no text', () {
      expect(http('id=').listOf('id', asInt), isEmpty);
      expect(http('').listOrEmpty('id', asInt), isEmpty);
      expect(http('id=1').listOrEmpty('id', asInt), [1]);
    });

    test('name the parameter that is missing, or is not what it must be', () {
      final problems = {
        'The parameter "id" is missing.': () => http('').listOf('id', asInt),
        'The parameter "id" must be an integer, but it is "x".': () =>
            http('id=1,x').listOf('id', asInt),
        'The parameter "id" must be an integer, but it is "".': () =>
            http('id=1,').listOf('id', asInt),
        'The parameter "id" must be one of a, b, but it is "c".': () =>
            http('id=a&id=c').listOrEmpty('id', asOneOf(['a', 'b'])),
      };
      for (final MapEntry(key: message, value: read) in problems.entries) {
        expect(
          read,
          throwsA(
            isA<FormatException>().having(
              (error) => error.message,
              'message',
              message,
            ),
          ),
        );
      }
    });
  });
}
