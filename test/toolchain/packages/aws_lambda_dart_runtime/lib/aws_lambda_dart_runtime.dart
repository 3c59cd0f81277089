// As in the published package, Context is in a library of its own, runtime/context.dart.
export 'client/client.dart' show InvocationError, NextInvocation;
export 'events/apigateway_event.dart';
export 'runtime/event.dart';
export 'runtime/exception.dart';
export 'runtime/runtime.dart';
