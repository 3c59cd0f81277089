import '../json_fields.dart';
import 'batch.dart';
import 'dynamodb_value.dart';
import 'event_json.dart';
import 'time_window.dart';

export 'batch.dart';
export 'dynamodb_value.dart';
export 'time_window.dart';

/// A batch of changes of a DynamoDB table, from its stream.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/with-ddb.html
class AwsDynamoDbEvent extends EventJson with AwsWindowedEvent {
  AwsDynamoDbEvent.fromJson(super.raw);

  late final List<AwsDynamoDbRecord> records = raw.views(
    'Records',
    AwsDynamoDbRecord.fromJson,
  );
}

/// A change of an item of a table.
class AwsDynamoDbRecord extends EventJson implements BatchRecord {
  AwsDynamoDbRecord.fromJson(super.raw);

  String get eventId => raw.string('eventID');
  AwsDynamoDbEventName get eventName =>
      AwsDynamoDbEventName(raw.string('eventName'));
  String get eventVersion => raw.string('eventVersion');
  String get eventSource => raw.string('eventSource');
  String get eventSourceArn => raw.string('eventSourceARN');
  String get awsRegion => raw.string('awsRegion');

  /// Whether DynamoDB itself removed the item, as its time to live was over.
  bool get isTimeToLive =>
      _user.stringOrNull('type') == 'Service' &&
      _user.stringOrNull('principalId') == 'dynamodb.amazonaws.com';

  Map<String, dynamic> get _user => raw.mapOrEmpty('userIdentity');

  /// The key of the item, as Dart values.
  late final Map<String, dynamic> keys = dynamodb.field('Keys', asDynamoDbItem);

  /// The item after the change, as Dart values. Null if it was removed, or if
  /// the stream does not have it.
  late final Map<String, dynamic>? newImage = dynamodb.fieldOrNull(
    'NewImage',
    asDynamoDbItem,
  );

  /// The item before the change, as Dart values. Null if it is new, or if the
  /// stream does not have it.
  late final Map<String, dynamic>? oldImage = dynamodb.fieldOrNull(
    'OldImage',
    asDynamoDbItem,
  );

  String get sequenceNumber => dynamodb.string('SequenceNumber');
  int? get sizeBytes => dynamodb.integerOrNull('SizeBytes');
  DateTime? get approximateCreationDateTime =>
      dynamodb.fieldOrNull('ApproximateCreationDateTime', asEpochSeconds);

  /// What the stream has of an item: `KEYS_ONLY`, `NEW_IMAGE`, `OLD_IMAGE` or
  /// `NEW_AND_OLD_IMAGES`.
  String? get streamViewType => dynamodb.stringOrNull('StreamViewType');

  /// The change as it came, with items such as `{"age": {"N": "35"}}`.
  late final Map<String, dynamic> dynamodb = raw.field('dynamodb', asMap);

  @override
  String get batchItemId => sequenceNumber;

  @override
  bool get isOrdered => true;
}

/// A kind of change of an item.
extension type const AwsDynamoDbEventName(String name) implements String {
  static const insert = AwsDynamoDbEventName('INSERT');
  static const modify = AwsDynamoDbEventName('MODIFY');
  static const remove = AwsDynamoDbEventName('REMOVE');
}
