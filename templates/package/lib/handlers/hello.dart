import 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';
import 'package:aws_lambda_dart_runtime/runtime/context.dart';

/// `GET /hello`: greets the caller and tells what is known of the request.
Future<AwsApiGatewayResponse> helloApiGateway(
  Context context,
  AwsApiGatewayEvent event,
) async {
  return AwsApiGatewayResponse.fromJson({
    'message': 'Hello to ${context.requestId}',
    'host': event.headers?.host,
    'userAgent': event.headers?.userAgent,
  });
}
