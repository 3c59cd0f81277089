import 'dart:convert';
import 'dart:typed_data';

import '../headers.dart';
import '../json_fields.dart';
import 'event_json.dart';

/// What the events of ALB, WebSocket APIs and authorizers have of a request.
mixin HttpEvent on EventJson {
  /// The headers, by a name in any case, with the last value of one that was
  /// sent repeatedly.
  late final AwsApiGatewayEventHeaders headers = AwsApiGatewayEventHeaders({
    ..._lastOf(multiValueHeaders),
    ...raw.texts('headers'),
  });

  /// Every value of every header, by a name in any case.
  late final Map<String, List<String>> multiValueHeaders = caseInsensitive(
    raw.multiValues('multiValueHeaders', 'headers'),
  );

  /// The query, with the last value of a parameter that was sent repeatedly.
  late final Map<String, String> queryStringParameters = _lastOf(
    multiValueQueryStringParameters,
  );

  /// The query, with every value of every parameter.
  Map<String, List<String>> get multiValueQueryStringParameters;

  Map<String, String> _lastOf(Map<String, List<String>> lists) => {
    for (final MapEntry(:key, :value) in lists.entries)
      if (value.isNotEmpty) key: value.last,
  };
}

/// What the events of ALB and WebSocket APIs have of a body.
mixin BodyEvent on EventJson {
  /// Whether the body came in base64. [body] and [bodyBytes] are decoded.
  bool get isBase64Encoded => raw.booleanOrNull('isBase64Encoded') ?? false;

  /// The body as text, or null if there is none.
  ///
  /// Throws a [FormatException] if it is not UTF-8.
  late final String? body = raw.fieldOrNull(
    'body',
    isBase64Encoded ? asBase64Text : asString,
  );

  /// The body as bytes, or null if there is none.
  late final Uint8List? bodyBytes = raw.fieldOrNull(
    'body',
    isBase64Encoded ? asBase64 : (value) => utf8.encode(asString(value)),
  );
}

extension MultiValues on Map<String, dynamic> {
  /// The lists of texts called [all], and the texts called [single] that are
  /// not among them.
  Map<String, List<String>> multiValues(String all, String single) => {
    for (final MapEntry(:key, :value) in texts(single).entries) key: [value],
    ...textLists(all),
  };
}
