import '../api_gateway_event.dart';
import '../json_fields.dart';
import 'event_json.dart';
import 'http_event.dart';

export 'authorizer_response.dart';

/// A request of a REST API to an authorizer that looks at one header, the token.
///
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-input.html
class AwsTokenAuthorizerEvent extends EventJson with AwsMethodArn {
  AwsTokenAuthorizerEvent.fromJson(super.raw);

  String get type => raw.string('type');

  /// The header as it came, such as `Bearer abc`.
  String get authorizationToken => raw.string('authorizationToken');
}

/// A request of a REST API, a WebSocket API, or an HTTP API with payload 1.0, to
/// an authorizer that looks at the whole of it.
class AwsRequestAuthorizerEvent extends EventJson with HttpEvent, AwsMethodArn {
  AwsRequestAuthorizerEvent.fromJson(super.raw);

  String get type => raw.string('type');

  /// `1.0` from an HTTP API; null from others.
  String? get version => raw.stringOrNull('version');

  /// What an HTTP API found of the identity sources, joined by commas.
  String? get identitySource => raw.stringOrNull('identitySource');
  String? get authorizationToken => raw.stringOrNull('authorizationToken');

  /// The route, the path and the method; null from a WebSocket API.
  String? get resource => raw.stringOrNull('resource');
  String? get path => raw.stringOrNull('path');
  String? get httpMethod => raw.stringOrNull('httpMethod');

  @override
  late final Map<String, List<String>> multiValueQueryStringParameters = raw
      .multiValues('multiValueQueryStringParameters', 'queryStringParameters');

  Map<String, String> get pathParameters => raw.texts('pathParameters');
  Map<String, String> get stageVariables => raw.texts('stageVariables');

  late final AwsApiGatewayEventRequestContext requestContext = raw.object(
    'requestContext',
    AwsApiGatewayEventRequestContext.fromJson,
  );
}

/// A request of an HTTP API, payload 2.0, to its authorizer.
///
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
class AwsHttpAuthorizerEvent extends EventJson with HttpEvent {
  AwsHttpAuthorizerEvent.fromJson(super.raw);

  String get version => raw.string('version');
  String get type => raw.string('type');
  String get routeArn => raw.string('routeArn');

  /// What the API found of the identity sources; empty if it has none.
  List<String> get identitySource => raw.textList('identitySource');

  /// The route, such as `GET /users/{id}` or `$default`.
  String get routeKey => raw.string('routeKey');
  String get rawPath => raw.string('rawPath');
  String get rawQueryString => raw.string('rawQueryString');
  List<String> get cookies => raw.textList('cookies');

  @override
  late final Map<String, List<String>> multiValueQueryStringParameters = Uri(
    query: rawQueryString,
  ).queryParametersAll;

  Map<String, String> get pathParameters => raw.texts('pathParameters');
  Map<String, String> get stageVariables => raw.texts('stageVariables');

  late final AwsApiGatewayEventRequestContext requestContext = raw.object(
    'requestContext',
    AwsApiGatewayEventRequestContext.fromJson,
  );
}

/// The ARNs by which a policy allows methods of an API.
mixin AwsMethodArn on EventJson {
  /// The method that is asked for:
  /// `arn:aws:execute-api:REGION:ACCOUNT:API/STAGE/GET/users/7`.
  String get methodArn => raw.string('methodArn');

  /// All methods of the stage. API Gateway keeps the response for a while, also
  /// for other methods, which a policy for [methodArn] alone would refuse.
  String get stageArn => '${methodArn.split('/').take(2).join('/')}/*';
}
