import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

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
  }) : bodyStream = null;

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

  /// A response whose body is sent while it is made, such as a large download,
  /// or the events of a `text/event-stream`.
  ///
  /// That takes a function that is called so, and a handler that is registered
  /// with `streams: true`. Elsewhere the pieces are collected, and sent as one.
  /// What [pieces] throws before the first piece is an error of the handler;
  /// after it, it breaks the response off.
  AwsApiGatewayResponse.stream(
    Stream<List<int>> pieces, {
    String contentType = 'application/octet-stream',
    this.statusCode = HttpStatus.ok,
    Map<String, String> headers = const {},
    this.multiValueHeaders = const {},
    this.cookies = const [],
  }) : body = '',
       bodyStream = pieces,
       isBase64Encoded = false,
       headers = _withContentType(headers, contentType);

  const AwsApiGatewayResponse._({
    required this.body,
    required this.bodyStream,
    required this.isBase64Encoded,
    required this.statusCode,
    required this.headers,
    required this.multiValueHeaders,
    required this.cookies,
  });

  /// What is sent to the caller; empty where [bodyStream] is.
  final String body;

  /// What is sent to the caller in pieces, or null. It can be read once.
  final Stream<List<int>>? bodyStream;

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

  /// This response with the pieces of [bodyStream] in its [body]: as text, or in
  /// base64 where they are not UTF-8.
  Future<AwsApiGatewayResponse> collect() async {
    final pieces = bodyStream;
    if (pieces == null) return this;
    final builder = BytesBuilder();
    await pieces.forEach(builder.add);
    final bytes = builder.takeBytes();
    final text = _textOf(bytes);
    return copyWith(
      body: text ?? base64.encode(bytes),
      isBase64Encoded: text == null,
    );
  }

  /// A copy with other values for what is given.
  AwsApiGatewayResponse copyWith({
    String? body,
    bool? isBase64Encoded,
    int? statusCode,
    Map<String, String>? headers,
    Map<String, List<String>>? multiValueHeaders,
    List<String>? cookies,
  }) => AwsApiGatewayResponse._(
    body: body ?? this.body,
    bodyStream: body == null ? bodyStream : null,
    isBase64Encoded: isBase64Encoded ?? this.isBase64Encoded,
    statusCode: statusCode ?? this.statusCode,
    headers: headers ?? this.headers,
    multiValueHeaders: multiValueHeaders ?? this.multiValueHeaders,
    cookies: cookies ?? this.cookies,
  );

  /// This response as a REST API reads it, or an HTTP API if [payloadV2].
  ///
  /// Throws a [StateError] if it has to be [collect]ed first.
  Map<String, dynamic> toJson({bool payloadV2 = false}) {
    if (bodyStream != null) throw StateError('The body is a stream: collect()');
    return {
      ..._head(payloadV2),
      'body': body,
      'isBase64Encoded': isBase64Encoded,
    };
  }

  /// This response as a REST API reads it that streams, or a Function URL if
  /// [payloadV2]: the status and the headers, and then the body. They come with
  /// its first piece, as nothing can be an error of the handler after them.
  Stream<List<int>> toStream({bool payloadV2 = false}) async* {
    // https://docs.aws.amazon.com/apigateway/latest/developerguide/response-transfer-mode-lambda.html
    final begin = BytesBuilder()
      ..add(utf8.encode(json.encode(_head(payloadV2))))
      ..add(Uint8List(8));
    final whole = isBase64Encoded ? base64.decode(body) : utf8.encode(body);
    await for (final piece in bodyStream ?? Stream.value(whole)) {
      yield begin.isEmpty ? piece : (begin..add(piece)).takeBytes();
    }
    if (begin.isNotEmpty) yield begin.takeBytes();
  }

  Map<String, dynamic> _head(bool payloadV2) => {
    'statusCode': statusCode,
    ...payloadV2 ? _headersV2() : _headersV1(),
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

/// The text that is these bytes in UTF-8, or null.
String? _textOf(Uint8List bytes) {
  try {
    final text = utf8.decode(bytes);
    // A byte order mark is taken off in decoding, but it is part of the body.
    return utf8.encode(text).length == bytes.length ? text : '\ufeff$text';
  } on FormatException {
    return null;
  }
}

Map<String, String> _withContentType(
  Map<String, String> headers,
  String contentType,
) => caseInsensitive({'Content-Type': contentType})..addAll(headers);
