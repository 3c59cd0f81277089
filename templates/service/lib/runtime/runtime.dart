/// An AWS Lambda runtime: it takes events from the Lambda Runtime API, hands
/// them to the handler of the function and posts back what that returns.
///
/// ```dart
/// Future<void> main() async {
///   final runtime = Runtime()
///     ..registerHandler<AwsApiGatewayEvent>('main.hello', helloApiGateway);
///
///   await runtime.invoke();
/// }
/// ```
library;

export 'api_gateway_event.dart';
export 'api_gateway_response.dart';
export 'context.dart';
export 'headers.dart' show AwsApiGatewayEventHeaders;
export 'http_pipeline.dart' hide HttpPipeline;
export 'http_problem.dart';
export 'json_fields.dart' hide checkJson, fieldOf, refuseText;
export 'json_model.dart';
export 'lambda_runtime.dart';
export 'log.dart' show log;
export 'middleware.dart';
export 'parameters.dart' show ListParameters, Parameters;
export 'response_headers.dart';
