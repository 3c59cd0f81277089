import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'error_report.dart';

/// JSON to and from UTF-8 bytes, without a string in between.
final Codec<Object?, List<int>> jsonBytes = json.fuse(utf8);

/// One event to be handled.
class Invocation {
  const Invocation(this.headers, this.body);

  final HttpHeaders headers;

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
    : _runtime = Uri.parse('http://$host/2018-06-01/runtime/');

  final Uri _runtime;

  // Neither a proxy nor compression, and a connection that outlives the
  // longest invocation.
  final HttpClient _http = HttpClient()
    ..findProxy = null
    ..autoUncompress = false
    ..userAgent = null
    ..idleTimeout = const Duration(hours: 1);

  /// Waits, for as long as it takes, for the next event.
  Future<Invocation> next() async {
    final uri = _runtime.resolve('invocation/next');
    final request = await _http.getUrl(uri);
    request.headers.removeAll(HttpHeaders.acceptEncodingHeader);
    final response = await request.close();
    final body = BytesBuilder(copy: false);
    await response.forEach(body.add);
    if (response.statusCode != HttpStatus.ok) {
      throw HttpException('/next answered ${response.statusCode}');
    }
    return Invocation(response.headers, body.takeBytes());
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
    final request = await _http.postUrl(_runtime.resolve(path));
    request.headers
      ..removeAll(HttpHeaders.acceptEncodingHeader)
      ..contentType = ContentType.json
      ..contentLength = body.length;
    if (errorType != null) {
      request.headers.set('Lambda-Runtime-Function-Error-Type', errorType);
    }
    request.add(body);
    final response = await request.close();
    final answer = await utf8.decodeStream(response);
    if (response.statusCode != HttpStatus.accepted) {
      throw HttpException('${response.statusCode} $answer'.trim());
    }
  }
}
