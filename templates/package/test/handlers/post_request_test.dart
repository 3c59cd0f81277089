import 'dart:convert';

import 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';
import 'package:aws_lambda_dart_runtime/runtime/context.dart';
import 'package:{{dartPackage}}/handlers/post_request.dart';
import 'package:{{dartPackage}}/models/post_request_model.dart';
import 'package:{{dartPackage}}/models/response_model.dart';
import 'package:test/test.dart';

void main() {
  test('greets the person by name', () {
    final response = greet(const PostRequestModel(name: 'Zoë'));

    expect(response.message, 'Hello Zoë from AWS Lambda!!');
  });

  Future<AwsApiGatewayResponse> post(String? body) => postApiGateway(
    Context(handler: 'main.postRequest', requestId: 'test'),
    AwsApiGatewayEvent.fromJson({'body': body}),
  );

  test('reads the person from the body, and answers in JSON', () async {
    final response = await post('{"name": "Zoë"}');

    expect(response.statusCode, 200);
    expect(
      responseModelFromJson(response.body ?? '').message,
      'Hello Zoë from AWS Lambda!!',
    );
  });

  for (final body in [null, 'name=Ada', '["Ada"]', '{}', '{"name": 42}']) {
    test('refuses $body', () async {
      final response = await post(body);

      expect(response.statusCode, 400);
      expect(
        (json.decode(response.body ?? '') as Map<String, dynamic>)['message'],
        startsWith('The body is not understood: '),
      );
    });
  }
}
