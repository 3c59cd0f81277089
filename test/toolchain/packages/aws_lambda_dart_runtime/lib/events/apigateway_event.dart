import 'dart:convert';

import '../runtime/event.dart';

/// What a handler returns to API Gateway.
class AwsApiGatewayResponse {
  AwsApiGatewayResponse({
    this.body,
    bool this.isBase64Encoded = false,
    Map<String, String>? headers,
    int? statusCode,
  }) : headers = headers ?? {'Content-Type': 'application/json'},
       statusCode = statusCode ?? 200;

  /// Headers that are given replace the type of the content.
  factory AwsApiGatewayResponse.fromJson(
    Map<String, dynamic> body, {
    bool isBase64Encoded = false,
    int statusCode = 200,
    Map<String, String>? headers,
  }) => AwsApiGatewayResponse(
    body: json.encode(body),
    isBase64Encoded: isBase64Encoded,
    headers: headers,
    statusCode: statusCode,
  );

  String? body;
  bool? isBase64Encoded;
  int? statusCode;
  Map<String, String>? headers;

  Map<String, dynamic> toJson() => {
    if (body != null) 'body': body,
    'isBase64Encoded': isBase64Encoded,
    'statusCode': statusCode,
    if (headers != null) 'headers': headers,
  };
}

/// A request in payload format 1.0. Whether its body is in base64 is not read.
class AwsApiGatewayEvent extends Event {
  const AwsApiGatewayEvent({
    this.resource,
    this.path,
    this.httpMethod,
    this.body,
    this.headers,
    this.queryStringParameters,
    this.pathParameters,
    this.stageVariables,
  });

  factory AwsApiGatewayEvent.fromJson(Map<String, dynamic> json) {
    final headers = json['headers'] as Map<String, dynamic>?;
    return AwsApiGatewayEvent(
      resource: json['resource'] as String?,
      path: json['path'] as String?,
      httpMethod: json['httpMethod'] as String?,
      body: json['body'] as String?,
      headers: headers == null
          ? null
          : AwsApiGatewayEventHeaders.fromJson(headers),
      queryStringParameters:
          json['queryStringParameters'] as Map<String, dynamic>?,
      pathParameters: json['pathParameters'] as Map<String, dynamic>?,
      stageVariables: json['stageVariables'] as Map<String, dynamic>?,
    );
  }

  final String? resource;
  final String? path;
  final String? httpMethod;
  final String? body;
  final AwsApiGatewayEventHeaders? headers;
  final Map<String, dynamic>? queryStringParameters;
  final Map<String, dynamic>? pathParameters;
  final Map<String, dynamic>? stageVariables;
}

/// The headers of a fixed list, in the spelling of a REST API only.
class AwsApiGatewayEventHeaders {
  AwsApiGatewayEventHeaders.fromJson(this.raw)
    : accept = raw['Accept'] as String?,
      host = raw['Host'] as String?,
      userAgent = raw['User-Agent'] as String?,
      xForwardedFor = raw['X-Forwarded-For'] as String?;

  final String? accept;
  final String? host;
  final String? userAgent;
  final String? xForwardedFor;
  final Map<String, dynamic> raw;
}
