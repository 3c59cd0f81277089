import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('reads a request of a REST API', () {
    final event = AwsApiGatewayEvent.fromJson({
      'resource': '/users/{id}',
      'path': '/users/7',
      'httpMethod': 'POST',
      'headers': {'Host': 'example.com', 'Cookie': 'a=1; b=x=y'},
      'multiValueHeaders': {
        'Accept': ['text/html', 'text/plain'],
      },
      'queryStringParameters': {'tag': 'new'},
      'multiValueQueryStringParameters': {
        'tag': ['old', 'new'],
      },
      'pathParameters': {'id': '7'},
      'stageVariables': null,
      'requestContext': {
        'stage': 'dev',
        'requestTimeEpoch': 1428582896000,
        'identity': {'sourceIp': '127.0.0.1'},
      },
      'body': 'Zm9v',
      'isBase64Encoded': true,
    });

    expect(event.httpMethod, 'POST');
    expect(event.path, '/users/7');
    expect(event.routeKey, 'POST /users/{id}');
    expect(event.headers['HOST'], 'example.com');
    expect(event.multiValueHeaders['accept'], ['text/html', 'text/plain']);
    expect(event.queryStringParameters, {'tag': 'new'});
    expect(event.multiValueQueryStringParameters['tag'], ['old', 'new']);
    expect(event.pathParameters, {'id': '7'});
    expect(event.stageVariables, isEmpty);
    expect(event.cookies, {'a': '1', 'b': 'x=y'});
    expect(event.requestContext.stage, 'dev');
    expect(event.requestContext.sourceIp, '127.0.0.1');
    expect(event.requestContext.time, DateTime.utc(2015, 4, 9, 12, 34, 56));
    expect(event.body, 'foo');
  });

  test('reads a request of an HTTP API or a Function URL', () {
    final event = AwsApiGatewayEvent.fromJson({
      'version': '2.0',
      'routeKey': 'POST /users/{id}',
      'rawPath': '/users/7',
      'rawQueryString': 'tag=old&tag=n%C3%A9w&off=100%',
      'cookies': ['a=1', 'b=x=y'],
      'headers': {'host': 'example.com', 'accept': 'text/html,text/plain'},
      'requestContext': {
        'stage': 'dev',
        'timeEpoch': 1428582896000,
        'http': {'method': 'POST', 'sourceIp': '127.0.0.1'},
      },
      'body': '{}',
      'isBase64Encoded': false,
    });

    expect(event.httpMethod, 'POST');
    expect(event.path, '/users/7');
    expect(event.resource, '/users/{id}');
    expect(event.headers.host, 'example.com');
    expect(event.multiValueHeaders['Accept'], ['text/html,text/plain']);
    expect(event.queryStringParameters, {'tag': 'néw', 'off': '100%'});
    expect(event.multiValueQueryStringParameters['tag'], ['old', 'néw']);
    expect(event.pathParameters, isEmpty);
    expect(event.cookies, {'a': '1', 'b': 'x=y'});
    expect(event.requestContext.stage, 'dev');
    expect(event.requestContext.sourceIp, '127.0.0.1');
    expect(event.requestContext.time, DateTime.utc(2015, 4, 9, 12, 34, 56));
    expect(event.body, '{}');
  });

  test('decodes path parameters, which a REST API does not', () {
    Map<String, String> parametersOf(Map<String, dynamic> event) =>
        AwsApiGatewayEvent.fromJson({
          ...event,
          'pathParameters': {'id': 'a%20b', 'odd': '100%', 'byte': '%FF'},
        }).pathParameters;

    expect(parametersOf({}), {'id': 'a b', 'odd': '100%', 'byte': '%FF'});
    expect(parametersOf({'version': '1.0'})['id'], 'a%20b');
    expect(parametersOf({'version': '2.0'})['id'], 'a%20b');
  });

  test('reads an event with nothing in it', () {
    final event = AwsApiGatewayEvent.fromJson({});

    expect(event.httpMethod, '');
    expect(event.headers, isEmpty);
    expect(event.headers.host, isNull);
    expect(event.queryStringParameters, isEmpty);
    expect(event.cookies, isEmpty);
    expect(event.requestContext.sourceIp, isNull);
    expect(event.body, isNull);
    expect(event.bodyBytes, isNull);
  });

  test('tells a binary body from text', () {
    final event = AwsApiGatewayEvent.fromJson({
      'body': '/wD+',
      'isBase64Encoded': true,
    });

    expect(event.bodyBytes, [255, 0, 254]);
    expect(() => event.body, throwsFormatException);
  });
}
