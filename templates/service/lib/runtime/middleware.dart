import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'api_gateway_event.dart';
import 'api_gateway_response.dart';
import 'http_pipeline.dart';
import 'http_problem.dart';
import 'log.dart' as logging;
import 'response_headers.dart';

export 'authorization.dart';
export 'cors.dart';

/// Logs each request: `GET /orders/7 status=200 ms=12`, with the id that it has
/// in Lambda.
///
/// A [log] of yours gets a line: `GET /orders/7 200 12 ms 989efb34-...`.
Middleware logRequests({void Function(String line)? log}) =>
    (next) => (context, event) async {
      final watch = Stopwatch()..start();
      Object status = 'failed';
      try {
        final response = await next(context, event);
        status = response.statusCode;
        return response;
      } finally {
        // The path is the caller's text: it must not begin a line of its own.
        final path = event.path.replaceAll(RegExp(r'[\x00-\x1f\x7f]'), '?');
        final request = '${event.httpMethod} $path';
        final ms = watch.elapsedMilliseconds;
        if (log == null) {
          logging.log.info(request, {'status': status, 'ms': ms});
        } else {
          log('$request $status $ms ms ${context.requestId}');
        }
      }
    };

/// Compresses a body of at least [minimumSize] bytes for a caller that takes
/// gzip.
///
/// The bodies of a REST API stay as they are, unless [restApi]. It then needs
/// `*/*` in its `binaryMediaTypes`, or callers get base64. By itself it can
/// compress too, from its `minimumCompressionSize` on.
Middleware compress({int minimumSize = 1024, bool restApi = false}) =>
    (next) => (context, event) async {
      final response = await next(context, event);
      if (!restApi && !AwsApiGatewayEvent.isPayloadV2(event.raw)) {
        return response;
      }
      final isText = response.bodyStream == null && !response.isBase64Encoded;
      if (!isText) return response;
      final bytes = utf8.encode(response.body);
      if (bytes.length < minimumSize) return response;
      final varying = response.varyingBy('Accept-Encoding');
      return _takesGzip(event)
          ? varying
                .withHeaders(const {'Content-Encoding': 'gzip'})
                .copyWith(
                  body: base64.encode(gzip.encode(bytes)),
                  isBase64Encoded: true,
                )
          : varying;
    };

// https://www.rfc-editor.org/rfc/rfc9110#section-12.5.3
bool _takesGzip(AwsApiGatewayEvent event) {
  final codings = event.headers.acceptEncoding?.toLowerCase().split(',') ?? [];
  return codings.any((coding) {
    final [name, ...weights] = coding.split(';');
    return name.trim() == 'gzip' && !weights.any(_isZero.hasMatch);
  });
}

final _isZero = RegExp(r'^\s*q=0(\.0*)?\s*$');

/// Answers a request with a 504 when it takes longer than [budget], or so long
/// that Lambda would soon end the process: after that, the next request would
/// have to wait for a new one.
///
/// The handler is not stopped, as nothing in Dart can: what it awaits still
/// comes, during a later request, and what it returns is dropped.
Middleware timeBudget([Duration? budget]) =>
    (next) => (context, event) {
      final left = context.remainingTime - _timeToAnswer;
      final limit = budget == null || budget > left ? left : budget;
      return Future<AwsApiGatewayResponse>.sync(
        () => next(context, event),
      ).timeout(limit, onTimeout: () => throw _tookTooLong);
    };

const _timeToAnswer = Duration(milliseconds: 200);
const _tookTooLong = HttpProblem(
  HttpStatus.gatewayTimeout,
  'Gateway Timeout',
  'The service took too long.',
);
