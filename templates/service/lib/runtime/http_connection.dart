import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

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
  Completer<ApiResponse>? _response;

  /// Sends a request and returns its response.
  ///
  /// Throws an [IOException] if there is none. A POST that may have arrived is
  /// never sent again.
  Future<ApiResponse> send(
    String method,
    String path, {
    Map<String, String> headers = const {},
    List<int> body = const [],
  }) {
    final head = StringBuffer(
      '$method $path HTTP/1.1\r\nHost: ${server.authority}\r\n',
    );
    headers.forEach((name, value) => head.write('$name: $value\r\n'));
    if (method == 'POST') head.write('Content-Length: ${body.length}\r\n');
    head.write('\r\n');
    // In one piece, so that it is one packet where it can be.
    final message = BytesBuilder(copy: false)
      ..add(latin1.encode('$head'))
      ..add(body);
    return _sendBytes(message.takeBytes(), mayRepeat: method == 'GET');
  }

  Future<ApiResponse> _sendBytes(
    Uint8List message, {
    required bool mayRepeat,
  }) async {
    final kept = _socket;
    if (kept == null) return _exchange(await _connect(), message);
    try {
      return await _exchange(kept, message);
    } on _ClosedException {
      // The server closed the connection while this was on its way.
      if (!mayRepeat) rethrow;
      return _exchange(await _connect(), message);
    }
  }

  Future<ApiResponse> _exchange(Socket socket, Uint8List message) {
    _reader = ResponseReader();
    final response = _response = Completer<ApiResponse>();
    socket.add(message);
    return response.future;
  }

  Future<Socket> _connect() async {
    final socket = await Socket.connect(server.host, server.port);
    socket
      ..setOption(SocketOption.tcpNoDelay, true)
      ..listen(
        _onData,
        onError: (Object error) => _onClosed(socket, error),
        onDone: () => _onClosed(socket),
      )
      // What fails to be written shows in what is read.
      ..done.ignore();
    return _socket = socket;
  }

  void _onData(Uint8List bytes) {
    // Nobody asked for this: a server says so before it closes.
    if (_response == null) return _drop();
    try {
      final response = _reader.add(bytes);
      if (response == null) return;
      if (!_reader.keepsConnection) _drop();
      _take()?.complete(response);
    } on HttpException catch (error) {
      _drop();
      _take()?.completeError(error);
    }
  }

  void _onClosed(Socket socket, [Object? error]) {
    if (socket != _socket) return;
    _drop();
    final response = _reader.close();
    if (response != null) return _take()?.complete(response);
    _take()?.completeError(
      _reader.isUntouched
          ? _ClosedException('${error ?? 'the connection was closed'}')
          : const HttpException('the connection was closed within a response'),
    );
  }

  Completer<ApiResponse>? _take() {
    final response = _response;
    _response = null;
    return response;
  }

  void _drop() {
    _socket?.destroy();
    _socket = null;
  }
}

/// The connection was closed before anything of a response came.
class _ClosedException extends SocketException {
  const _ClosedException(super.message);
}
