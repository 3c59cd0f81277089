import 'dart:io';
import 'dart:math';
import 'dart:typed_data';

/// A response of HTTP/1.1.
class ApiResponse {
  const ApiResponse(this.statusCode, this.headers, this.body);

  final int statusCode;

  /// By their names in lower case. Values of the same name are joined.
  final Map<String, String> headers;

  final Uint8List body;
}

/// Reads one response from the bytes of a connection, which come in pieces of
/// any size (https://www.rfc-editor.org/rfc/rfc9112).
class ResponseReader {
  final _headers = <String, String>{};
  final _body = BytesBuilder(copy: false);
  int _statusCode = 0;

  /// Reads the next line; null where none is to come.
  late void Function(String line)? _readLine = _readStatus;
  String _line = '';

  /// How much of the body, or of its chunk, comes before that line.
  int _missing = 0;
  bool _endsWithConnection = false;

  /// Whether another request may follow on the connection.
  bool keepsConnection = true;

  /// Reads more bytes. Returns the response when they complete it.
  ///
  /// Throws an [HttpException] if this is not HTTP/1.1.
  ApiResponse? add(Uint8List bytes) {
    var start = 0;
    while (start < bytes.length && !_isComplete) {
      start = _missing > 0 ? _toBody(bytes, start) : _toLine(bytes, start);
    }
    // Nobody asked for more than a response.
    if (start < bytes.length) keepsConnection = false;
    return _isComplete ? _response() : null;
  }

  /// Ends with the connection. Returns the response if it is complete.
  ///
  /// Throws a [SocketException] if nothing has come, else an [HttpException].
  ApiResponse close([Object? error]) {
    keepsConnection = false;
    if (_endsWithConnection || _isComplete) return _response();
    throw _statusCode == 0 && _line.isEmpty
        ? SocketException('${error ?? 'the connection was closed'}')
        : const HttpException('the connection was closed within a response');
  }

  bool get _isComplete => _readLine == null && _missing == 0;

  ApiResponse _response() =>
      ApiResponse(_statusCode, _headers, _body.takeBytes());

  int _toBody(Uint8List bytes, int start) {
    final end = min(start + _missing, bytes.length);
    _body.add(Uint8List.sublistView(bytes, start, end));
    _missing -= end - start;
    return end;
  }

  int _toLine(Uint8List bytes, int start) {
    final end = bytes.indexOf(0x0a, start);
    _line += String.fromCharCodes(bytes, start, end < 0 ? null : end);
    if (end < 0) return bytes.length;
    final line = _line.trim();
    _line = '';
    _readLine!(line);
    return end + 1;
  }

  void _readStatus(String line) {
    final status = RegExp(r'^HTTP/1\.([01]) (\d{3})').firstMatch(line);
    if (status == null) throw HttpException('this is not HTTP/1.1: $line');
    _statusCode = int.parse(status[2]!);
    keepsConnection = status[1] == '1';
    _readLine = _readHeader;
  }

  void _readHeader(String line) {
    if (line.isEmpty) return _endHeaders();
    final colon = line.indexOf(':');
    if (colon < 1) throw HttpException('this is not a header: $line');
    final name = line.substring(0, colon).toLowerCase();
    final value = line.substring(colon + 1).trim();
    _headers.update(name, (before) => '$before, $value', ifAbsent: () => value);
  }

  void _endHeaders() {
    keepsConnection &= _headers['connection']?.toLowerCase() != 'close';
    _readLine = null;
    if (_statusCode < HttpStatus.ok) {
      // An interim response, such as 100 Continue: the real one follows.
      _headers.clear();
      _statusCode = 0;
      _readLine = _readStatus;
    } else if (_headers['transfer-encoding']?.toLowerCase() == 'chunked') {
      _readLine = _readChunkSize;
    } else if (_headers['content-length'] case final length?) {
      _missing = _readLength(length);
    } else if (_statusCode != HttpStatus.noContent) {
      keepsConnection = false;
      _endsWithConnection = true;
      _missing = 1 << 62;
    }
  }

  void _readChunkSize(String line) {
    // The line that ends the chunk before.
    if (line.isEmpty) return;
    // A size may have extensions: 1f;name=value.
    _missing = _readLength(line.split(';').first, radix: 16);
    if (_missing == 0) _readLine = _readTrailer;
  }

  void _readTrailer(String line) =>
      _readLine = line.isEmpty ? null : _readTrailer;
}

int _readLength(String text, {int radix = 10}) {
  final length = int.tryParse(text.trim(), radix: radix);
  if (length != null && length >= 0) return length;
  throw HttpException('this is not a length: $text');
}
