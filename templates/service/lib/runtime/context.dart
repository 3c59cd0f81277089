import 'dart:async';
import 'dart:convert';

/// What Lambda tells about one invocation, and about the function it is for.
class Context {
  /// A context made by hand, for a test: `Context(requestId: 'test')`.
  Context({
    required this.requestId,
    this.handler = '',
    this.functionName = '',
    this.functionVersion = r'$LATEST',
    this.invokedFunctionArn = '',
    this.memoryLimit = 128,
    this.logGroupName = '',
    this.logStreamName = '',
    this.region = '',
    DateTime? deadline,
    this.traceId,
    this.tenantId,
    this.clientContext,
    this.cognitoIdentity,
  }) : deadline =
           deadline ?? DateTime.timestamp().add(const Duration(minutes: 1));

  /// The context of the invocation with these [headers], by their names in
  /// lower case, in a function with this [environment].
  factory Context.fromInvocation(
    Map<String, String> headers,
    Map<String, String> environment,
  ) {
    String header(String name) => headers['lambda-runtime-$name'] ?? '';
    final deadline = int.tryParse(header('deadline-ms'));
    return Context(
      requestId: header('aws-request-id'),
      invokedFunctionArn: header('invoked-function-arn'),
      deadline: deadline == null
          ? null
          : DateTime.fromMillisecondsSinceEpoch(deadline, isUtc: true),
      traceId: headers['lambda-runtime-trace-id'],
      tenantId: headers['lambda-runtime-aws-tenant-id'],
      clientContext: _decode(header('client-context')),
      cognitoIdentity: _decode(header('cognito-identity')),
      handler: environment['_HANDLER'] ?? '',
      functionName: environment['AWS_LAMBDA_FUNCTION_NAME'] ?? '',
      functionVersion: environment['AWS_LAMBDA_FUNCTION_VERSION'] ?? '',
      memoryLimit:
          int.tryParse(environment['AWS_LAMBDA_FUNCTION_MEMORY_SIZE'] ?? '') ??
          0,
      logGroupName: environment['AWS_LAMBDA_LOG_GROUP_NAME'] ?? '',
      logStreamName: environment['AWS_LAMBDA_LOG_STREAM_NAME'] ?? '',
      region: environment['AWS_REGION'] ?? '',
    );
  }

  /// The context of the invocation that the caller of this getter belongs to,
  /// or null outside of one.
  ///
  /// It is for code that is not handed the context, such as a logger or a
  /// tracer: a Dart program cannot set its own environment, so [traceId] is
  /// here and not in `_X_AMZN_TRACE_ID`, where other runtimes put it.
  static Context? get current => Zone.current[Context] as Context?;

  /// The id of this invocation, which is also in every log line of Lambda.
  final String requestId;

  /// The name of the handler, such as `main.hello`.
  final String handler;

  final String functionName;
  final String functionVersion;

  /// The ARN by which the function was called, perhaps that of an alias.
  final String invokedFunctionArn;

  /// The memory of the function, in MB.
  final int memoryLimit;

  final String logGroupName;
  final String logStreamName;
  final String region;

  /// When Lambda ends this invocation, in UTC.
  final DateTime deadline;

  /// The X-Ray trace that this invocation belongs to.
  final String? traceId;

  /// Whom this environment serves, where the function isolates its tenants.
  final String? tenantId;

  /// What a mobile app sent about itself; null from any other caller.
  final Map<String, dynamic>? clientContext;

  /// The Cognito identity that a mobile app called with.
  final Map<String, dynamic>? cognitoIdentity;

  /// The time left until the [deadline].
  Duration get remainingTime => deadline.difference(DateTime.timestamp());
}

// HTTP headers are read as Latin-1, but the JSON inside is UTF-8.
Map<String, dynamic>? _decode(String header) {
  try {
    final Object? value = json.decode(utf8.decode(latin1.encode(header)));
    return value is Map<String, dynamic> ? value : null;
  } on FormatException {
    return null;
  }
}
