import '../json_fields.dart';
import 'event_json.dart';

/// Changes of objects in an S3 bucket.
///
/// https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
class AwsS3Event extends EventJson {
  AwsS3Event.fromJson(super.raw);

  /// The changes; empty for the test that S3 sends to a queue or a topic when
  /// the notification is set up.
  late final List<AwsS3EventRecord> records = isTest
      ? const []
      : raw.views('Records', AwsS3EventRecord.fromJson);

  bool get isTest => raw['Event'] == 's3:TestEvent';
}

/// A change of an object.
class AwsS3EventRecord extends EventJson {
  AwsS3EventRecord.fromJson(super.raw);

  String get eventVersion => raw.string('eventVersion');
  String get eventSource => raw.string('eventSource');
  String get awsRegion => raw.string('awsRegion');
  DateTime get eventTime => raw.dateTime('eventTime');
  AwsS3EventName get eventName => AwsS3EventName(raw.string('eventName'));

  /// The one who made the change.
  String? get principalId =>
      raw.mapOrEmpty('userIdentity').stringOrNull('principalId');
  String? get sourceIpAddress =>
      raw.mapOrEmpty('requestParameters').stringOrNull('sourceIPAddress');

  /// The ids of the request, which the support of AWS asks for.
  Map<String, String> get responseElements => raw.texts('responseElements');

  String? get s3SchemaVersion => _s3.stringOrNull('s3SchemaVersion');

  /// The id of the notification that this comes from.
  String? get configurationId => _s3.stringOrNull('configurationId');

  late final AwsS3Bucket bucket = _s3.object('bucket', AwsS3Bucket.fromJson);
  late final AwsS3Object object = _s3.object('object', AwsS3Object.fromJson);

  late final _s3 = raw.field('s3', asMap);
}

/// A kind of change, such as `ObjectCreated:Put`.
extension type const AwsS3EventName(String name) implements String {
  bool get isCreated => name.startsWith('ObjectCreated:');
  bool get isRemoved => name.startsWith('ObjectRemoved:');
}

class AwsS3Bucket extends EventJson {
  AwsS3Bucket.fromJson(super.raw);

  String get name => raw.string('name');
  String get arn => raw.string('arn');
  String? get ownerPrincipalId =>
      raw.mapOrEmpty('ownerIdentity').stringOrNull('principalId');
}

class AwsS3Object extends EventJson {
  AwsS3Object.fromJson(super.raw);

  /// The key, decoded: S3 sends `a+b%21.txt` for `a b!.txt`.
  String get key => decodeFormText(raw.string('key'));

  /// The bytes that the object has; null if it was removed.
  int? get size => raw.integerOrNull('size');
  String? get eTag => raw.stringOrNull('eTag');

  /// Null unless the bucket keeps versions.
  String? get versionId => raw.stringOrNull('versionId');

  /// A hexadecimal number that orders the changes of one key.
  String? get sequencer => raw.stringOrNull('sequencer');
}
