import 'dart:io';

import '../client/client.dart';

/// What is known of an invocation.
class Context {
  Context({
    String? handler,
    String? functionName,
    String? functionMemorySize,
    String? region,
    required String this.requestId,
    String? invokedFunction,
  }) : handler = handler ?? _env['_HANDLER'],
       functionName = functionName ?? _env['AWS_LAMBDA_FUNCTION_NAME'],
       functionVersion = _env['AWS_LAMBDA_FUNCTION_VERSION'],
       functionMemorySize =
           functionMemorySize ?? _env['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'],
       region = region ?? _env['AWS_REGION'],
       invokedFunctionArn = invokedFunction {
    assert(handler != null);
  }

  static Context fromNextInvocation(NextInvocation invocation) => Context(
    handler: Client.handlerName,
    requestId: invocation.requestId,
    invokedFunction: invocation.invokedFunctionArn,
  );

  static final Map<String, String> _env = Platform.environment;

  String? handler;
  String? functionName;
  String? functionVersion;

  /// A string.
  String? functionMemorySize;
  String? region;
  String? requestId;
  String? invokedFunctionArn;
}
