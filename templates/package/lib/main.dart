import 'package:aws_lambda_dart_runtime/aws_lambda_dart_runtime.dart';

import 'handlers/hello.dart';
import 'handlers/post_request.dart';

/// One executable serves every function of the service: the name given here
/// is the `handler` of a function in serverless.yml.
void main() {
  Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    ..registerHandler<AwsApiGatewayEvent>('main.postRequest', postApiGateway)
    ..invoke();
}
