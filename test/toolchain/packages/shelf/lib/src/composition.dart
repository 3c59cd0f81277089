import 'dart:async';

import 'messages.dart';

typedef Handler = FutureOr<Response> Function(Request request);

/// Wraps a handler in another one.
typedef Middleware = Handler Function(Handler innerHandler);

/// Tells an adapter that a request was hijacked. It is passed on by middleware.
class HijackException implements Exception {
  const HijackException();
}

Middleware createMiddleware({
  FutureOr<Response?> Function(Request)? requestHandler,
  FutureOr<Response> Function(Response)? responseHandler,
  FutureOr<Response> Function(Object error, StackTrace)? errorHandler,
}) =>
    (innerHandler) => (request) async {
      final early = await requestHandler?.call(request);
      if (early != null) return early;
      final Response response;
      try {
        response = await innerHandler(request);
      } catch (error, stackTrace) {
        if (errorHandler == null || error is HijackException) rethrow;
        return errorHandler(error, stackTrace);
      }
      return await responseHandler?.call(response) ?? response;
    };

/// Middleware in the order in which it sees a request.
class Pipeline {
  const Pipeline() : _all = const [];

  const Pipeline._(this._all);

  final List<Middleware> _all;

  Pipeline addMiddleware(Middleware middleware) =>
      Pipeline._([..._all, middleware]);

  Handler addHandler(Handler handler) =>
      _all.reversed.fold(handler, (inner, middleware) => middleware(inner));

  Middleware get middleware => addHandler;
}

extension MiddlewareExtensions on Middleware {
  Middleware addMiddleware(Middleware other) =>
      (handler) => this(other(handler));

  Handler addHandler(Handler handler) => this(handler);
}

/// Handlers, of which the first one that knows the request responds.
class Cascade {
  Cascade({Iterable<int>? statusCodes, bool Function(Response)? shouldCascade})
    : this._(
        const [],
        shouldCascade ??
            (response) =>
                (statusCodes ?? const [404, 405]).contains(response.statusCode),
      );

  Cascade._(this._handlers, this._shouldCascade);

  final List<Handler> _handlers;
  final bool Function(Response) _shouldCascade;

  Cascade add(Handler handler) =>
      Cascade._([..._handlers, handler], _shouldCascade);

  Handler get handler {
    if (_handlers.isEmpty) throw StateError('The cascade has no handlers.');
    return (request) async {
      var response = await _handlers.first(request);
      for (final handler in _handlers.skip(1)) {
        if (!_shouldCascade(response)) break;
        response = await handler(request);
      }
      return response;
    };
  }
}
