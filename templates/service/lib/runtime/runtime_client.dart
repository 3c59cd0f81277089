import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'error_report.dart';
import 'http_connection.dart';

/// JSON to and from UTF-8 bytes, without a string in between.
final Codec<Object?, List<int>> jsonBytes = json.fuse(utf8);

/// One event to be handled.
class Invocation {
  const Invocation(this.headers, this.body);

  /// By their names in lower case.
  final Map<String, String> headers;

  /// The event, as JSON.
  final Uint8List body;
}

/// The Lambda Runtime API, over one connection that is kept open.
///
/// Throws an [IOException] when the API cannot be reached. Then Lambda, or
/// whatever stands in for it, is gone.
class RuntimeClient {
  /// A client of the API at [host], such as `127.0.0.1:9001`.
  RuntimeClient(String host)
    : _connection = HttpConnection(Uri.parse('http://$host'));

  final HttpConnection _connection;

  /// Waits, for as long as it takes, for the next event.
  Future<Invocation> next() async {
    final response = await _connection.send('GET', '$_runtime/invocation/next');
    if (response.statusCode != HttpStatus.ok) {
      throw HttpException('/next answered ${response.statusCode}');
    }
    return Invocation(response.headers, response.body);
  }

  /// Answers the invocation [id] with [result], which is JSON.
  Future<void> postResponse(String id, List<int> result) =>
      _answer(id, 'response', result);

  /// Reports that the invocation [id] failed; tells whether that was taken.
  Future<bool> postError(String id, ErrorReport error) =>
      _answer(id, 'error', jsonBytes.encode(error), error.type);

  /// Reports that the function cannot serve any event.
  Future<void> postInitError(ErrorReport error) =>
      _post('init/error', jsonBytes.encode(error), error.type);

  // An answer may come too late, or be too large. Lambda has then failed the
  // invocation itself; there is nothing to do but to log it and go on.
  Future<bool> _answer(
    String id,
    String kind,
    List<int> body, [
    String? errorType,
  ]) async {
    try {
      await _post('invocation/$id/$kind', body, errorType);
      return true;
    } on IOException catch (error) {
      stderr.writeln('RequestId: $id The $kind was not taken: $error');
      return false;
    }
  }

  Future<void> _post(String path, List<int> body, [String? errorType]) async {
    final response = await _connection.send(
      'POST',
      '$_runtime/$path',
      headers: {
        'Content-Type': 'application/json',
        if (errorType != null) 'Lambda-Runtime-Function-Error-Type': errorType,
      },
      body: body,
    );
    if (response.statusCode != HttpStatus.accepted) {
      final answer = utf8.decode(response.body, allowMalformed: true);
      throw HttpException('${response.statusCode} $answer'.trim());
    }
  }
}

const _runtime = '/2018-06-01/runtime';
