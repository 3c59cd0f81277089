import 'dart:io';

import 'api_gateway_response.dart';

/// Why a request is refused. A handler throws it, and the runtime makes the
/// response of it:
///
/// ```dart
/// throw HttpProblem.notFound('There is no order $id.');
/// ```
///
/// The caller gets `application/problem+json`, as
/// [RFC 9457](https://www.rfc-editor.org/rfc/rfc9457) has it:
/// `{"status": 404, "title": "Not Found", "detail": "There is no order 7."}`.
class HttpProblem implements Exception {
  /// A problem of any status, such as `HttpProblem(402, 'Payment Required')`.
  const HttpProblem(this.status, this.title, [this.detail])
    : extensions = const {},
      headers = const {};

  /// A problem with more to tell: [extensions] in its JSON, and [headers].
  const HttpProblem.extended(
    this.status,
    this.title, {
    this.detail,
    this.extensions = const {},
    this.headers = const {},
  });

  /// 401: nobody knows who the caller is.
  const HttpProblem.unauthorized([String? detail])
    : this.extended(
        HttpStatus.unauthorized,
        'Unauthorized',
        detail: detail,
        // https://www.rfc-editor.org/rfc/rfc9110#section-15.5.2 asks for it.
        headers: const {'WWW-Authenticate': 'Bearer'},
      );

  /// 403: the caller is known, and may not do this.
  const HttpProblem.forbidden([String? detail])
    : this(HttpStatus.forbidden, 'Forbidden', detail);

  /// 404: what the path names is not there.
  const HttpProblem.notFound([String? detail])
    : this(HttpStatus.notFound, 'Not Found', detail);

  /// 409: what is there already is against it.
  const HttpProblem.conflict([String? detail])
    : this(HttpStatus.conflict, 'Conflict', detail);

  /// 422: the request can be read, but breaks a rule of the service.
  const HttpProblem.unprocessable([String? detail])
    : this(HttpStatus.unprocessableEntity, 'Unprocessable Content', detail);

  /// The HTTP status.
  final int status;

  /// What kind of problem it is, in the same words each time.
  final String title;

  /// What is wrong this time. The caller reads it.
  final String? detail;

  /// More members of the JSON, such as `type`, or ones of your own.
  final Map<String, Object?> extensions;

  /// Headers of the response, such as `Retry-After`.
  final Map<String, String> headers;

  Map<String, Object?> toJson() => {
    'status': status,
    'title': title,
    if (detail != null) 'detail': detail,
    ...extensions,
  };

  /// The response that the caller gets.
  AwsApiGatewayResponse toResponse() => AwsApiGatewayResponse.json(
    toJson(),
    statusCode: status,
    headers: {'Content-Type': 'application/problem+json', ...headers},
  );

  @override
  String toString() =>
      detail == null ? '$status $title' : '$status $title: $detail';
}

/// 400: a body or a parameter is not what the handler reads.
///
/// It is a [FormatException] too, as handlers of older services catch that.
class BadRequest extends HttpProblem implements FormatException {
  /// A problem of the [field] of the body or of the [parameter] of the path or
  /// the query, which the JSON names.
  const BadRequest(String message, {this.field, this.parameter})
    : super(HttpStatus.badRequest, 'Bad Request', message);

  /// The field, such as `items[0].price`; null if it is none.
  final String? field;

  /// The parameter, such as `id`; null if it is none.
  final String? parameter;

  @override
  Map<String, Object?> get extensions => {
    if (field != null) 'field': field,
    if (parameter != null) 'parameter': parameter,
  };

  @override
  String get message => detail ?? title;

  @override
  Object? get source => null;

  @override
  int? get offset => null;
}
