import 'app.dart';
import 'runtime/runtime.dart';
import 'runtime/shelf.dart';

/// One executable serves every function of the service: the name given here
/// is the `handler` of a function in serverless.yml.
Future<void> main() async {
  final runtime = Runtime()
    ..registerHandler<AwsApiGatewayEvent>('main.app', serveHandler(app));

  await runtime.invoke();
}
