import 'dart:convert';
import 'dart:typed_data';

import 'headers.dart';
import 'http_problem.dart';
import 'json_fields.dart';

/// A request, as API Gateway or a Function URL hands it to a function.
///
/// REST APIs (payload 1.0) and HTTP APIs and Function URLs (payload 2.0) send
/// different JSON. This class reads both, so a handler does not depend on which
/// of them it is behind. What an event lacks is empty or null: even `{}`, the
/// event of a plain `aws lambda invoke`, can be read.
class AwsApiGatewayEvent {
  /// An event from its decoded JSON. A test may give just the parts it needs.
  AwsApiGatewayEvent.fromJson(this.raw);

  /// The event as it came, for whatever has no getter here.
  final Map<String, dynamic> raw;

  /// Whether [event], decoded JSON, is of an HTTP API or a Function URL.
  static bool isPayloadV2(Object? event) =>
      event is Map<String, dynamic> && event['version'] == '2.0';

  /// The method of the request, such as `GET`.
  String get httpMethod =>
      _string(raw['httpMethod']) ??
      _string(requestContext._http['method']) ??
      '';

  /// The path of the request. An HTTP API puts its stage in front of it,
  /// unless that is `$default`.
  String get path => _string(raw['path']) ?? _string(raw['rawPath']) ?? '';

  /// The path of the route that took the request, such as `/users/{id}`.
  String get resource => _string(raw['resource']) ?? routeKey.split(' ').last;

  /// The route that took the request, such as `GET /users/{id}` or `$default`.
  String get routeKey =>
      _string(raw['routeKey']) ??
      '$httpMethod ${_string(raw['resource']) ?? ''}'.trim();

  /// The headers, by a name in any case: `headers.host`, `headers['x-my-own']`.
  late final AwsApiGatewayEventHeaders headers = AwsApiGatewayEventHeaders(
    _strings(raw['headers']),
  );

  /// Every value of every header, by a name in any case. An HTTP API joins the
  /// values by commas before this function sees them.
  late final Map<String, List<String>> multiValueHeaders = caseInsensitive(
    _lists(raw['multiValueHeaders'] ?? headers),
  );

  /// The query, with the last value of a parameter that was sent repeatedly.
  late final Map<String, String> queryStringParameters =
      multiValueQueryStringParameters.map(
        (name, values) => MapEntry(name, values.last),
      );

  /// The query, with every value of every parameter.
  late final Map<String, List<String>> multiValueQueryStringParameters =
      switch (raw) {
        {'rawQueryString': final String query} => _parseQuery(query),
        {'multiValueQueryStringParameters': final Map<String, dynamic> all} =>
          _lists(all),
        _ => _lists(raw['queryStringParameters']),
      };

  /// What stood in the place of the route's parameters: `{'id': '7'}`. It is
  /// decoded, also of a REST API, which leaves that to the function.
  late final Map<String, String> pathParameters = switch (raw['version']) {
    null => _strings(
      raw['pathParameters'],
    ).map((name, value) => MapEntry(name, _decode(value, Uri.decodeComponent))),
    _ => _strings(raw['pathParameters']),
  };

  /// The variables that are set on the stage of the API.
  late final Map<String, String> stageVariables = _strings(
    raw['stageVariables'],
  );

  /// The cookies by name.
  late final Map<String, String> cookies = _parseCookies(
    switch (raw['cookies']) {
      final List<dynamic> cookies => cookies.join(';'),
      _ => headers.cookie ?? '',
    },
  );

  /// The caller, the API and the stage.
  late final AwsApiGatewayEventRequestContext requestContext =
      AwsApiGatewayEventRequestContext.fromJson(_object(raw['requestContext']));

  /// Whether the body came in base64. [body] and [bodyBytes] are decoded.
  bool get isBase64Encoded => raw['isBase64Encoded'] == true;

  /// The body as text, or null if there is none.
  ///
  /// Throws a [FormatException] if it is not UTF-8.
  late final String? body = switch (raw['body']) {
    null => null,
    final String _ when isBase64Encoded => _decodeUtf8(bodyBytes!),
    final String text => text,
    final other => json.encode(other),
  };

