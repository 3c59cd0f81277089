import 'dart:collection';

/// The headers of a request: a map that finds a name in any case, as HTTP
/// wants it, with getters for the common ones.
///
/// A header that was sent more than once has its last value with a REST API,
/// and all of them joined by commas with an HTTP API.
class AwsApiGatewayEventHeaders extends UnmodifiableMapView<String, String> {
  AwsApiGatewayEventHeaders(Map<String, String> headers)
    : super(caseInsensitive(headers));

  String? get accept => this['accept'];
  String? get acceptEncoding => this['accept-encoding'];
  String? get acceptLanguage => this['accept-language'];
  String? get authorization => this['authorization'];
  String? get cacheControl => this['cache-control'];
  String? get contentType => this['content-type'];
  String? get cookie => this['cookie'];
  String? get host => this['host'];
  String? get ifNoneMatch => this['if-none-match'];
  String? get origin => this['origin'];
  String? get referer => this['referer'];
  String? get upgradeInsecureRequests => this['upgrade-insecure-requests'];
  String? get userAgent => this['user-agent'];
  String? get via => this['via'];
  String? get xAmznTraceId => this['x-amzn-trace-id'];
  String? get xForwardedFor => this['x-forwarded-for'];
  String? get xForwardedPort => this['x-forwarded-port'];
  String? get xForwardedProto => this['x-forwarded-proto'];
}

/// A copy of [map] that finds its keys in any case.
Map<String, V> caseInsensitive<V>(Map<String, V> map) =>
    LinkedHashMap<String, V>(
      equals: (a, b) => a.toLowerCase() == b.toLowerCase(),
      hashCode: (key) => key.toLowerCase().hashCode,
    )..addAll(map);
