// The old names are deprecated, but known here.
// ignore_for_file: deprecated_member_use_from_same_package

import 'dart:async';

import 'api_gateway_event.dart';
import 'compatible_events.dart';
import 'context.dart';
import 'events/alb.dart';
import 'events/authorizer.dart';
import 'events/cloudwatch_logs.dart';
import 'events/cognito.dart' hide AwsCognitoEvent;
import 'events/dynamodb.dart';
import 'events/eventbridge.dart';
import 'events/firehose.dart';
import 'events/iot.dart';
import 'events/kinesis.dart';
import 'events/ses.dart';
import 'events/sns.dart';
import 'events/sqs.dart';
import 'events/websocket.dart';
import 'lambda_runtime.dart' as own;

/// A function that answers events of the type [E] with what JSON can hold.
typedef Handler<E> = FutureOr<Object?> Function(Context context, E event);

/// The one runtime of the process, which knows all events.
class Runtime extends own.Runtime {
  factory Runtime() => _instance;

  Runtime._() {
    registerEvent(AwsApiGatewayEvent.fromJson);
    registerEvent(AwsAlbEvent.fromJson);
    registerEvent(AwsALBEvent.fromJson);
    registerEvent(AwsAlexaEvent.fromJson);
    registerEvent(AwsAppSyncEvent.fromJson);
    registerEvent(AwsCloudWatchLogsEvent.fromJson);
    registerEvent(AwsCloudwatchLogEvent.fromJson);
    registerEvent(AwsCognitoEvent.fromJson);
    registerEvent(AwsCognitoCreateAuthChallengeEvent.fromJson);
    registerEvent(AwsCognitoCustomEmailSenderEvent.fromJson);
    registerEvent(AwsCognitoCustomMessageEvent.fromJson);
    registerEvent(AwsCognitoCustomSmsSenderEvent.fromJson);
    registerEvent(AwsCognitoDefineAuthChallengeEvent.fromJson);
    registerEvent(AwsCognitoPostAuthenticationEvent.fromJson);
    registerEvent(AwsCognitoPostConfirmationEvent.fromJson);
    registerEvent(AwsCognitoPreAuthenticationEvent.fromJson);
    registerEvent(AwsCognitoPreSignUpEvent.fromJson);
    registerEvent(AwsCognitoPreTokenGenerationEvent.fromJson);
    registerEvent(AwsCognitoUserMigrationEvent.fromJson);
    registerEvent(AwsCognitoVerifyAuthChallengeResponseEvent.fromJson);
    registerEvent(AwsDynamoDbEvent.fromJson);
    registerEvent(AwsDynamoDBUpdateEvent.fromJson);
    registerEvent(AwsEventBridgeEvent.fromJson);
    registerEvent(AwsFirehoseEvent.fromJson);
    registerEvent(AwsHttpAuthorizerEvent.fromJson);
    registerEvent(AwsIotEvent.fromJson);
    registerEvent(AwsKinesisEvent.fromJson);
    registerEvent(AwsKinesisDataStreamEvent.fromJson);
    registerEvent(AwsKinesisFirehoseDataEvent.fromJson);
    registerEvent(AwsRequestAuthorizerEvent.fromJson);
    registerEvent(AwsS3Event.fromJson);
    registerEvent(AwsSesEvent.fromJson);
    registerEvent(AwsSnsEvent.fromJson);
    registerEvent(AwsSqsEvent.fromJson);
    registerEvent(AwsSQSEvent.fromJson);
    registerEvent(AwsTokenAuthorizerEvent.fromJson);
    registerEvent(AwsWebSocketEvent.fromJson);
  }

  static final _instance = Runtime._();

  final _readers = <Type, Object? Function(Map<String, dynamic> json)>{};

  @override
  void registerEvent<T>(T Function(Map<String, dynamic> json) fromJson) {
    _readers[T] = fromJson;
    super.registerEvent<T>(fromJson);
  }

  @override
  void deregisterEvent<T>() {
    _readers.remove(T);
    super.deregisterEvent<T>();
  }
}

/// The types of events that the [Runtime] knows.
abstract final class Event {
  static void registerEvent<T>(T Function(Map<String, dynamic> json) func) =>
      Runtime().registerEvent<T>(func);

  static void deregisterEvent<T>() => Runtime().deregisterEvent<T>();

  static bool exists<T>() => Runtime()._readers.containsKey(T);

  /// What reads events of the type [T], or null.
  static Object? Function(Map<String, dynamic> json)? value<T>() =>
      Runtime()._readers[T];

  /// Reads an event of the given [type].
  ///
  /// Throws an [ArgumentError] if nothing reads such events.
  static Object? fromHandler<T>(Type type, Map<String, dynamic> json) {
    final read = Runtime()._readers[type];
    if (read == null) throw ArgumentError('Nothing reads events of $type.');
    return read(json);
  }
}