  /// The body as bytes, such as an upload, or null if there is none.
  late final Uint8List? bodyBytes = switch (raw['body']) {
    null => null,
    final String text when isBase64Encoded => base64.decode(text),
    _ => utf8.encode(body!),
  };

  /// The body, as [decode] reads it: `event.read(createOrderRequestFromJson)`.
  ///
  /// Throws a [BadRequest] where [decode] throws a [FormatException]. It has
  /// the same message, which the caller gets, and names the field.
  T read<T>(T Function(String body) decode) {
    try {
      return decode(body ?? '');
    } on HttpProblem {
      rethrow;
    } on FormatException catch (error) {
      throw BadRequest(error.message, field: fieldOf(error));
    }
  }

  /// The event as it came, so that it can be logged with `json.encode`.
  Map<String, dynamic> toJson() => raw;
}

/// Where a request came from, and which API and stage took it: what API Gateway
/// knows of it besides HTTP.
class AwsApiGatewayEventRequestContext {
  const AwsApiGatewayEventRequestContext.fromJson(this.raw);

  /// The context as it came, for whatever has no getter here.
  final Map<String, dynamic> raw;

  String? get accountId => _string(raw['accountId']);
  String? get apiId => _string(raw['apiId']);
  String? get domainName => _string(raw['domainName']);
  String? get requestId => _string(raw['requestId']);
  String? get stage => _string(raw['stage']);

  /// The address of the caller.
  String? get sourceIp =>
      _string(_http['sourceIp']) ?? _string(_identity['sourceIp']);

  String? get userAgent =>
      _string(_http['userAgent']) ?? _string(_identity['userAgent']);

  /// When API Gateway got the request, in UTC.
  DateTime? get time => switch (raw['timeEpoch'] ?? raw['requestTimeEpoch']) {
    final int epoch => DateTime.fromMillisecondsSinceEpoch(epoch, isUtc: true),
    _ => null,
  };

  /// What the authorizer of the route found out; empty without one.
  Map<String, dynamic> get authorizer => _object(raw['authorizer']);

  // Payload 2.0 has the caller in `http`, 1.0 in `identity`.
  Map<String, dynamic> get _http => _object(raw['http']);
  Map<String, dynamic> get _identity => _object(raw['identity']);
}

String? _string(Object? json) => json is String ? json : null;

Map<String, dynamic> _object(Object? json) =>
    json is Map<String, dynamic> ? json : const {};

Map<String, String> _strings(Object? json) => {
  for (final MapEntry(:key, :value) in _object(json).entries)
    if (value != null) key: '$value',
};

Map<String, List<String>> _lists(Object? json) => {
  for (final MapEntry(:key, :value) in _object(json).entries)
    if (value is! List)
      key: ['$value']
    else if (value.isNotEmpty)
      key: [for (final item in value) '$item'],
};

Map<String, List<String>> _parseQuery(String query) {
  final parameters = <String, List<String>>{};
  for (final pair in query.split('&')) {
    if (pair.isEmpty) continue;
    final (name, value) = _splitPair(pair);
    parameters
        .putIfAbsent(_decode(name, Uri.decodeQueryComponent), () => [])
        .add(_decode(value, Uri.decodeQueryComponent));
  }
  return parameters;
}

Map<String, String> _parseCookies(String header) {
  final cookies = <String, String>{};
  for (final pair in header.split(';')) {
    if (pair.trim().isEmpty) continue;
    final (name, value) = _splitPair(pair.trim());
    cookies.putIfAbsent(name, () => value);
  }
  return cookies;
}

(String, String) _splitPair(String pair) {
  final equals = pair.indexOf('=');
  return equals < 0
      ? (pair, '')
      : (pair.substring(0, equals), pair.substring(equals + 1));
}

// A path or a query is the caller's text and may be anything: Uri throws an
// ArgumentError on `100%`, and a FormatException on `%FF`, which is no UTF-8.
// Then it stays as it is.
String _decode(String text, String Function(String) decode) {
  try {
    return decode(text);
  } on ArgumentError {
    return text;
  } on FormatException {
    return text;
  }
}

String _decodeUtf8(List<int> bytes) {
  try {
    return utf8.decode(bytes);
  } on FormatException {
    throw const FormatException('The body is not UTF-8 text.');
  }
}
