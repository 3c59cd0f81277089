import '../json_fields.dart';
import 'event_json.dart';

/// An event of an EventBridge bus, or of a schedule without an `input`.
///
/// A schedule with an `input` sends just that: its handler takes a type of JSON.
/// https://docs.aws.amazon.com/eventbridge/latest/ref/overiew-event-structure.html
class AwsEventBridgeEvent extends EventJson {
  AwsEventBridgeEvent.fromJson(super.raw);

  String get version => raw.string('version');
  String get id => raw.string('id');

  /// What the event is, such as `Order Placed` or `Scheduled Event`.
  String get detailType => raw.string('detail-type');

  /// Who sent the event, such as `com.example.shop` or `aws.events`.
  String get source => raw.string('source');
  String get account => raw.string('account');
  DateTime get time => raw.dateTime('time');
  String get region => raw.string('region');

  /// The ARNs of what the event is about: of a schedule, its rule.
  List<String> get resources => raw.textList('resources');
  Map<String, dynamic> get detail => raw.field('detail', asMap);

  /// The archive that the event is replayed from; null if it is not.
  String? get replayName => raw.stringOrNull('replay-name');

  /// Reads the detail by the [fromJson] of a model.
  T read<T>(T Function(Map<String, dynamic> json) fromJson) =>
      raw.object('detail', fromJson);
}
