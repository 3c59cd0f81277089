import '../events/apigateway_event.dart';

/// The events that a handler can take.
abstract class Event {
  const Event();

  static final Map<Type, Function> _known = {
    AwsApiGatewayEvent: AwsApiGatewayEvent.fromJson,
  };

  static bool exists<T>() => _known.containsKey(T);

  static void registerEvent<T>(T Function(Map<String, dynamic>) read) =>
      _known[T] = read;

  static void deregisterEvent<T>() => _known.remove(T);

  /// A type that nobody registered ends in an error of null.
  static dynamic fromHandler(Type type, Map<String, dynamic> json) =>
      (_known[type]! as dynamic)(json);
}
