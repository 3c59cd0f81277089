import 'dart:convert';

import 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';
import 'package:aws_lambda_dart_runtime/runtime/context.dart';
import 'package:{{dartPackage}}/handlers/hello.dart';
import 'package:test/test.dart';

void main() {
  test('greets with the request id, the host and the user agent', () async {
    final context = Context(handler: 'main.hello', requestId: '42');
    final event = AwsApiGatewayEvent.fromJson({
      'headers': {'Host': 'example.com', 'User-Agent': 'curl'},
    });

    final response = await helloApiGateway(context, event);

    expect(response.statusCode, 200);
    expect(response.headers, {'Content-Type': 'application/json'});
    expect(json.decode(response.body ?? ''), {
      'message': 'Hello to 42',
      'host': 'example.com',
      'userAgent': 'curl',
    });
  });
}
