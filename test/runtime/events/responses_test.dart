import 'dart:convert';

import 'package:shop/runtime/events/alb.dart';
import 'package:shop/runtime/events/authorizer.dart';
import 'package:shop/runtime/events/firehose.dart';
import 'package:shop/runtime/events/ses.dart';
import 'package:shop/runtime/events/websocket.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

/// The response as Lambda gets it.
Object? sent(Object? response) => jsonDecode(jsonEncode(response));

void main() {
  group('the response to a load balancer', () {
    final single = AwsAlbEvent.fromJson(
      fixture('alb-lambda-target-request-headers-only'),
    );
    final multi = AwsAlbEvent.fromJson(
      fixture('alb-lambda-target-request-multivalue-headers'),
    );
    const cookies = {
      'Set-Cookie': ['a=1', 'b=2'],
    };

    test('has the kind of headers that the request had', () {
      expect(sent(AwsAlbResponse.json(single, {'a': 1})), {
        'statusCode': 200,
        'headers': {'Content-Type': 'application/json'},
        'body': '{"a":1}',
        'isBase64Encoded': false,
      });
      expect(
        sent(
          AwsAlbResponse(
            multi,
            statusCode: 404,
            statusDescription: '404 Not Found',
            headers: {'content-type': 'text/plain'},
            multiValueHeaders: cookies,
          ),
        ),
        {
          'statusCode': 404,
          'statusDescription': '404 Not Found',
          'multiValueHeaders': {
            'content-type': ['text/plain'],
            ...cookies,
          },
          'body': '',
          'isBase64Encoded': false,
        },
      );
    });

    test('joins values by commas, but refuses to lose a cookie', () {
      final response = AwsAlbResponse(
        single,
        multiValueHeaders: {
          'Vary': ['Accept', 'Origin'],
        },
      );
      expect(response.toJson()['headers'], {'Vary': 'Accept, Origin'});
      expect(
        () => AwsAlbResponse(single, multiValueHeaders: cookies),
        throwsArgumentError,
      );
    });

    test('has bytes in base64', () {
      expect(
        sent(AwsAlbResponse.bytes(single, [1, 2], contentType: 'image/png')),
        {
          'statusCode': 200,
          'headers': {'Content-Type': 'image/png'},
          'body': 'AQI=',
          'isBase64Encoded': true,
        },
      );
    });

    test('comes to a request whose query is decoded', () {
      final event = AwsAlbEvent.fromJson({
        'queryStringParameters': {'q': 'a+b%20c', '%C3%BC': '100%'},
      });
      expect(event.queryStringParameters, {'q': 'a b c', 'ü': '100%'});
    });
  });

  test('a response of a WebSocket API has what is given', () {
    expect(sent(const AwsWebSocketResponse()), {'statusCode': 200});
    expect(
      sent(
        const AwsWebSocketResponse(
          statusCode: 403,
          body: 'no',
          headers: {'a': 'b'},
        ),
      ),
      {
        'statusCode': 403,
        'headers': {'a': 'b'},
        'body': 'no',
      },
    );
    final event = AwsWebSocketEvent.fromJson(
      fixture('apigw-websocket-request-send-message'),
    );
    expect(
      '${event.requestContext.connectionUrl}',
      'https://dl7ptocha9.execute-api.ap-northeast-1.amazonaws.com/prod/'
          '@connections/R1kmxc2VNjMCFIA=',
    );
  });

  test('an authorizer allows, denies and says more of the caller', () {
    final event = AwsTokenAuthorizerEvent.fromJson(
      fixture('apigw-custom-auth-request'),
    );
    Map<String, Object?> policy(String effect, String resource) => {
      'principalId': 'ada',
      'policyDocument': {
        'Version': '2012-10-17',
        'Statement': [
          {
            'Action': 'execute-api:Invoke',
            'Effect': effect,
            'Resource': [resource],
          },
        ],
      },
    };
    const stage = 'arn:aws:execute-api:us-west-2:123456789012:ymy8tbxw7b/*/*';
    expect(event.stageArn, stage);
    expect(
      sent(
        AwsAuthorizerResponse.allow(
          'ada',
          [event.stageArn],
          context: {'plan': 'pro', 'age': 36, 'admin': true},
          usageIdentifierKey: 'key',
        ),
      ),
      {
        ...policy('Allow', stage),
        'context': {'plan': 'pro', 'age': 36, 'admin': true},
        'usageIdentifierKey': 'key',
      },
    );
    expect(
      sent(AwsAuthorizerResponse.deny('ada', [event.methodArn])),
      policy('Deny', event.methodArn),
    );
    expect(sent(AwsAuthorizerResponse.simple(isAuthorized: true)), {
      'isAuthorized': true,
    });
    expect(
      () => AwsAuthorizerResponse.allow(
        'ada',
        [],
        context: {
          'a': [1],
        },
      ),
      throwsArgumentError,
    );
  });

  test('Firehose gets a result of each record', () {
    final [record, other] = AwsFirehoseEvent.fromJson(
      fixture('kinesis-firehose-event'),
    ).records;
    expect(record.text, 'Hello World');
    const data = 'SGVsbG8gV29ybGQ=';
    expect(
      sent(
        AwsFirehoseResponse([
          record.okText('hi\n', partitionKeys: {'day': '1'}),
          record.ok(),
          other.dropped(),
          other.processingFailed(),
        ]),
      ),
      {
        'records': [
          {
            'recordId': 'record1',
            'result': 'Ok',
            'data': 'aGkK',
            'metadata': {
              'partitionKeys': {'day': '1'},
            },
          },
          {'recordId': 'record1', 'result': 'Ok', 'data': data},
          {'recordId': 'record2', 'result': 'Dropped', 'data': data},
          {'recordId': 'record2', 'result': 'ProcessingFailed', 'data': data},
        ],
      },
    );
  });

  test('SES is told how to go on', () {
    expect(AwsSesResponse.values.map(sent), [
      {'disposition': 'CONTINUE'},
      {'disposition': 'STOP_RULE'},
      {'disposition': 'STOP_RULE_SET'},
    ]);
  });
}
