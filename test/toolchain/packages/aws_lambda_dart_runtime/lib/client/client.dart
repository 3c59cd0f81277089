import 'dart:convert';
import 'dart:io';

/// What the Runtime API hands to the function.
class NextInvocation {
  const NextInvocation({
    required this.requestId,
    required this.response,
    this.deadlineMs,
    this.invokedFunctionArn,
  });

  final String requestId;
  final Map<String, dynamic> response;

  /// Its header is read, and nothing uses it.
  final String? deadlineMs;

  /// Always null: it is read from a header that Lambda does not send.
  final String? invokedFunctionArn;
}

class InvocationError {
  const InvocationError(this.error, this.stackTrace);

  final Object error;
  final StackTrace stackTrace;

  /// Has neither the type of the error nor its stack trace.
  Map<String, dynamic> toJson() => {
    'errorMessage': '$error',
    'errorType': 'InvocationError',
  };
}

/// Speaks to the Runtime API.
class Client {
  final HttpClient _http = HttpClient();

  static String? get handlerName => Platform.environment['_HANDLER'];

  Future<NextInvocation> next() async {
    final request = await _http.getUrl(_uri('next'));
    final response = await request.close();
    final text = await utf8.decodeStream(response);
    // An event that is no object throws here, where nothing catches it: the process ends.
    final event = (json.decode(text) as Map<dynamic, dynamic>)
        .cast<String, dynamic>();
    final headers = response.headers;
    return NextInvocation(
      requestId: headers.value('lambda-runtime-aws-request-id')!,
      response: event,
      deadlineMs: headers.value('lambda-runtime-aws-deadline-ms'),
      invokedFunctionArn: headers.value('lambda-runtime-invoked-functions-arn'),
    );
  }

  Future<void> respond(String? requestId, Object? result) =>
      _post('$requestId/response', result);

  Future<void> fail(String requestId, InvocationError error) =>
      _post('$requestId/error', error);

  Future<void> _post(String path, Object? value) async {
    final request = await _http.postUrl(_uri(path));
    request.add(utf8.encode(json.encode(value)));
    final response = await request.close();
    await response.drain<void>();
  }

  Uri _uri(String path) {
    final api = Platform.environment['AWS_LAMBDA_RUNTIME_API'];
    return Uri.parse('http://$api/2018-06-01/runtime/invocation/$path');
  }
}
