import 'package:shop/runtime/api_gateway_event.dart';
import 'package:shop/runtime/events/cloudwatch_logs.dart';
import 'package:shop/runtime/events/kinesis.dart';
import 'package:shop/runtime/events/s3.dart';
import 'package:shop/runtime/events/sns.dart';
import 'package:shop/runtime/events/sqs.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

void main() {
  test('log data is unzipped', () {
    final event = AwsCloudWatchLogsEvent.fromJson(
      fixture('cloudwatch-logs-event'),
    );
    expect(event.messageType, 'DATA_MESSAGE');
    expect(event.isControlMessage, false);
    expect(event.owner, '123456789123');
    expect(event.logGroup, 'testLogGroup');
    expect(event.logStream, 'testLogStream');
    expect(event.subscriptionFilters, ['testFilter']);
    final [first, second] = event.logEvents;
    expect(first.id, 'eventId1');
    expect(first.timestamp, DateTime.utc(2015, 8, 24, 19, 3, 7));
    expect(second.timestamp.millisecond, 1);
    expect(second.message, '[ERROR] Second test message');
    expect(first.extractedFields, isEmpty);
  });

  test('a key of S3 is decoded', () {
    String key(String raw) => AwsS3Object.fromJson({'key': raw}).key;
    expect(key('a+b%2B%C3%BC/100%25.txt'), 'a b+ü/100%.txt');
    expect(key('100%'), '100%');
    expect(key('%FF'), '%FF');
  });

  test('the test of an S3 notification has no records', () {
    final event = AwsS3Event.fromJson({
      'Service': 'Amazon S3',
      'Event': 's3:TestEvent',
    });
    expect(event.isTest, true);
    expect(event.records, isEmpty);
    final real = AwsS3Event.fromJson(fixture('s3-event'));
    expect(real.isTest, false);
    expect(real.records.single.eventName.isCreated, true);
    expect(real.records.single.eventName.isRemoved, false);
  });

  test('a fraction of a second of Kinesis is kept, and its data decoded', () {
    final event = AwsKinesisEvent.fromJson(fixture('kinesis-event'));
    final record = event.records.first;
    expect(
      record.approximateArrivalTimestamp,
      DateTime.utc(2016, 12, 2, 1, 18, 43, 477),
    );
    expect(record.text, 'Hello World');
    expect(record.isOrdered, true);
    expect(event.window, null);
  });

  test('binary attributes are decoded, and others are none', () {
    AwsSnsMessageAttribute attribute(String type) =>
        AwsSnsMessageAttribute.fromJson({'Type': type, 'Value': 'AQI='});
    expect(attribute('Binary').binaryValue, [1, 2]);
    expect(attribute('String').binaryValue, null);
  });

  test('a notification of SNS in a message of SQS has its own spelling', () {
    final message = AwsSnsMessage.fromJson({
      'SigningCertURL': 'https://a',
      'UnsubscribeURL': 'https://b',
    });
    expect(message.signingCertUrl, 'https://a');
    expect(message.unsubscribeUrl, 'https://b');
  });

  test('a queue is FIFO by its name', () {
    final [record] = AwsSqsEvent.fromJson(fixture('sqs-fifo-event')).records;
    expect(record.isOrdered, true);
    final [other] = AwsSqsEvent.fromJson(fixture('sqs-event')).records;
    expect(other.isOrdered, false);
  });

  for (final authorizer in ['iam', 'jwt', 'lambda']) {
    test('an event of an HTTP API with $authorizer is one of API Gateway', () {
      final name = authorizer == 'iam' ? authorizer : '$authorizer-authorizer';
      final json = fixture('apigw-v2-request-$name');
      final event = AwsApiGatewayEvent.fromJson(json);
      expect([event.httpMethod, event.path], ['GET', '/my/path']);
      expect(event.headers, json['headers']);
      expect(event.cookies.keys, json['cookies']);
      expect(event.multiValueQueryStringParameters, {
        'parameter1': ['value1', 'value2'],
        'parameter2': ['value'],
      });
      expect(event.pathParameters, json['pathParameters']);
      expect(event.stageVariables, json['stageVariables']);
      expect(event.body, json['body']);
      final context = json['requestContext'] as Map<String, dynamic>;
      expect(event.requestContext.authorizer, context['authorizer']);
      expect(event.requestContext.apiId, context['apiId']);
    });
  }
}
