import 'dart:typed_data';

import '../json_fields.dart';
import 'batch.dart';
import 'event_json.dart';
import 'time_window.dart';

export 'batch.dart';
export 'time_window.dart';

/// A batch of records of a Kinesis data stream.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/with-kinesis.html
class AwsKinesisEvent extends EventJson with AwsWindowedEvent {
  AwsKinesisEvent.fromJson(super.raw);

  late final List<AwsKinesisRecord> records = raw.views(
    'Records',
    AwsKinesisRecord.fromJson,
  );
}

/// A record of a Kinesis data stream.
class AwsKinesisRecord extends EventJson implements BatchRecord {
  AwsKinesisRecord.fromJson(super.raw);

  String get eventId => raw.string('eventID');
  String get eventName => raw.string('eventName');
  String get eventSource => raw.string('eventSource');
  String get eventVersion => raw.string('eventVersion');
  String get eventSourceArn => raw.string('eventSourceARN');
  String get invokeIdentityArn => raw.string('invokeIdentityArn');
  String get awsRegion => raw.string('awsRegion');

  String get kinesisSchemaVersion => _kinesis.string('kinesisSchemaVersion');
  String get partitionKey => _kinesis.string('partitionKey');
  String get sequenceNumber => _kinesis.string('sequenceNumber');
  DateTime get approximateArrivalTimestamp =>
      _kinesis.field('approximateArrivalTimestamp', asEpochSeconds);
  String? get encryptionType => _kinesis.stringOrNull('encryptionType');

  /// The data, which the event has in base64.
  late final Uint8List data = _kinesis.field('data', asBase64);

  /// The data as text.
  ///
  /// Throws a [FormatException] if it is not UTF-8.
  String get text => _kinesis.field('data', asBase64Text);

  late final _kinesis = raw.field('kinesis', asMap);

  @override
  String get batchItemId => sequenceNumber;

  @override
  bool get isOrdered => true;
}
