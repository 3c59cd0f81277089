import 'dart:convert';
import 'dart:io';

import 'headers.dart';

/// The response to an [AwsApiGatewayEvent].
///
/// The runtime writes it as the API that sent the event wants it, so the same
/// response is right for a REST API, an HTTP API and a Function URL.
class AwsApiGatewayResponse {
  /// A response with a ready [body]. JSON is easier with
  /// [AwsApiGatewayResponse.json], bytes with [AwsApiGatewayResponse.bytes].
  const AwsApiGatewayResponse({
    this.body = '',
    this.isBase64Encoded = false,
    this.statusCode = HttpStatus.ok,
    this.headers = const {'Content-Type': 'application/json'},
    this.multiValueHeaders = const {},
    this.cookies = const [],
  });

  /// A response of JSON: of [value], which is encoded right here, so that an
  /// object that JSON cannot hold shows up in the handler.
  AwsApiGatewayResponse.json(
    Object? value, {
    int statusCode = HttpStatus.ok,
    Map<String, String> headers = const {},
    Map<String, List<String>> multiValueHeaders = const {},
    List<String> cookies = const [],
  }) : this(
         body: json.encode(value),
         statusCode: statusCode,
         headers: _withContentType(headers, 'application/json'),
         multiValueHeaders: multiValueHeaders,
         cookies: cookies,
       );

  /// The name of [AwsApiGatewayResponse.json] in `aws_lambda_dart_runtime`.
  @Deprecated('Use AwsApiGatewayResponse.json')
  AwsApiGatewayResponse.fromJson(
    Map<String, dynamic> body, {
    int statusCode = HttpStatus.ok,
    Map<String, String> headers = const {},
  }) : this.json(body, statusCode: statusCode, headers: headers);

  /// A response of binary data, such as an image. A REST API passes it on as
  /// such only for the types in its `binaryMediaTypes`.
  AwsApiGatewayResponse.bytes(
    List<int> bytes, {
    String contentType = 'application/octet-stream',
    int statusCode = HttpStatus.ok,
    Map<String, String> headers = const {},
    Map<String, List<String>> multiValueHeaders = const {},
    List<String> cookies = const [],
  }) : this(
         body: base64.encode(bytes),
         isBase64Encoded: true,
         statusCode: statusCode,
         headers: _withContentType(headers, contentType),
         multiValueHeaders: multiValueHeaders,
         cookies: cookies,
       );

  /// What is sent to the caller.
  final String body;

  /// Whether [body] is base64 of the real, binary body.
  final bool isBase64Encoded;

  /// The HTTP status, 200 unless told otherwise.
  final int statusCode;

  /// The headers, each with one value.
  final Map<String, String> headers;

  /// The headers that have more than one value.
  final Map<String, List<String>> multiValueHeaders;

  /// Values of `Set-Cookie`, such as `session=42; HttpOnly`.
  final List<String> cookies;

  /// This response as a REST API reads it, or an HTTP API if [payloadV2].
  Map<String, dynamic> toJson({bool payloadV2 = false}) => {
    'statusCode': statusCode,
    ...payloadV2 ? _headersV2() : _headersV1(),
    'body': body,
    'isBase64Encoded': isBase64Encoded,
  };

  Map<String, dynamic> _headersV1() {
    final repeated = caseInsensitive(multiValueHeaders);
    if (cookies.isNotEmpty) {
      repeated['Set-Cookie'] = [...?repeated['Set-Cookie'], ...cookies];
    }
    return {
      'headers': headers,
      if (repeated.isNotEmpty) 'multiValueHeaders': repeated,
    };
  }

  // An HTTP API knows no multiValueHeaders: it takes the values of a header
  // joined by commas, except for Set-Cookie, which has a list of its own.
  Map<String, dynamic> _headersV2() {
    final joined = caseInsensitive(headers);
    final repeated = caseInsensitive(multiValueHeaders);
    final allCookies = [...cookies, ...?repeated.remove('Set-Cookie')];
    for (final MapEntry(key: name, value: values) in repeated.entries) {
      joined.update(
        name,
        (value) => [value, ...values].join(','),
        ifAbsent: () => values.join(','),
      );
    }
    return {
      'headers': joined,
      if (allCookies.isNotEmpty) 'cookies': allCookies,
    };
  }
}

Map<String, String> _withContentType(
  Map<String, String> headers,
  String contentType,
) => caseInsensitive({'Content-Type': contentType})..addAll(headers);
