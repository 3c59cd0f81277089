import 'package:{{dartPackage}}/handlers/post_request.dart';
import 'package:{{dartPackage}}/models/post_request_model.dart';
import 'package:{{dartPackage}}/models/response_model.dart';
import 'package:{{dartPackage}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('greets the person by name', () {
    final response = greet(const PostRequestModel(name: 'Zoë'));

    expect(response.message, 'Hello Zoë from AWS Lambda!!');
  });

  Future<AwsApiGatewayResponse> post(String? body) => postApiGateway(
    Context(requestId: 'test'),
    AwsApiGatewayEvent.fromJson({'body': body}),
  );

  test('reads the person from the body, and answers in JSON', () async {
    final response = await post('{"name": "Zoë"}');

    expect(response.statusCode, 200);
    expect(
      responseModelFromJson(response.body).message,
      'Hello Zoë from AWS Lambda!!',
    );
  });

  final refusals = {
    null: 'The body is missing.',
    'name=Ada': 'The body is not valid JSON: Unexpected character at offset 0.',
    '["Ada"]': 'The body must be an object, but it is an array.',
    '{}': 'The field "name" is missing.',
    '{"name": 42}': 'The field "name" must be a string, but it is a number.',
  };
  for (final MapEntry(key: body, value: message) in refusals.entries) {
    test('refuses $body', () {
      expect(
        post(body),
        throwsA(
          isA<BadRequest>()
              .having((problem) => problem.status, 'status', 400)
              .having((problem) => problem.detail, 'detail', message),
        ),
      );
    });
  }
}
