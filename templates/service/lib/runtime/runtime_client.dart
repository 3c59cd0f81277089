import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'error_report.dart';
import 'http_connection.dart';
import 'http_response.dart';
import 'log.dart';

/// JSON to and from UTF-8 bytes, without a string in between.
final Codec<Object?, List<int>> jsonBytes = json.fuse(utf8);

/// One event to be handled.
class Invocation {
  const Invocation(this.headers, this.body);

  /// The id of the request, which may be tried more than once.
  String get requestId => headers['lambda-runtime-aws-request-id'] ?? '';

  /// By their names in lower case.
  final Map<String, String> headers;

  /// The event, as JSON.
  final Uint8List body;

  // Tells this attempt from another one of the same request, where Lambda says.
  Map<String, String> get _echo {
    final id = headers[_invocationId.toLowerCase()];
    return {if (id != null) _invocationId: id};
  }
}

/// The Lambda Runtime API, over one connection that is kept open.
///
/// Throws an [IOException] when the API cannot be reached. Then Lambda, or
/// whatever stands in for it, is gone.
class RuntimeClient {
  /// A client of the API at [host], such as `127.0.0.1:9001`.
  RuntimeClient(String host, this._log)
    : _connection = HttpConnection(Uri.parse('http://$host'));

  final HttpConnection _connection;
  final Log _log;

  /// Waits, for as long as it takes, for the next event.
  Future<Invocation> next() async {
    final response = await _connection.send('GET', '$_runtime/invocation/next');
    if (response.statusCode != HttpStatus.ok) {
      throw HttpException('/next answered ${response.statusCode}');
    }
    return Invocation(response.headers, response.body);
  }

  /// Answers [invocation] with [result], which is JSON; tells whether
  /// that was taken.
  Future<bool> postResponse(Invocation invocation, List<int> result) => _answer(
    invocation,
    'response',
    _post(_path(invocation, 'response'), result, invocation._echo),
  );

  /// Answers [invocation] with the [pieces] of an HTTP response while
  /// they come; tells whether all were taken. What is thrown in the middle goes
  /// to [onError], whose report ends the response.
  Future<bool> postStream(
    Invocation invocation,
    Stream<List<int>> pieces, {
    required ErrorReport Function(Object, StackTrace) onError,
  }) =>
      _answer(invocation, 'response', _postStream(invocation, pieces, onError));

  /// Reports that [invocation] failed; tells whether that was taken.
  Future<bool> postError(Invocation invocation, ErrorReport error) => _answer(
    invocation,
    'error',
    _postReport(_path(invocation, 'error'), error, invocation._echo),
  );

  /// Reports that the function cannot serve any event.
  Future<void> postInitError(ErrorReport error) =>
      _postReport('init/error', error);

  // An answer may come too late (410), or be too large (413). Lambda has then
  // failed the invocation itself; there is nothing to do but to log it and go on.
  Future<bool> _answer(
    Invocation invocation,
    String kind,
    Future<void> posted,
  ) async {
    try {
      await posted;
      return true;
    } on IOException catch (error) {
      _log.failure(
        'The $kind was not taken: $error',
        requestId: invocation.requestId,
      );
      return false;
    }
  }

  Future<void> _postReport(
    String path,
    ErrorReport error, [
    Map<String, String> headers = const {},
  ]) => _post(path, jsonBytes.encode(error), {
    _errorType: error.type,
    ...headers,
  });

  Future<void> _post(
    String path,
    List<int> body, [
    Map<String, String> headers = const {},
  ]) async => _check(
    await _connection.send(
      'POST',
      '$_runtime/$path',
      headers: {'Content-Type': 'application/json', ...headers},
      body: body,
    ),
  );

  // https://docs.aws.amazon.com/lambda/latest/dg/runtimes-custom.html#runtimes-custom-response-streaming
  Future<void> _postStream(
    Invocation invocation,
    Stream<List<int>> pieces,
    ErrorReport Function(Object, StackTrace) onError,
  ) async => _check(
    await _connection.sendStream(
      '$_runtime/${_path(invocation, 'response')}',
      pieces,
      headers: {
        'Content-Type': 'application/vnd.awslambda.http-integration-response',
        'Lambda-Runtime-Function-Response-Mode': 'streaming',
        'Trailer': '$_errorType, $_errorBody',
        ...invocation._echo,
      },
      trailers: (error, stackTrace) {
        final report = onError(error, stackTrace);
        return {
          _errorType: report.type,
          _errorBody: base64.encode(jsonBytes.encode(report)),
        };
      },
    ),
  );

  void _check(ApiResponse response) {
    if (response.statusCode == HttpStatus.accepted) return;
    final answer = utf8.decode(response.body, allowMalformed: true);
    throw HttpException('${response.statusCode} $answer'.trim());
  }
}

String _path(Invocation invocation, String action) =>
    'invocation/${invocation.requestId}/$action';

const _invocationId = 'Lambda-Runtime-Invocation-Id';
const _errorType = 'Lambda-Runtime-Function-Error-Type';
const _errorBody = 'Lambda-Runtime-Function-Error-Body';
const _runtime = '/2018-06-01/runtime';
