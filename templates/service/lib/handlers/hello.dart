import '../runtime/runtime.dart';

/// `GET /hello`: greets the caller and tells what is known of the request.
Future<AwsApiGatewayResponse> helloApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  return AwsApiGatewayResponse.json({
    'message': 'Hello to ${context.requestId}',
    'host': event.headers.host,
    'userAgent': event.headers.userAgent,
  });
}
