// The old names are deprecated, but used here.
// ignore_for_file: deprecated_member_use_from_same_package

import 'events/appsync.dart' as appsync;
import 'events/batch.dart';
import 'events/event_json.dart';
import 'events/eventbridge.dart';
import 'events/s3.dart' as s3;
import 'json_fields.dart';

export 'compatible_cognito.dart';
export 'compatible_http.dart';

@Deprecated('Use AwsSqsEvent')
class AwsSQSEvent extends EventJson {
  AwsSQSEvent.fromJson(super.raw);

  late final List<AwsSQSEventRecord>? records = raw.listOrNull(
    'Records',
    asObject(AwsSQSEventRecord.fromJson),
  );
}

@Deprecated('Use AwsSqsRecord')
class AwsSQSEventRecord extends EventJson implements BatchRecord {
  AwsSQSEventRecord.fromJson(super.raw);

  String? get messageId => raw.stringOrNull('messageId');
  String? get receiptHandle => raw.stringOrNull('receiptHandle');
  String? get body => raw.stringOrNull('body');
  Map<String, dynamic>? get attributes => raw.fieldOrNull('attributes', asMap);
  Map<String, dynamic>? get messageAttributes =>
      raw.fieldOrNull('messageAttributes', asMap);
  String? get md5OfBody => raw.stringOrNull('md5OfBody');
  String? get eventSource => raw.stringOrNull('eventSource');
  String? get eventSourceARN => raw.stringOrNull('eventSourceARN');
  String? get awsRegion => raw.stringOrNull('awsRegion');

  @override
  String get batchItemId => raw.string('messageId');

  @override
  bool get isOrdered => eventSourceARN?.endsWith('.fifo') ?? false;
}

@Deprecated('Use AwsKinesisEvent')
class AwsKinesisDataStreamEvent extends EventJson {
  AwsKinesisDataStreamEvent.fromJson(super.raw);

  late final List<AwsKinesisDataStreamRecord>? records = raw.listOrNull(
    'Records',
    asObject(AwsKinesisDataStreamRecord.fromJson),
  );
}

@Deprecated('Use AwsKinesisRecord')
class AwsKinesisDataStreamRecord extends EventJson implements BatchRecord {
  AwsKinesisDataStreamRecord.fromJson(super.raw);

  AwsKinesisDataStream? get kinesis =>
      raw.objectOrNull('kinesis', AwsKinesisDataStream.fromJson);
  String? get eventSource => raw.stringOrNull('eventSource');
  String? get eventID => raw.stringOrNull('eventID');
  String? get eventVersion => raw.stringOrNull('eventVersion');
  String? get eventName => raw.stringOrNull('eventName');
  String? get eventSourceARN => raw.stringOrNull('eventSourceARN');
  String? get invokeIdentityArn => raw.stringOrNull('invokeIdentityArn');
  String? get awsRegion => raw.stringOrNull('awsRegion');

  @override
  String get batchItemId => raw.mapOrEmpty('kinesis').string('sequenceNumber');

  @override
  bool get isOrdered => true;
}

@Deprecated('Use AwsKinesisRecord, which has the data decoded')
class AwsKinesisDataStream extends EventJson {
  AwsKinesisDataStream.fromJson(super.raw);

  String? get partitionKey => raw.stringOrNull('partitionKey');
  String? get kinesisSchemaVersion => raw.stringOrNull('kinesisSchemaVersion');

  /// The data in base64.
  String? get data => raw.stringOrNull('data');
  String? get sequenceNumber => raw.stringOrNull('sequenceNumber');

  /// The whole seconds since 1970; AwsKinesisRecord has the fraction too.
  int? get approximateArrivalTimestamp {
    final time = raw.fieldOrNull('approximateArrivalTimestamp', asEpochSeconds);
    return time == null ? null : time.millisecondsSinceEpoch ~/ 1000;
  }
}

@Deprecated('Use AwsFirehoseEvent')
class AwsKinesisFirehoseDataEvent extends EventJson {
  AwsKinesisFirehoseDataEvent.fromJson(super.raw);

  String? get invocationId => raw.stringOrNull('invocationId');
  String? get deliveryStreamArn => raw.stringOrNull('deliveryStreamArn');
  String? get region => raw.stringOrNull('region');
  late final List<AwsKinesisFirehoseData>? records = raw.listOrNull(
    'records',
    asObject(AwsKinesisFirehoseData.fromJson),
  );
}

@Deprecated('Use AwsFirehoseRecord, which has the data decoded')
class AwsKinesisFirehoseData extends EventJson {
  AwsKinesisFirehoseData.fromJson(super.raw);

  String? get recordId => raw.stringOrNull('recordId');

  /// The milliseconds since 1970.
  int? get approximateArrivalTimestamp =>
      raw.integerOrNull('approximateArrivalTimestamp');

  /// The data in base64.
  String? get data => raw.stringOrNull('data');
}

@Deprecated('Use AwsDynamoDbEvent')
class AwsDynamoDBUpdateEvent extends EventJson {
  AwsDynamoDBUpdateEvent.fromJson(super.raw);

