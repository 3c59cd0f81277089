import 'dart:io';

import 'api_gateway_event.dart';
import 'api_gateway_response.dart';
import 'http_pipeline.dart';
import 'response_headers.dart';

/// Lets web pages of other origins call the service: adds the headers that
/// browsers want to each response, also to that of a problem, and answers
/// preflight requests. A 500 of any other error is made by the API, without
/// them, unless `onError` makes it.
///
/// Add it first, so that it is around all other middleware:
///
/// ```dart
/// final runtime = Runtime()
///   ..use(cors(origins: ['https://shop.example.com']))
/// ```
///
/// [origins] are those of the pages, or `*` for all. Pages may send [methods]
/// and [headers], and read [exposedHeaders] besides the usual ones. With
/// [credentials] they send cookies, which browsers accept only from origins
/// that are named. A browser keeps the answer to a preflight for [maxAge].
///
/// A preflight gets to the function only where its API has a route for
/// `OPTIONS` and does not answer it itself, as with `cors: true`. Of an HTTP
/// API or a function URL with `cors`, this changes nothing: they replace these
/// headers.
Middleware cors({
  List<String> origins = const ['*'],
  List<String> methods = const ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
  List<String> headers = const ['Authorization', 'Content-Type'],
  List<String> exposedHeaders = const [],
  bool credentials = false,
  Duration maxAge = const Duration(hours: 1),
}) {
  final isForAll = origins.contains('*');
  if (isForAll && credentials) {
    throw ArgumentError('With credentials, cors needs the origins by name.');
  }

  AwsApiGatewayResponse withOrigin(
    AwsApiGatewayResponse response,
    AwsApiGatewayEvent event,
  ) {
    if (isForAll) return response.withHeaders(const {_allowOrigin: '*'});
    final origin = event.headers.origin;
    return response.varyingBy('Origin').withHeaders({
      if (origin != null && origins.contains(origin)) ...{
        _allowOrigin: origin,
        if (credentials) 'Access-Control-Allow-Credentials': 'true',
      },
    });
  }

  final preflight = AwsApiGatewayResponse(
    statusCode: HttpStatus.noContent,
    headers: {
      'Access-Control-Allow-Methods': methods.join(', '),
      'Access-Control-Allow-Headers': headers.join(', '),
      'Access-Control-Max-Age': '${maxAge.inSeconds}',
    },
  );
  final exposed = {
    if (exposedHeaders.isNotEmpty)
      'Access-Control-Expose-Headers': exposedHeaders.join(', '),
  };

  return (next) => (context, event) async {
    if (_isPreflight(event)) return withOrigin(preflight, event);
    final response = await next(context, event);
    return withOrigin(response.withHeaders(exposed), event);
  };
}

const _allowOrigin = 'Access-Control-Allow-Origin';

// https://fetch.spec.whatwg.org/#cors-preflight-request
bool _isPreflight(AwsApiGatewayEvent event) =>
    event.httpMethod == 'OPTIONS' &&
    event.headers.containsKey('Access-Control-Request-Method');
