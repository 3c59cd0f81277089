import 'dart:convert';

import '../headers.dart';
import '../json_fields.dart';
import 'event_json.dart';
import 'http_event.dart';

/// A request of an Application Load Balancer.
///
/// https://docs.aws.amazon.com/elasticloadbalancing/latest/application/lambda-functions.html
class AwsAlbEvent extends EventJson with HttpEvent, BodyEvent {
  AwsAlbEvent.fromJson(super.raw);

  String get httpMethod => raw.string('httpMethod');
  String get path => raw.string('path');
  String get targetGroupArn => raw
      .field('requestContext', asMap)
      .field('elb', asMap)
      .string('targetGroupArn');

  /// Whether the target group has multi-value headers enabled, so that the
  /// request and its response have them.
  bool get hasMultiValueHeaders => raw.containsKey('multiValueHeaders');

  /// The query, which a load balancer does not decode, decoded.
  @override
  late final Map<String, List<String>> multiValueQueryStringParameters = raw
      .multiValues('multiValueQueryStringParameters', 'queryStringParameters')
      .map(
        (name, values) =>
            MapEntry(decodeFormText(name), values.map(decodeFormText).toList()),
      );
}

/// The response to an [AwsAlbEvent].
class AwsAlbResponse {
  /// A response to [event], whose kind of headers it takes. A header is in
  /// [headers], or in [multiValueHeaders] if it has several values.
  ///
  /// Throws an [ArgumentError] if there are several values of `Set-Cookie` and
  /// the target group has no multi-value headers enabled: only those keep them.
  AwsAlbResponse(
    AwsAlbEvent event, {
    this.statusCode = 200,
    this.statusDescription,
    this.body = '',
    this.isBase64Encoded = false,
    Map<String, String> headers = const {},
    Map<String, List<String>> multiValueHeaders = const {},
  }) : _isMultiValue = event.hasMultiValueHeaders,
       headers = caseInsensitive({
         for (final MapEntry(:key, :value) in headers.entries) key: [value],
       })..addAll(multiValueHeaders) {
    if (!_isMultiValue && (this.headers['Set-Cookie']?.length ?? 0) > 1) {
      throw ArgumentError(
        'Several values of Set-Cookie need the attribute '
        'lambda.multi_value_headers.enabled of the target group.',
      );
    }
  }

  /// A response of JSON.
  AwsAlbResponse.json(
    AwsAlbEvent event,
    Object? value, {
    int statusCode = 200,
    Map<String, String> headers = const {},
    Map<String, List<String>> multiValueHeaders = const {},
  }) : this(
         event,
         body: json.encode(value),
         statusCode: statusCode,
         headers: caseInsensitive({'Content-Type': 'application/json'})
           ..addAll(headers),
         multiValueHeaders: multiValueHeaders,
       );

  /// A response of binary data, such as an image.
  AwsAlbResponse.bytes(
    AwsAlbEvent event,
    List<int> bytes, {
    String contentType = 'application/octet-stream',
    int statusCode = 200,
    Map<String, String> headers = const {},
    Map<String, List<String>> multiValueHeaders = const {},
  }) : this(
         event,
         body: base64.encode(bytes),
         isBase64Encoded: true,
         statusCode: statusCode,
         headers: caseInsensitive({'Content-Type': contentType})
           ..addAll(headers),
         multiValueHeaders: multiValueHeaders,
       );

  final int statusCode;

  /// The status as HTTP/1.1 writes it, such as `404 Not Found`.
  final String? statusDescription;
  final String body;

  /// Whether [body] is base64 of the real, binary body.
  final bool isBase64Encoded;

  /// Every value of every header, by a name in any case.
  final Map<String, List<String>> headers;
  final bool _isMultiValue;

  Map<String, dynamic> toJson() => {
    'statusCode': statusCode,
    if (statusDescription != null) 'statusDescription': statusDescription,
    if (_isMultiValue)
      'multiValueHeaders': headers
    else
      'headers': headers.map(
        (name, values) => MapEntry(name, values.join(', ')),
      ),
    'body': body,
    'isBase64Encoded': isBase64Encoded,
  };
}
