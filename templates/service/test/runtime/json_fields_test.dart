import 'package:{{dartPackage}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  final json = decodeJson<Map<String, dynamic>>(
    '{"id": 7, "price": 3, "tags": ["a", 1], "note": null}',
  );

  test('reads a field as what it is', () {
    expect(json.field<int>('id'), 7);
    expect(json.field<double>('price'), 3.0);
    expect(json.field<String?>('note'), isNull);
    expect(json.field<String?>('missing'), isNull);
  });

  test('names the field that is not what it must be', () {
    String? problemOf(Object? Function() read) {
      try {
        read();
        return null;
      } on FormatException catch (error) {
        return error.message;
      }
    }

    expect(
      problemOf(() => json.field<int>('missing')),
      'The field "missing" is missing.',
    );
    expect(
      problemOf(() => json.field<bool>('note')),
      'The field "note" must be a boolean, but it is null.',
    );
    expect(
      problemOf(() => json.list<String>('tags')),
      'The field "tags[1]" must be a string, but it is a number.',
    );
  });
}
