import 'dart:convert';

import 'package:{{dartPackage}}/handlers/hello.dart';
import 'package:{{dartPackage}}/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('greets with the request id, the host and the user agent', () async {
    final context = Context(requestId: '42');
    final event = AwsApiGatewayEvent.fromJson({
      'headers': {'Host': 'example.com', 'User-Agent': 'curl'},
    });

    final response = await helloApiGateway(context, event);

    expect(response.statusCode, 200);
    expect(response.headers['content-type'], 'application/json');
    expect(json.decode(response.body), {
      'message': 'Hello to 42',
      'host': 'example.com',
      'userAgent': 'curl',
    });
  });
}
