import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  const response = AwsApiGatewayResponse(
    statusCode: 201,
    body: 'ok',
    headers: {'Content-Type': 'text/plain', 'Vary': 'Origin'},
    multiValueHeaders: {
      'vary': ['Accept', 'Cookie'],
    },
    cookies: ['a=1', 'b=2; HttpOnly'],
  );

  test('has many values of a header for a REST API', () {
    expect(response.toJson(), {
      'statusCode': 201,
      'headers': {'Content-Type': 'text/plain', 'Vary': 'Origin'},
      'multiValueHeaders': {
        'vary': ['Accept', 'Cookie'],
        'Set-Cookie': ['a=1', 'b=2; HttpOnly'],
      },
      'body': 'ok',
      'isBase64Encoded': false,
    });
  });

  test('joins them for an HTTP API, and lists the cookies', () {
    expect(response.toJson(payloadV2: true), {
      'statusCode': 201,
      'headers': {'Content-Type': 'text/plain', 'Vary': 'Origin,Accept,Cookie'},
      'cookies': ['a=1', 'b=2; HttpOnly'],
      'body': 'ok',
      'isBase64Encoded': false,
    });
  });

  test('says that JSON is JSON, unless told otherwise', () {
    final plain = AwsApiGatewayResponse.json({'a': 1});
    final problem = AwsApiGatewayResponse.json(
      {'a': 1},
      headers: {'content-type': 'application/problem+json'},
    );

    expect(plain.body, '{"a":1}');
    expect(plain.headers, {'Content-Type': 'application/json'});
    expect(problem.headers['Content-Type'], 'application/problem+json');
  });

  test('sends bytes in base64', () {
    final image = AwsApiGatewayResponse.bytes([255, 0]);

    expect(image.body, '/wA=');
    expect(image.isBase64Encoded, isTrue);
  });
}
