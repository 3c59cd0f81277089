import 'api_gateway_event.dart';
import 'json_fields.dart';

/// Reads an event from a decoded JSON object.
typedef EventReader<T> = T Function(Map<String, dynamic> json);

/// The types of events that handlers take.
class EventTypes {
  final _readers = <Type, EventReader<Object?>>{
    AwsApiGatewayEvent: AwsApiGatewayEvent.fromJson,
  };

  void register<T>(EventReader<T> reader) => _readers[T] = reader;

  void deregister<T>() => _readers.remove(T);

  /// Makes an event of the type [T] for the handler [name].
  T read<T>(Object? json, String name, [EventReader<T>? own]) {
    final reader = own ?? _readers[T];
    if (reader != null) {
      return reader(checkJson(json, 'The event', decode: asMap)) as T;
    }
    if (json is T) return json;
    throw FormatException(
      _isJson<T>()
          ? 'The event is not a $T.'
          : 'Nothing reads events of the type $T. Name what does: '
                "registerHandler<$T>('$name', ..., event: $T.fromJson).",
    );
  }
}

bool _isJson<T>() => switch (<T>[]) {
  List<String?>() || List<num?>() || List<bool?>() => true,
  List<Map<dynamic, dynamic>?>() || List<List<dynamic>?>() => true,
  _ => false,
};
