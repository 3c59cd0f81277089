import 'event_json.dart';

/// A message that an IoT rule selected: whatever its SQL says.
///
/// `SELECT *, topic() AS topic FROM 'sensors/+'` adds a field to the message.
/// https://docs.aws.amazon.com/iot/latest/developerguide/iot-sql-reference.html
class AwsIotEvent extends EventJson {
  AwsIotEvent.fromJson(super.raw);

  /// The field called [name], or null.
  Object? operator [](String name) => raw[name];

  /// Reads the message by the [fromJson] of a model.
  T read<T>(T Function(Map<String, dynamic> json) fromJson) => fromJson(raw);
}
