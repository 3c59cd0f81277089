import 'dart:typed_data';

import '../json_fields.dart';
import 'event_json.dart';

/// Notifications of an SNS topic. There is one in each event.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/with-sns.html
class AwsSnsEvent extends EventJson {
  AwsSnsEvent.fromJson(super.raw);

  late final List<AwsSnsRecord> records = raw.views(
    'Records',
    AwsSnsRecord.fromJson,
  );
}

/// A notification, and the subscription that brought it.
class AwsSnsRecord extends EventJson {
  AwsSnsRecord.fromJson(super.raw);

  String get eventSource => raw.string('EventSource');
  String get eventVersion => raw.string('EventVersion');
  String get eventSubscriptionArn => raw.string('EventSubscriptionArn');

  late final AwsSnsMessage sns = raw.object('Sns', AwsSnsMessage.fromJson);

  /// The text that was published.
  String get message => sns.message;
  String? get subject => sns.subject;
}

/// A notification of an SNS topic. A queue that is subscribed to the topic has
/// it in the body of its messages, unless the delivery is raw:
/// `AwsSnsMessage.fromJson(decodeJson(record.body))`.
class AwsSnsMessage extends EventJson {
  AwsSnsMessage.fromJson(super.raw);

  String get type => raw.string('Type');
  String get messageId => raw.string('MessageId');
  String get topicArn => raw.string('TopicArn');
  String? get subject => raw.stringOrNull('Subject');

  /// The text that was published.
  String get message => raw.string('Message');
  DateTime get timestamp => raw.dateTime('Timestamp');
  String? get signatureVersion => raw.stringOrNull('SignatureVersion');
  String? get signature => raw.stringOrNull('Signature');

  // Lambda writes `Url`, and SNS writes `URL` to a queue.
  String? get signingCertUrl =>
      raw.stringOrNull('SigningCertUrl') ?? raw.stringOrNull('SigningCertURL');
  String? get unsubscribeUrl =>
      raw.stringOrNull('UnsubscribeUrl') ?? raw.stringOrNull('UnsubscribeURL');

  /// What the publisher attached to the notification, by name.
  late final Map<String, AwsSnsMessageAttribute> messageAttributes =
      raw.mapOfOrNull(
        'MessageAttributes',
        asObject(AwsSnsMessageAttribute.fromJson),
      ) ??
      const {};
}

/// An attribute that the publisher of a notification attached to it.
class AwsSnsMessageAttribute extends EventJson {
  AwsSnsMessageAttribute.fromJson(super.raw);

  /// `String`, `String.Array`, `Number` or `Binary`.
  String get type => raw.string('Type');

  /// The text of the value, which is base64 if it is binary.
  String get value => raw.string('Value');

  /// The bytes of a binary value; null for any other.
  Uint8List? get binaryValue =>
      type == 'Binary' ? raw.field('Value', asBase64) : null;
}
