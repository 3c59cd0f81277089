import 'dart:async';
import 'dart:convert';

import 'api_gateway_event.dart';
import 'api_gateway_response.dart';
import 'context.dart';
import 'http_problem.dart';

/// A handler as a [Middleware] sees it: it returns a response.
typedef HttpHandler =
    FutureOr<AwsApiGatewayResponse> Function(
      Context context,
      AwsApiGatewayEvent event,
    );

/// Wraps the [HttpHandler] that is next in what many handlers need.
///
/// ```dart
/// HttpHandler noStore(HttpHandler next) => (context, event) async {
///   final response = await next(context, event);
///   return response.withHeaders({'Cache-Control': 'no-store'});
/// };
/// ```
///
/// It wraps for each event anew, so what it keeps belongs outside of it. What
/// is inside of it throws no [HttpProblem]: it is a response already.
typedef Middleware = HttpHandler Function(HttpHandler next);

/// Makes a response of an [error] that a handler or a middleware has thrown.
/// Null leaves that to the runtime.
typedef ErrorHandler =
    FutureOr<AwsApiGatewayResponse?> Function(
      Object error,
      StackTrace stackTrace,
      Context context,
      AwsApiGatewayEvent event,
    );

/// What is between the runtime and the handlers of an [AwsApiGatewayEvent]:
/// the middleware, and what makes responses of errors.
class HttpPipeline {
  /// The first one is the outermost.
  final middleware = <Middleware>[];

  ErrorHandler? onError;

  /// Returns what [handler] makes of [event], or the response to what it
  /// throws. Throws what there is no response to.
  Future<Object?> handle(
    FutureOr<Object?> Function(Context context, AwsApiGatewayEvent event)
    handler,
    Context context,
    AwsApiGatewayEvent event,
  ) {
    final errors = _Errors(onError);
    var layer = errors.answeredFrom(handler);
    // For each event, so that what is reloaded in `dev` runs in the next one.
    for (final wrap in middleware.reversed) {
      layer = errors.answeredFrom(wrap(_returningResponse(layer)));
    }
    return layer(context, event);
  }
}

typedef _Handler =
    FutureOr<Object?> Function(Context context, AwsApiGatewayEvent event);

/// The errors of one event.
class _Errors {
  _Errors(this._onError);

  final ErrorHandler? _onError;

  // An error without a response passes all the layers, but is asked about once.
  Object? _unanswered;

  Future<Object?> Function(Context, AwsApiGatewayEvent) answeredFrom(
    _Handler handler,
  ) => (context, event) async {
    try {
      return await handler(context, event);
    } catch (error, stackTrace) {
      if (identical(error, _unanswered)) rethrow;
      final response = await _answer(error, stackTrace, context, event);
      if (response != null) return response;
      _unanswered = error;
      rethrow;
    }
  };

  Future<AwsApiGatewayResponse?> _answer(
    Object error,
    StackTrace stackTrace,
    Context context,
    AwsApiGatewayEvent event,
  ) async {
    try {
      final response = await _onError?.call(error, stackTrace, context, event);
      return response ?? (error is HttpProblem ? error.toResponse() : null);
    } on HttpProblem catch (problem) {
      return problem.toResponse();
    } catch (error) {
      _unanswered = error;
      rethrow;
    }
  }
}

HttpHandler _returningResponse(_Handler handler) => (context, event) async {
  final result = await handler(context, event);
  return result is AwsApiGatewayResponse ? result : _responseOf(result);
};

// A handler may return any JSON. This is what an HTTP API makes of it:
// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
AwsApiGatewayResponse _responseOf(Object? result) {
  final Object? value = json.decode(json.encode(result));
  if (value is String) return AwsApiGatewayResponse(body: value);
  if (value is! Map<String, dynamic> || value['statusCode'] == null) {
    return AwsApiGatewayResponse.json(value);
  }
  return AwsApiGatewayResponse(
    statusCode: int.parse('${value['statusCode']}'),
    headers: {
      for (final MapEntry(:key, :value) in _entries(value['headers']))
        if (value != null) key: '$value',
    },
    multiValueHeaders: {
      for (final MapEntry(:key, :value) in _entries(value['multiValueHeaders']))
        key: [for (final item in value as List<dynamic>) '$item'],
    },
    cookies: [
      if (value['cookies'] case final List<dynamic> cookies)
        for (final cookie in cookies) '$cookie',
    ],
    body: value['body'] as String? ?? '',
    isBase64Encoded: value['isBase64Encoded'] == true,
  );
}

Iterable<MapEntry<String, dynamic>> _entries(Object? json) =>
    json is Map<String, dynamic> ? json.entries : const [];
