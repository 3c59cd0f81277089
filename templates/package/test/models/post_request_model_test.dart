import 'package:{{dartPackage}}/models/post_request_model.dart';
import 'package:test/test.dart';

void main() {
  test('reads and writes JSON', () {
    final model = postRequestModelFromJson('{"name": "Ada"}');

    expect(model.name, 'Ada');
    expect(postRequestModelToJson(model), '{"name":"Ada"}');
  });

  test('refuses a name that is missing or no string', () {
    for (final body in ['{}', '{"name": null}', '{"name": ["Ada"]}']) {
      expect(() => postRequestModelFromJson(body), throwsFormatException);
    }
  });
}
