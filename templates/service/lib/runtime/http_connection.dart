import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'chunked_body.dart';
import 'http_response.dart';

/// A connection for requests of HTTP/1.1, one after the other. It is kept open,
/// and opened again if the server closes it in between.
///
/// It can do what the Lambda Runtime API needs and no more, in less than half of
/// the time that [HttpClient] takes for it.
class HttpConnection {
  /// A connection to the host and port of [server].
  HttpConnection(this.server);

  final Uri server;

  Socket? _socket;
  ResponseReader _reader = ResponseReader();
  Completer<ApiResponse> _response = Completer();

  /// Sends a request and returns its response.
  ///
  /// Throws an [IOException] if there is none. A POST that may have arrived is
  /// never sent again.
  Future<ApiResponse> send(
    String method,
    String path, {
    Map<String, String> headers = const {},
    List<int> body = const [],
  }) async {
    final length = method == 'POST' ? 'Content-Length: ${body.length}\r\n' : '';
    // In one piece, so that it is one packet where it can be.
    final message = BytesBuilder(copy: false)
      ..add(_head(method, path, linesOf(headers) + length))
      ..add(body);
    final bytes = message.takeBytes();
    final kept = _socket;
    try {
      return await _exchange(kept ?? await _connect(), bytes);
    } on SocketException {
      // The server closed the connection while this was on its way.
      if (kept == null || method != 'GET') rethrow;
      return _exchange(await _connect(), bytes);
    }
  }

  /// Posts [body] piece by piece, no faster than the server takes it, and
  /// returns the response. One that comes before the end cancels the rest.
  ///
  /// An error of [body] ends it with the [trailers] that are made of the error.
  /// Throws an [IOException] if there is no response.
  Future<ApiResponse> sendStream(
    String path,
    Stream<List<int>> body, {
    required Map<String, String> headers,
    required Trailers trailers,
  }) async {
    final lines = linesOf({...headers, 'Transfer-Encoding': 'chunked'});
    final socket = _socket ?? await _connect();
    final response = _exchange(socket, _head('POST', path, lines));
    var isSent = false;
    final sending = socket.addStream(chunked(body, trailers));
    sending.then((_) => isSent = true).ignore();
    await response;
    if (!isSent) _drop();
    return response;
  }

  Uint8List _head(String method, String path, String lines) => latin1.encode(
    '$method $path HTTP/1.1\r\nHost: ${server.authority}\r\n$lines\r\n',
  );

  Future<ApiResponse> _exchange(Socket socket, Uint8List message) {
    _reader = ResponseReader();
    _response = Completer();
    socket.add(message);
    return _response.future;
  }

  Future<Socket> _connect() async {
    final socket = await Socket.connect(server.host, server.port);
    socket
      ..setOption(SocketOption.tcpNoDelay, true)
      ..listen(
        (bytes) => _take(socket, () => _reader.add(bytes)),
        onError: (Object error) => _take(socket, () => _reader.close(error)),
        onDone: () => _take(socket, _reader.close),
      )
      // What fails to be written shows in what is read.
      ..done.ignore();
    return _socket = socket;
  }

  void _take(Socket socket, ApiResponse? Function() read) {
    if (socket != _socket) return;
    try {
      final response = read();
      if (response == null) return;
      if (!_reader.keepsConnection) _drop();
      // A server may say that it closes before anything is asked.
      if (!_response.isCompleted) _response.complete(response);
    } on IOException catch (error) {
      _drop();
      _response.completeError(error);
    }
  }

  void _drop() {
    _socket?.destroy();
    _socket = null;
  }
}
