import 'package:{{dartPackage}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  final parameters = {
    'id': '7',
    'price': '1.5',
    'all': 'true',
    'since': '2024-02-29',
    'name': '',
  };

  test('are read as the type that is wanted', () {
    expect(parameters.parameter<int>('id'), 7);
    expect(parameters.parameter<double>('id'), 7.0);
    expect(parameters.parameter<double>('price'), 1.5);
    expect(parameters.parameter<bool>('all'), true);
    expect(parameters.parameter<DateTime>('since'), DateTime(2024, 2, 29));
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
    'The parameter "id" must be true or false, but it is "7".': () =>
        parameters.parameter<bool>('id'),
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
