import 'handlers/hello.dart';
import 'handlers/post_request.dart';
import 'runtime/runtime.dart';

/// One executable serves every function of the service: the name given here
/// is the `handler` of a function in serverless.yml.
Future<void> main() async {
  final runtime = Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway)
    ..registerHandler<AwsApiGatewayEvent>('main.postRequest', postApiGateway);

  await runtime.invoke();
}
