// ignore_for_file: deprecated_member_use
import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/aws_lambda_dart_runtime.dart';
import 'package:test/test.dart';

class MyCustomEvent {
  const MyCustomEvent(this.name);
  factory MyCustomEvent.fromJson(Map<String, dynamic> json) =>
      MyCustomEvent(json['name'] as String);
  final String name;
}

T read<T>(String name) =>
    Event.fromHandler<T>(
          T,
          jsonDecode(File('test/fixtures/events/$name.json').readAsStringSync())
              as Map<String, dynamic>,
        )
        as T;

void main() {
  test('handlers are registered, asked for and taken away', () {
    final Handler<AwsS3Event> handler = (context, event) async =>
        'SUCCESS ${event.records.first.s3?.object?.key}';
    final runtime = Runtime()
      ..registerHandler<AwsS3Event>('hello.s3', handler)
      ..registerHandler<AwsApiGatewayEvent>(
        'hello.api',
        (context, event) async => AwsApiGatewayResponse.fromJson({
          'message': 'hello ${context.requestId}',
        }),
      );
    expect(runtime, same(Runtime()));
    expect(runtime.handlerExists('hello.s3'), true);
    runtime.deregisterHandler('hello.s3');
    expect(runtime.handlerExists('hello.s3'), false);
    runtime.deregisterHandler('hello.api');
  });

  test('events are registered, asked for and taken away', () {
    expect(Event.exists<MyCustomEvent>(), false);
    expect(Event.value<MyCustomEvent>(), null);
    Runtime().registerEvent<MyCustomEvent>(
      (json) => MyCustomEvent.fromJson(json),
    );
    expect(Event.exists<MyCustomEvent>(), true);
    expect(Event.value<MyCustomEvent>(), isNotNull);
    final event = Event.fromHandler<MyCustomEvent>(MyCustomEvent, {
      'name': 'a',
    });
    expect((event as MyCustomEvent).name, 'a');
    Runtime().deregisterEvent<MyCustomEvent>();
    expect(Event.exists<MyCustomEvent>(), false);
    Event.registerEvent<MyCustomEvent>(MyCustomEvent.fromJson);
    Event.deregisterEvent<MyCustomEvent>();
    expect(
      () => Event.fromHandler<MyCustomEvent>(MyCustomEvent, {}),
      throwsArgumentError,
    );
  });

  test('all events of both are known', () {
    expect([
      Event.exists<AwsALBEvent>(),
      Event.exists<AwsAlexaEvent>(),
      Event.exists<AwsApiGatewayEvent>(),
      Event.exists<AwsAppSyncEvent>(),
      Event.exists<AwsCloudwatchEvent>(),
      Event.exists<AwsCloudwatchLogEvent>(),
      Event.exists<AwsCognitoEvent>(),
      Event.exists<AwsDynamoDBUpdateEvent>(),
      Event.exists<AwsKinesisDataStreamEvent>(),
      Event.exists<AwsKinesisFirehoseDataEvent>(),
      Event.exists<AwsS3Event>(),
      Event.exists<AwsSQSEvent>(),
      Event.exists<AwsSqsEvent>(),
      Event.exists<AwsSnsEvent>(),
    ], everyElement(true));
  });

  test('SQS has its old fields, and can be a batch', () async {
    final record = read<AwsSQSEvent>('sqs-event').records!.single;
    expect(record.messageId, 'MessageID_1');
    expect(record.receiptHandle, 'MessageReceiptHandle');
    expect(record.body, 'Message Body');
    expect(record.attributes!['SentTimestamp'], '1520621625029');
    expect(record.messageAttributes, hasLength(3));
    expect(record.md5OfBody, 'fce0ea8dd236ccb3ed9b37dae260836f');
    expect(record.eventSource, 'aws:sqs');
    expect(record.eventSourceARN, endsWith(':SQSQueue'));
    expect(record.awsRegion, 'us-west-2');
    expect((await processBatch([record], (_) {})).failures, isEmpty);
  });

  test('S3 has its old fields, with the key decoded', () {
    final record = read<AwsS3Event>('s3-event').records.single;
    expect(record.eventTime, DateTime.utc(1970, 1, 1, 0, 0, 0, 123));
    expect(record.userIdentity?.principalId, 'EXAMPLE');
    expect(record.requestParameters['sourceIPAddress'], '127.0.0.1');
    expect(record.responseElements, hasLength(2));
    expect(record.s3?.s3SchemaVersion, '1.0');
    expect(record.s3?.configurationId, 'testConfigRule');
    final AwsS3Bucket bucket = record.s3!.bucket!;
    expect(bucket.name, 'sourcebucket');
    expect(bucket.arn, 'arn:aws:s3:::mybucket');
    expect(bucket.ownerIdentity?.principalId, 'EXAMPLE');
    final AWSS3EventObject object = record.s3!.object!;
    expect(object.key, 'Happy Face.jpg');
    expect([object.size, object.sequencer], [1024, 'Happy Sequencer']);
    expect(object.eTag, 'd41d8cd98f00b204e9800998ecf8427e');
  });

  test('Kinesis and Firehose have their old fields', () {
    final record = read<AwsKinesisDataStreamEvent>(
      'kinesis-event',
    ).records!.first;
    expect(record.eventID, startsWith('shardId-'));
    expect(record.eventName, 'aws:kinesis:record');
    expect([record.eventSource, record.eventVersion], ['aws:kinesis', '1.0']);
    expect(record.eventSourceARN, endsWith('stream/simple-stream'));
    expect(record.invokeIdentityArn, endsWith('role/LambdaRole'));
    expect(record.awsRegion, 'us-east-1');
    final data = record.kinesis!;
    expect(utf8.decode(base64.decode(data.data!)), 'Hello World');
    expect(data.approximateArrivalTimestamp, 1480641523);
    expect([data.partitionKey, data.kinesisSchemaVersion], ['s1', '1.0']);
    expect(data.sequenceNumber, record.batchItemId);

    final event = read<AwsKinesisFirehoseDataEvent>('kinesis-firehose-event');
    expect(event.invocationId, 'invoked123');
    expect(event.deliveryStreamArn, 'aws:lambda:events');
    expect(event.region, 'us-west-2');
    final AwsKinesisFirehoseData first = event.records!.first;
    expect(first.recordId, 'record1');
    expect(first.approximateArrivalTimestamp, 1507217624302);
    expect(first.data, 'SGVsbG8gV29ybGQ=');
  });

  test('DynamoDB has its old fields, with the id and the right image', () {
    final record = read<AwsDynamoDBUpdateEvent>(
      'dynamodb-event',
    ).records!.first;
    expect(record.eventId, 'f07f8ca4b0b26cb9c4e5e77e69f274ee');
    expect([record.eventName, record.eventVersion], ['INSERT', '1.1']);
    expect(
      [record.eventSource, record.awsRegion],
      ['aws:dynamodb', 'us-east-1'],
    );
    expect(record.eventSourceARN, contains('table/Example-Table'));
    final AwsDynamoDBUpdateRecord update = record.dynamodb!;
    expect(update.keys!['key'], {'S': 'binary'});
    expect(update.newImage!['val'], {'S': 'data'});
    expect(update.oldImage, null);
  });

  test('Cognito has its old fields, and a version that is read', () {
    final event = read<AwsCognitoEvent>('cognito-event-userpools-presignup');
    expect([event.version, event.triggerSource], ['1', 'PreSignUp_SignUp']);
    expect([event.userPoolId, event.userName], ['<userPoolId>', '<userName>']);
    expect(
      [event.region, event.callerContext['clientId']],
      ['<region>', '<apps client id>'],
    );
    expect(event.request.userAttributes!['email'], '<email>');
    expect(event.request.validationData['k1'], 'v1');
    expect(event.request.clientMetadata, hasLength(1));
    expect(event.request.newDeviceUsed, null);
    expect(event.request.codeParameter, null);
    expect(event.response.autoConfirmUser, false);
    expect(event.response.autoVerifyEmail, true);
    expect(event.response.autoVerifyPhone, true);

    final tokens = read<AwsCognitoEvent>('cognito-event-userpools-pretokengen');
    final AwsGroupConfiguration groups = tokens.request.groupConfiguration!;
    expect(groups.groupsToOverride, ['group-A', 'group-B', 'group-C']);
    expect([groups.iamRolesToOverride.length, groups.clientMetadata], [3, {}]);
    final AwsClaimOverrideDetails details =
        tokens.response.claimsOverrideDetails!;
    expect(details.claimsToAddOrOverride, hasLength(2));
    expect(details.claimsToSuppress, ['email']);
    expect(details.groupOverrideDetails?.preferredRole, endsWith('sns_caller'));

    final user = read<AwsCognitoEvent>('cognito-event-userpools-migrateuser');
    expect(user.request.password, '<password>');
    final AwsCognitoResponse response = user.response;
    expect(response.userAttributes['email'], '<email>');
    expect(response.finalUserStatus, '<final_user_status>');
    expect(response.messageAction, '<message-action>');
    expect(response.desiredDeliveryMediums, hasLength(2));
    expect(response.forceAliasCreation, true);

    final message = read<AwsCognitoEvent>(
      'cognito-event-userpools-custommessage',
    );
    expect(message.request.codeParameter, '####');
    expect(message.response.smsMessage, isNotNull);
    expect(message.response.emailMessage, isNotNull);
    expect(message.response.emailSubject, '<custom email subject>');
  });

  test('a load balancer has its old fields and response', () {
    final event = read<AwsALBEvent>('alb-lambda-target-request-headers-only');
    expect([event.httpMethod, event.path, event.body], ['GET', '/', '']);
    expect(event.headers['x-myheader'], '123');
    expect(event.queryStringParameters['key'], 'hello');
    expect([event.isBase64Encoded, event.context.keys.single], [false, 'elb']);
    final response = AwsALBResponse.fromString('hi', statusCode: 201);
    response.statusDescription = '201 Created';
    expect(jsonDecode(jsonEncode(response)), {
      'body': 'hi',
      'isBase64Encoded': false,
      'statusCode': 201,
      'statusDescription': '201 Created',
      'headers': {'Content-Type': 'text/html; charset=utf-8'},
    });
    expect(AwsALBResponse(body: 'a', headers: {}).headers, isEmpty);
  });

  test('EventBridge, logs, AppSync and Alexa have their old fields', () {
    final event = read<AwsCloudwatchEvent>('eventbridge-event');
    expect(
      [event.detailType, event.source],
      ['Order Placed', 'com.example.checkout'],
    );
    expect([event.id, event.account, event.region, event.resources].length, 4);
    expect([event.time.year, event.detail['quantity']], [2025, 2]);
    final logs = read<AwsCloudwatchLogEvent>('cloudwatch-logs-event');
    expect(logs.awslogs!['data'], startsWith('H4sI'));
    final sync = AwsAppSyncEvent.fromJson({
      'version': '1',
      'operation': 'Invoke',
      'payload': 'x',
    });
    expect([sync.version, sync.operation, sync.payload], ['1', 'Invoke', 'x']);
    final alexa = AwsAlexaEvent.fromJson({
      'header': {'payloadVersion': '1', 'namespace': 'a', 'name': 'b'},
      'payload': {'c': 1},
    });
    final AwsAlexaEventHeader header = alexa.header!;
    expect(
      [header.payloadVersion, header.namespace, header.name],
      ['1', 'a', 'b'],
    );
    expect(alexa.payload, {'c': 1});
  });

  test('API Gateway has its old fields', () {
    final event = read<AwsApiGatewayEvent>('rest-v1');
    expect([event.path, event.resource], ['/path/to/resource', '/{proxy+}']);
    expect([event.httpMethod, event.body], ['POST', '{"name":"Ada"}']);
    expect(event.headers.cloudfrontForwardProto, 'https');
    expect(event.headers.cloudfrontIsDesktopViewer, 'true');
    expect(event.headers.cloudfrontIsMobileViewer, 'false');
    expect(event.headers.cloudfrontIsSmartTvViewer, 'false');
    expect(event.headers.cloudfrontIsTabletViewer, 'false');
    expect(event.headers.cloudfrontViewerCountry, 'US');
    expect([
      event.headers.xAmzCfId,
      event.headers.raw,
    ], everyElement(isNotNull));
    expect(event.pathParameters['proxy'], '/path/to/resource');
    expect(event.queryStringParameters['foo'], 'bar');
    expect(event.stageVariables['baz'], 'qux');
    final context = event.requestContext;
    expect([context.resourceId, context.resourcePath], ['123456', '/{proxy+}']);
    expect([context.httpMethod, context.apiId], ['POST', '1234567890']);
    expect([context.accountId, context.stage], ['123456789012', 'prod']);
  });
}
