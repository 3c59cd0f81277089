import 'dart:io';
import 'dart:typed_data';

import 'chunked_body.dart';
import 'http_response.dart';

/// What lib/runtime/http_connection.dart does, by dart:io's HttpClient: what it
/// is measured against.
class HttpConnection {
  HttpConnection(this.server);

  final Uri server;

  final HttpClient _http = HttpClient()
    ..findProxy = null
    ..autoUncompress = false
    ..userAgent = null
    ..idleTimeout = const Duration(hours: 1);

  Future<ApiResponse> send(
    String method,
    String path, {
    Map<String, String> headers = const {},
    List<int> body = const [],
  }) async {
    final request = await _http.openUrl(method, server.resolve(path));
    request.headers.removeAll(HttpHeaders.acceptEncodingHeader);
    headers.forEach(request.headers.set);
    if (method == 'POST') {
      request.contentLength = body.length;
      request.add(body);
    }
    final response = await request.close();
    final bytes = BytesBuilder(copy: false);
    await response.forEach(bytes.add);
    final received = <String, String>{};
    response.headers.forEach((name, values) => received[name] = values.join());
    return ApiResponse(response.statusCode, received, bytes.takeBytes());
  }

  Future<ApiResponse> sendStream(
    String path,
    Stream<List<int>> body, {
    required Map<String, String> headers,
    required Trailers trailers,
  }) => throw UnsupportedError('An HttpClient sends no trailers.');
}
