import 'api_gateway_event.dart';
import 'events/alb.dart';
import 'events/event_json.dart';
import 'headers.dart';
import 'json_fields.dart';

@Deprecated('Use AwsAlbEvent')
class AwsALBEvent extends AwsAlbEvent {
  AwsALBEvent.fromJson(super.raw) : super.fromJson();

  @Deprecated('Use targetGroupArn')
  Map<String, dynamic> get context => raw.mapOrEmpty('requestContext');
}

@Deprecated('Use AwsAlbResponse, which can have several values of a header')
class AwsALBResponse {
  AwsALBResponse({
    this.body = '',
    this.isBase64Encoded = false,
    this.statusCode = 200,
    this.statusDescription = '200 OK',
    this.headers = const {'Content-Type': 'text/html; charset=utf-8'},
  });

  factory AwsALBResponse.fromString(
    String body, {
    bool isBase64Encoded = false,
    int statusCode = 200,
    String? statusDescription,
    Map<String, String>? headers,
  }) => AwsALBResponse(
    body: body,
    isBase64Encoded: isBase64Encoded,
    statusCode: statusCode,
    statusDescription: statusDescription ?? '200 OK',
    headers: headers ?? const {'Content-Type': 'text/html; charset=utf-8'},
  );

  String body;
  bool isBase64Encoded;
  int statusCode;
  String statusDescription;
  Map<String, String> headers;

  Map<String, dynamic> toJson() => {
    'body': body,
    'isBase64Encoded': isBase64Encoded,
    'statusCode': statusCode,
    'statusDescription': statusDescription,
    'headers': headers,
  };
}

/// The headers of CloudFront, which an API with an edge endpoint gets.
extension CloudFrontHeaders on AwsApiGatewayEventHeaders {
  String? get cloudfrontForwardProto => this['CloudFront-Forwarded-Proto'];
  String? get cloudfrontIsDesktopViewer => this['CloudFront-Is-Desktop-Viewer'];
  String? get cloudfrontIsMobileViewer => this['CloudFront-Is-Mobile-Viewer'];
  String? get cloudfrontIsSmartTvViewer => this['CloudFront-Is-SmartTV-Viewer'];
  String? get cloudfrontIsTabletViewer => this['CloudFront-Is-Tablet-Viewer'];
  String? get cloudfrontViewerCountry => this['CloudFront-Viewer-Country'];
  String? get xAmzCfId => this['X-Amz-Cf-Id'];
  Map<String, dynamic> get raw => this;
}

/// What a REST API has in the context of a request.
extension RestRequestContext on AwsApiGatewayEventRequestContext {
  String? get resourceId => raw.stringOrNull('resourceId');
  String? get resourcePath => raw.stringOrNull('resourcePath');
  String? get httpMethod => raw.stringOrNull('httpMethod');
}
