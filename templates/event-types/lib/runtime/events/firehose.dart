import 'dart:convert';
import 'dart:typed_data';

import '../json_fields.dart';
import 'event_json.dart';

/// Records that a Firehose stream has this function transform.
///
/// https://docs.aws.amazon.com/firehose/latest/dev/data-transformation.html
class AwsFirehoseEvent extends EventJson {
  AwsFirehoseEvent.fromJson(super.raw);

  String get invocationId => raw.string('invocationId');
  String get deliveryStreamArn => raw.string('deliveryStreamArn');

  /// The Kinesis stream that the records come from; null without one.
  String? get sourceKinesisStreamArn =>
      raw.stringOrNull('sourceKinesisStreamArn');
  String get region => raw.string('region');

  late final List<AwsFirehoseRecord> records = raw.views(
    'records',
    AwsFirehoseRecord.fromJson,
  );
}

/// A record, with the results that it may have.
class AwsFirehoseRecord extends EventJson {
  AwsFirehoseRecord.fromJson(super.raw);

  String get recordId => raw.string('recordId');
  DateTime get approximateArrivalTimestamp =>
      raw.field('approximateArrivalTimestamp', asEpochMillis);

  /// The data, which the event has in base64.
  late final Uint8List data = raw.field('data', asBase64);

  /// The data as text.
  ///
  /// Throws a [FormatException] if it is not UTF-8.
  String get text => raw.field('data', asBase64Text);

  /// What the Kinesis stream knows of the record; null without one.
  late final AwsFirehoseKinesisMetadata? kinesisRecordMetadata = raw
      .objectOrNull(
        'kinesisRecordMetadata',
        AwsFirehoseKinesisMetadata.fromJson,
      );

  /// Has Firehose deliver [data], or else the data as it came, by
  /// [partitionKeys] if the stream partitions dynamically.
  AwsFirehoseResult ok({
    List<int>? data,
    Map<String, String> partitionKeys = const {},
  }) => AwsFirehoseResult._({
    'recordId': recordId,
    'result': 'Ok',
    'data': data == null ? raw.string('data') : base64.encode(data),
    if (partitionKeys.isNotEmpty) 'metadata': {'partitionKeys': partitionKeys},
  });

  /// Has Firehose deliver [text]. Records follow one another without a gap, so
  /// that lines need their `\n`.
  AwsFirehoseResult okText(
    String text, {
    Map<String, String> partitionKeys = const {},
  }) => ok(data: utf8.encode(text), partitionKeys: partitionKeys);

  /// Has Firehose leave the record out.
  AwsFirehoseResult dropped() => _unchanged('Dropped');

  /// Has Firehose write the record to where the stream puts failed ones.
  AwsFirehoseResult processingFailed() => _unchanged('ProcessingFailed');

  AwsFirehoseResult _unchanged(String result) => AwsFirehoseResult._({
    'recordId': recordId,
    'result': result,
    'data': raw.string('data'),
  });
}

/// What the Kinesis stream knows of a record.
class AwsFirehoseKinesisMetadata extends EventJson {
  AwsFirehoseKinesisMetadata.fromJson(super.raw);

  String get shardId => raw.string('shardId');
  String get partitionKey => raw.string('partitionKey');
  DateTime get approximateArrivalTimestamp =>
      raw.field('approximateArrivalTimestamp', asEpochMillis);
  String get sequenceNumber => raw.string('sequenceNumber');

  /// The number within an aggregated record, as text.
  String get subsequenceNumber => raw.field('subsequenceNumber', asText);
}

/// The response to an [AwsFirehoseEvent]: a result of each record.
class AwsFirehoseResponse {
  const AwsFirehoseResponse(this.records);

  final List<AwsFirehoseResult> records;

  Map<String, dynamic> toJson() => {'records': records};
}

/// What became of a record; the methods of [AwsFirehoseRecord] make it.
class AwsFirehoseResult {
  const AwsFirehoseResult._(this._json);

  final Map<String, dynamic> _json;

  Map<String, dynamic> toJson() => _json;
}
