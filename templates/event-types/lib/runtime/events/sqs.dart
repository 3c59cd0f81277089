import 'dart:typed_data';

import '../json_fields.dart';
import 'batch.dart';
import 'event_json.dart';

export 'batch.dart';

/// A batch of messages of an SQS queue.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sqs.html
class AwsSqsEvent extends EventJson {
  AwsSqsEvent.fromJson(super.raw);

  late final List<AwsSqsRecord> records = raw.views(
    'Records',
    AwsSqsRecord.fromJson,
  );
}

/// A message of an SQS queue.
class AwsSqsRecord extends EventJson implements BatchRecord {
  AwsSqsRecord.fromJson(super.raw);

  String get messageId => raw.string('messageId');
  String get receiptHandle => raw.string('receiptHandle');

  /// The message. A model reads it with the function that reads a body of its
  /// kind: `orderFromJson(record.body)`.
  String get body => raw.string('body');
  String get md5OfBody => raw.string('md5OfBody');
  String? get md5OfMessageAttributes =>
      raw.stringOrNull('md5OfMessageAttributes');
  String get eventSource => raw.string('eventSource');
  String get eventSourceArn => raw.string('eventSourceARN');
  String get awsRegion => raw.string('awsRegion');

  /// What SQS knows of the message.
  late final AwsSqsAttributes attributes = raw.object(
    'attributes',
    AwsSqsAttributes.fromJson,
  );

  /// What the sender attached to the message, by name.
  late final Map<String, AwsSqsMessageAttribute> messageAttributes =
      raw.mapOfOrNull(
        'messageAttributes',
        asObject(AwsSqsMessageAttribute.fromJson),
      ) ??
      const {};

  @override
  String get batchItemId => messageId;

  /// Whether the message is one of a FIFO queue.
  @override
  bool get isOrdered => eventSourceArn.endsWith('.fifo');
}

/// What SQS knows of a message.
class AwsSqsAttributes extends EventJson {
  AwsSqsAttributes.fromJson(super.raw);

  /// How often the message was received, with this time.
  int get approximateReceiveCount =>
      raw.field('ApproximateReceiveCount', asIntText);
  DateTime get sentTimestamp => raw.field('SentTimestamp', asEpochMillisText);
  String get senderId => raw.string('SenderId');
  DateTime get approximateFirstReceiveTimestamp =>
      raw.field('ApproximateFirstReceiveTimestamp', asEpochMillisText);

  /// The group, number and id of a message of a FIFO queue; null in others.
  String? get messageGroupId => raw.stringOrNull('MessageGroupId');
  String? get sequenceNumber => raw.stringOrNull('SequenceNumber');
  String? get messageDeduplicationId =>
      raw.stringOrNull('MessageDeduplicationId');
  String? get awsTraceHeader => raw.stringOrNull('AWSTraceHeader');

  /// The queue that a message of a dead-letter queue was in before.
  String? get deadLetterQueueSourceArn =>
      raw.stringOrNull('DeadLetterQueueSourceArn');
}

/// An attribute that the sender of a message attached to it.
class AwsSqsMessageAttribute extends EventJson {
  AwsSqsMessageAttribute.fromJson(super.raw);

  /// `String`, `Number` or `Binary`, and maybe a label: `Number.float`.
  String get dataType => raw.string('dataType');

  /// The text of a string or number.
  String? get stringValue => raw.stringOrNull('stringValue');
  Uint8List? get binaryValue => raw.fieldOrNull('binaryValue', asBase64);

  /// SQS has reserved the lists for later and leaves them empty.
  List<String> get stringListValues => raw.textList('stringListValues');
  List<Uint8List> get binaryListValues =>
      raw.listOrNull('binaryListValues', asBase64) ?? const [];
}
