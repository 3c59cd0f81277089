import 'dart:async';

import '../client/client.dart';
import 'context.dart';
import 'event.dart';
import 'exception.dart';

typedef Handler<E> = Future<dynamic> Function(Context context, E event);

/// Fetches events, and hands each to its handler.
class Runtime {
  /// There is one in a program.
  factory Runtime() => _one;

  Runtime._();

  static final Runtime _one = Runtime._();

  final Client _client = Client();
  final Map<String, (Type, dynamic)> _handlers = {};

  List<String> get handlers => _handlers.keys.toList();

  bool handlerExists(String name) => _handlers.containsKey(name);

  Handler<E> registerHandler<E>(String name, Handler<E> handler) {
    // A name that is taken is replaced in silence.
    _handlers[name] = (E, handler);
    return handler;
  }

  void deregisterHandler(String name) => _handlers.remove(name);

  void registerEvent<T>(T Function(Map<String, dynamic>) read) =>
      Event.registerEvent<T>(read);

  void deregisterEvent<T>() => Event.deregisterEvent<T>();

  // ignore: avoid_void_async, as in the published package
  void invoke() async {
    while (true) {
      await _handle(await _client.next());
    }
  }

  Future<void> _handle(NextInvocation invocation) async {
    try {
      final context = Context.fromNextInvocation(invocation);
      // A function without a handler fails at every event, and not at startup.
      final found = _handlers[context.handler];
      if (found == null) {
        throw RuntimeException(
          'No handler with name "${context.handler}" registered in runtime!',
        );
      }
      final (type, handler) = found;
      final event = Event.fromHandler(type, invocation.response);
      final result = await handler(context, event);
      await _client.respond(context.requestId, result);
    } catch (error, stackTrace) {
      final report = InvocationError(error as Object, stackTrace);
      await _client.fail(invocation.requestId, report);
    }
  }
}