  late final List<AwsDynamoDBUpdateEventRecord>? records = raw.listOrNull(
    'Records',
    asObject(AwsDynamoDBUpdateEventRecord.fromJson),
  );
}

@Deprecated('Use AwsDynamoDbRecord')
class AwsDynamoDBUpdateEventRecord extends EventJson implements BatchRecord {
  AwsDynamoDBUpdateEventRecord.fromJson(super.raw);

  String? get eventId => raw.stringOrNull('eventID');
  String? get eventName => raw.stringOrNull('eventName');
  String? get eventSource => raw.stringOrNull('eventSource');
  String? get eventVersion => raw.stringOrNull('eventVersion');
  String? get awsRegion => raw.stringOrNull('awsRegion');
  String? get eventSourceARN => raw.stringOrNull('eventSourceARN');
  AwsDynamoDBUpdateRecord? get dynamodb =>
      raw.objectOrNull('dynamodb', AwsDynamoDBUpdateRecord.fromJson);

  @override
  String get batchItemId => raw.mapOrEmpty('dynamodb').string('SequenceNumber');

  @override
  bool get isOrdered => true;
}

@Deprecated('Use AwsDynamoDbRecord, which has items as Dart values')
class AwsDynamoDBUpdateRecord extends EventJson {
  AwsDynamoDBUpdateRecord.fromJson(super.raw);

  Map<String, dynamic>? get keys => raw.fieldOrNull('Keys', asMap);
  Map<String, dynamic>? get oldImage => raw.fieldOrNull('OldImage', asMap);
  Map<String, dynamic>? get newImage => raw.fieldOrNull('NewImage', asMap);
}

@Deprecated('Use AwsEventBridgeEvent')
typedef AwsCloudwatchEvent = AwsEventBridgeEvent;

@Deprecated('Use AwsCloudWatchLogsEvent, which has the data unzipped')
class AwsCloudwatchLogEvent extends EventJson {
  AwsCloudwatchLogEvent.fromJson(super.raw);

  Map<String, dynamic>? get awslogs => raw.fieldOrNull('awslogs', asMap);
}

class AwsAlexaEvent extends EventJson {
  AwsAlexaEvent.fromJson(super.raw);

  AwsAlexaEventHeader? get header =>
      raw.objectOrNull('header', AwsAlexaEventHeader.fromJson);
  Map<String, dynamic>? get payload => raw.fieldOrNull('payload', asMap);
}

class AwsAlexaEventHeader extends EventJson {
  AwsAlexaEventHeader.fromJson(super.raw);

  String? get payloadVersion => raw.stringOrNull('payloadVersion');
  String? get namespace => raw.stringOrNull('namespace');
  String? get name => raw.stringOrNull('name');
}

class AwsAppSyncEvent extends appsync.AwsAppSyncEvent {
  AwsAppSyncEvent.fromJson(super.raw) : super.fromJson();

  String? get version => raw.stringOrNull('version');
  String? get operation => raw.stringOrNull('operation');
  String? get payload => raw.fieldOrNull('payload', asText);
}

class AwsS3Event extends s3.AwsS3Event {
  AwsS3Event.fromJson(super.raw) : super.fromJson();

  @override
  List<AwsS3EventRecord> get records => [
    for (final record in super.records) AwsS3EventRecord.fromJson(record.raw),
  ];
}

class AwsS3EventRecord extends s3.AwsS3EventRecord {
  AwsS3EventRecord.fromJson(super.raw) : super.fromJson();

  AwsS3UserIdentity? get userIdentity =>
      raw.objectOrNull('userIdentity', AwsS3UserIdentity.fromJson);
  Map<String, String> get requestParameters => raw.texts('requestParameters');

  @Deprecated('Use bucket and object')
  AwsS3Data? get s3 => raw.objectOrNull('s3', AwsS3Data.fromJson);
}

@Deprecated('Use AwsS3EventRecord')
class AwsS3Data extends EventJson {
  AwsS3Data.fromJson(super.raw);

  String? get s3SchemaVersion => raw.stringOrNull('s3SchemaVersion');
  String? get configurationId => raw.stringOrNull('configurationId');
  AwsS3Bucket? get bucket => raw.objectOrNull('bucket', AwsS3Bucket.fromJson);
  AWSS3EventObject? get object =>
      raw.objectOrNull('object', s3.AwsS3Object.fromJson);
}

class AwsS3Bucket extends s3.AwsS3Bucket {
  AwsS3Bucket.fromJson(super.raw) : super.fromJson();

  AwsS3UserIdentity? get ownerIdentity =>
      raw.objectOrNull('ownerIdentity', AwsS3UserIdentity.fromJson);
}

@Deprecated('Use AwsS3Object')
typedef AWSS3EventObject = s3.AwsS3Object;

class AwsS3UserIdentity extends EventJson {
  AwsS3UserIdentity.fromJson(super.raw);

  String? get principalId => raw.stringOrNull('principalId');
}
