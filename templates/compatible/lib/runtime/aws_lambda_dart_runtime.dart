/// The runtime with the names of the package aws_lambda_dart_runtime 1.1.0, for
/// code that was written for it: only the import changes.
///
/// It knows all events, and so compiles them all: new code imports
/// `runtime.dart`, and of `events/` what it uses.
library;

export 'compatible_events.dart';
export 'compatible_runtime.dart';
export 'events/alb.dart';
export 'events/appsync.dart' hide AwsAppSyncEvent;
export 'events/authorizer.dart';
export 'events/cloudwatch_logs.dart';
export 'events/cognito.dart' hide AwsCognitoEvent;
export 'events/dynamodb.dart';
export 'events/eventbridge.dart';
export 'events/firehose.dart';
export 'events/iot.dart';
export 'events/kinesis.dart';
export 'events/s3.dart' hide AwsS3Bucket, AwsS3Event, AwsS3EventRecord;
export 'events/ses.dart';
export 'events/sns.dart';
export 'events/sqs.dart';
export 'events/websocket.dart';
export 'runtime.dart' hide Handler, Runtime;
