import '../json_fields.dart';
import 'event_json.dart';

/// What an event of a stream has of its tumbling window: all null without one.
///
/// https://docs.aws.amazon.com/lambda/latest/dg/services-kinesis-windows.html
mixin AwsWindowedEvent on EventJson {
  AwsTimeWindow? get window =>
      raw.objectOrNull('window', AwsTimeWindow.fromJson);

  /// What the last invocation of the window returned in its `BatchResponse`.
  Map<String, dynamic>? get state => raw.fieldOrNull('state', asMap);
  String? get shardId => raw.stringOrNull('shardId');
  String? get eventSourceArn => raw.stringOrNull('eventSourceARN');

  /// Whether the window ends here, so that its result is to be kept.
  bool? get isFinalInvokeForWindow =>
      raw.booleanOrNull('isFinalInvokeForWindow');

  /// Whether the window ends because its state got too large, or the shard was
  /// split.
  bool? get isWindowTerminatedEarly =>
      raw.booleanOrNull('isWindowTerminatedEarly');
}

/// The time that a tumbling window covers.
class AwsTimeWindow extends EventJson {
  AwsTimeWindow.fromJson(super.raw);

  DateTime get start => raw.dateTime('start');
  DateTime get end => raw.dateTime('end');
}
