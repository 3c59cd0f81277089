import '../json_fields.dart';
import 'event_json.dart';
import 'http_event.dart';

/// A connection to a WebSocket API that begins or ends, or its message.
///
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
class AwsWebSocketEvent extends EventJson with HttpEvent, BodyEvent {
  AwsWebSocketEvent.fromJson(super.raw);

  /// The route: `$connect`, `$disconnect`, `$default` or one of the service.
  String get routeKey => requestContext.routeKey;
  AwsWebSocketEventType get eventType => requestContext.eventType;

  /// The id of the connection, by which messages are sent to it.
  String get connectionId => requestContext.connectionId;

  @override
  late final Map<String, List<String>> multiValueQueryStringParameters = raw
      .multiValues('multiValueQueryStringParameters', 'queryStringParameters');

  Map<String, String> get stageVariables => raw.texts('stageVariables');

  late final AwsWebSocketRequestContext requestContext = raw.object(
    'requestContext',
    AwsWebSocketRequestContext.fromJson,
  );
}

/// A kind of event of a connection.
extension type const AwsWebSocketEventType(String name) implements String {
  static const connect = AwsWebSocketEventType('CONNECT');
  static const message = AwsWebSocketEventType('MESSAGE');
  static const disconnect = AwsWebSocketEventType('DISCONNECT');
}

/// The connection, the API and the stage.
class AwsWebSocketRequestContext extends EventJson {
  AwsWebSocketRequestContext.fromJson(super.raw);

  String get routeKey => raw.string('routeKey');
  AwsWebSocketEventType get eventType =>
      AwsWebSocketEventType(raw.string('eventType'));
  String get connectionId => raw.string('connectionId');
  DateTime get connectedAt => raw.field('connectedAt', asEpochMillis);
  String get apiId => raw.string('apiId');
  String get domainName => raw.string('domainName');
  String get stage => raw.string('stage');
  String get requestId => raw.string('requestId');
  String? get extendedRequestId => raw.stringOrNull('extendedRequestId');

  /// When API Gateway got the message, in UTC.
  DateTime? get time => raw.fieldOrNull('requestTimeEpoch', asEpochMillis);

  /// The id of the message; null where a connection begins or ends.
  String? get messageId => raw.stringOrNull('messageId');
  String? get messageDirection => raw.stringOrNull('messageDirection');

  /// Why a connection ended: a code of RFC 6455, and the client's words.
  int? get disconnectStatusCode => raw.integerOrNull('disconnectStatusCode');
  String? get disconnectReason => raw.stringOrNull('disconnectReason');

  /// The address of the caller.
  String? get sourceIp => raw.mapOrEmpty('identity').stringOrNull('sourceIp');
  String? get userAgent => raw.mapOrEmpty('identity').stringOrNull('userAgent');

  /// What the authorizer of `$connect` found out; empty without one.
  Map<String, dynamic> get authorizer => raw.mapOrEmpty('authorizer');

  /// Where messages to the connection are posted to. An API with a domain of
  /// its own may have another path there than the stage.
  Uri get connectionUrl =>
      Uri.https(domainName, '/$stage/@connections/$connectionId');
}

/// The response to an [AwsWebSocketEvent].
///
/// A [statusCode] other than 200 to `$connect` refuses the connection. The
/// [body] is sent only if the route has a route response.
class AwsWebSocketResponse {
  const AwsWebSocketResponse({
    this.statusCode = 200,
    this.body,
    this.headers = const {},
  });

  final int statusCode;
  final String? body;

  /// Headers of the response to `$connect`, such as `Sec-WebSocket-Protocol`.
  final Map<String, String> headers;

  Map<String, dynamic> toJson() => {
    'statusCode': statusCode,
    if (headers.isNotEmpty) 'headers': headers,
    if (body != null) 'body': body,
  };
}
