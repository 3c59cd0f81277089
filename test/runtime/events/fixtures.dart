import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/events/alb.dart';
import 'package:shop/runtime/events/appsync.dart';
import 'package:shop/runtime/events/authorizer.dart';
import 'package:shop/runtime/events/cloudwatch_logs.dart';
import 'package:shop/runtime/events/cognito.dart';
import 'package:shop/runtime/events/dynamodb.dart';
import 'package:shop/runtime/events/event_json.dart';
import 'package:shop/runtime/events/eventbridge.dart';
import 'package:shop/runtime/events/firehose.dart';
import 'package:shop/runtime/events/iot.dart';
import 'package:shop/runtime/events/kinesis.dart';
import 'package:shop/runtime/events/s3.dart';
import 'package:shop/runtime/events/ses.dart';
import 'package:shop/runtime/events/sns.dart';
import 'package:shop/runtime/events/sqs.dart';
import 'package:shop/runtime/events/websocket.dart';

/// The classes of the events, by the names of the files.
final events = <String, EventJson Function(Map<String, dynamic> json)>{
  'alb-lambda-target-request-headers-only': AwsAlbEvent.fromJson,
  'alb-lambda-target-request-multivalue-headers': AwsAlbEvent.fromJson,
  'apigw-custom-auth-request': AwsTokenAuthorizerEvent.fromJson,
  'apigw-custom-auth-request-type-request': AwsRequestAuthorizerEvent.fromJson,
  'apigw-v2-custom-authorizer-v1-request': AwsRequestAuthorizerEvent.fromJson,
  'apigw-v2-custom-authorizer-v2-request': AwsHttpAuthorizerEvent.fromJson,
  'apigw-websocket-request': AwsWebSocketEvent.fromJson,
  'apigw-websocket-request-disconnect': AwsWebSocketEvent.fromJson,
  'apigw-websocket-request-send-message': AwsWebSocketEvent.fromJson,
  'appsync-event': AwsAppSyncEvent.fromJson,
  'cloudwatch-logs-event': AwsCloudWatchLogsEvent.fromJson,
  '$cognito-create-auth-challenge': AwsCognitoCreateAuthChallengeEvent.fromJson,
  '$cognito-customemailsender': AwsCognitoCustomEmailSenderEvent.fromJson,
  '$cognito-custommessage': AwsCognitoCustomMessageEvent.fromJson,
  '$cognito-customsmssender': AwsCognitoCustomSmsSenderEvent.fromJson,
  '$cognito-define-auth-challenge': AwsCognitoDefineAuthChallengeEvent.fromJson,
  '$cognito-migrateuser': AwsCognitoUserMigrationEvent.fromJson,
  '$cognito-postauthentication': AwsCognitoPostAuthenticationEvent.fromJson,
  '$cognito-postconfirmation': AwsCognitoPostConfirmationEvent.fromJson,
  '$cognito-preauthentication': AwsCognitoPreAuthenticationEvent.fromJson,
  '$cognito-presignup': AwsCognitoPreSignUpEvent.fromJson,
  '$cognito-pretokengen': AwsCognitoPreTokenGenerationEvent.fromJson,
  '$cognito-pretokengen-v2': AwsCognitoPreTokenGenerationEvent.fromJson,
  '$cognito-verify-auth-challenge':
      AwsCognitoVerifyAuthChallengeResponseEvent.fromJson,
  'dynamodb-event': AwsDynamoDbEvent.fromJson,
  'eventbridge-event': AwsEventBridgeEvent.fromJson,
  'iot-event': AwsIotEvent.fromJson,
  'kinesis-event': AwsKinesisEvent.fromJson,
  'kinesis-firehose-event': AwsFirehoseEvent.fromJson,
  'kinesis-time-window-event': AwsKinesisEvent.fromJson,
  's3-event': AwsS3Event.fromJson,
  's3-event-with-decoded': AwsS3Event.fromJson,
  'ses-lambda-event': AwsSesEvent.fromJson,
  'ses-sns-event': AwsSesEvent.fromJson,
  'sns-event': AwsSnsEvent.fromJson,
  'sqs-event': AwsSqsEvent.fromJson,
  'sqs-fifo-event': AwsSqsEvent.fromJson,
  'sample-alb': AwsAlbEvent.fromJson,
  'sample-appsync': AwsAppSyncEvent.fromJson,
  'sample-authorizer-http': AwsHttpAuthorizerEvent.fromJson,
  'sample-authorizer-request': AwsRequestAuthorizerEvent.fromJson,
  'sample-authorizer-token': AwsTokenAuthorizerEvent.fromJson,
  'sample-cognito': AwsCognitoPreSignUpEvent.fromJson,
  'sample-dynamodb': AwsDynamoDbEvent.fromJson,
  'sample-eventbridge': AwsEventBridgeEvent.fromJson,
  'sample-firehose': AwsFirehoseEvent.fromJson,
  'sample-iot': AwsIotEvent.fromJson,
  'sample-kinesis': AwsKinesisEvent.fromJson,
  'sample-logs': AwsCloudWatchLogsEvent.fromJson,
  'sample-s3': AwsS3Event.fromJson,
  'sample-schedule': AwsEventBridgeEvent.fromJson,
  'sample-ses': AwsSesEvent.fromJson,
  'sample-sns': AwsSnsEvent.fromJson,
  'sample-sqs': AwsSqsEvent.fromJson,
  'sample-websocket': AwsWebSocketEvent.fromJson,
};

const cognito = 'cognito-event-userpools';

/// The other files: events of HTTP APIs, and responses.
const others = {
  'alb-lambda-target-response',
  'apigw-custom-auth-response',
  'apigw-v2-request-iam',
  'apigw-v2-request-jwt-authorizer',
  'apigw-v2-request-lambda-authorizer',
  'http-v2',
  'kinesis-firehose-response',
  'rest-v1',
};

/// Reads the event of a file.
Map<String, dynamic> fixture(String name) =>
    json.decode(File('test/fixtures/events/$name.json').readAsStringSync())
        as Map<String, dynamic>;
