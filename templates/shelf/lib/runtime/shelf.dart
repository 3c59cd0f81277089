/// Serves a handler of [package:shelf](https://pub.dev/packages/shelf) on AWS
/// Lambda.
///
/// ```dart
/// final runtime = Runtime()
///   ..registerHandler<AwsApiGatewayEvent>('main.app', serveHandler(app));
/// ```
library;

import 'dart:async';
import 'dart:io';

import 'package:shelf/shelf.dart' as shelf;

import 'api_gateway_event.dart';
import 'api_gateway_response.dart';
import 'context.dart';
import 'error_report.dart';
import 'headers.dart';
import 'lambda_runtime.dart';

/// Makes a handler for REST APIs, HTTP APIs and function URLs of the shelf
/// [handler].
///
/// The path of a request is that of the app, without the stage of the API. The
/// body of a response is streamed where `streams: true` is registered, and
/// collected elsewhere. A request cannot be hijacked, as there is no socket.
///
/// What [handler] throws is an error of the function, as that of any other
/// handler: it is in the log, and the caller does not see its text.
Handler<AwsApiGatewayEvent> serveHandler(shelf.Handler handler) =>
    (context, event) async {
      final shelf.Request request;
      try {
        request = _requestOf(context, event);
      } on ArgumentError catch (error) {
        // As in shelf_io: a URL that is no UTF-8, such as `/%FF`, and here also
        // an event that is of no HTTP request.
        if (error.name != 'requestedUri' && error.name != 'method') rethrow;
        return const AwsApiGatewayResponse(
          body: 'Bad Request',
          statusCode: HttpStatus.badRequest,
          headers: {'Content-Type': _plainText},
        );
      }
      final response = await _catchUnawaited(() async => handler(request));
      return _responseOf(response, isHead: request.method == 'HEAD');
    };

/// What Lambda tells of a request, for handlers and middleware of shelf. It is
/// null where the request comes from elsewhere, such as a test.
extension LambdaRequest on shelf.Request {
  /// The invocation: its id, its deadline and the function.
  Context? get lambdaContext => context[_contextKey] as Context?;

  /// The event that the request was made of: the claims of an authorizer, the
  /// stage, the address of the caller.
  AwsApiGatewayEvent? get lambdaEvent =>
      context[_eventKey] as AwsApiGatewayEvent?;
}

const _contextKey = 'lambda.context';
const _eventKey = 'lambda.event';

// What dart:io, and so shelf_io, says of a body that has no type.
const _plainText = 'text/plain; charset=utf-8';

shelf.Request _requestOf(Context context, AwsApiGatewayEvent event) =>
    shelf.Request(
      event.httpMethod,
      _requestedUri(event),
      headers: {
        ...event.multiValueHeaders,
        // HTTP APIs and function URLs take the cookies out of the headers.
        if (event.raw['cookies'] case final List<dynamic> cookies)
          'cookie': cookies.join('; '),
      },
      body: event.bodyBytes,
      context: {_contextKey: context, _eventKey: event},
    );

Uri _requestedUri(AwsApiGatewayEvent event) {
  final scheme = event.headers.xForwardedProto == 'http' ? 'http' : 'https';
  final host = event.headers.host ?? event.requestContext.domainName ?? '';
  final origin = Uri.tryParse('$scheme://$host') ?? Uri(scheme: scheme);
  final query = switch (event.raw['rawQueryString']) {
    final String query => query,
    _ => Uri(queryParameters: event.multiValueQueryStringParameters).query,
  };
  return origin.replace(
    host: origin.host.isEmpty ? 'localhost' : null,
    path: _pathOf(event),
    query: query.isEmpty ? null : query,
  );
}

/// The path in the app, percent-encoded.
String _pathOf(AwsApiGatewayEvent event) {
  final stage = '/${event.requestContext.stage}';
  var path = event.path;
  // An HTTP API, which tells its version, begins a path with its stage, unless
  // that is `$default`. A REST API does not.
  if (event.raw['version'] != null && '$path/'.startsWith('$stage/')) {
    path = path.substring(stage.length);
  }
  // An HTTP API decodes the path; a function URL, whose only route is
  // `$default`, does not. Uri encodes what has to be, but for a `%`.
  if (AwsApiGatewayEvent.isPayloadV2(event.raw) &&
      event.routeKey != r'$default') {
    path = path.replaceAll('%', '%25');
  }
  return path.startsWith('/') ? path : '/$path';
}

AwsApiGatewayResponse _responseOf(
  shelf.Response response, {
  required bool isHead,
}) {
  final headers = caseInsensitive(response.headersAll)
    // API Gateway sets its own; a REST API would rename that of the function.
    ..remove('content-length')
    ..remove('transfer-encoding');
  final cookies = headers.remove('set-cookie') ?? const [];
  final hasBody =
      !isHead &&
      response.statusCode != HttpStatus.noContent &&
      response.statusCode != HttpStatus.notModified;
  return AwsApiGatewayResponse.stream(
    hasBody ? response.read() : const Stream.empty(),
    contentType: _plainText,
    statusCode: response.statusCode,
    headers: {
      for (final MapEntry(key: name, value: values) in headers.entries)
        if (values.length == 1) name: values.single,
    },
    multiValueHeaders: {
      for (final MapEntry(key: name, value: values) in headers.entries)
        if (values.length > 1) name: values,
    },
    cookies: cookies,
  );
}

/// Runs [handle], and logs errors of futures that it does not await, which
/// would end the process. An error zone that is there takes them instead, such
/// as that of a test. [Adapters](https://pub.dev/packages/shelf#adapters) do so.
Future<T> _catchUnawaited<T>(Future<T> Function() handle) {
  if (!Zone.current.inSameErrorZone(Zone.root)) return handle();
  // It takes the error of [handle] out of the error zone.
  final done = Completer<T>();
  runZonedGuarded(() async {
    try {
      done.complete(await handle());
    } catch (error, stackTrace) {
      done.completeError(error, stackTrace);
    }
  }, (error, stackTrace) => stderr.writeln(ErrorReport.of(error, stackTrace)));
  return done.future;
}
