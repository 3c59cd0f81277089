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

  /// Whether another request may follow on the connection.
  bool keepsConnection = true;

  _Part _part = _Part.status;
  String _unfinishedLine = '';

  /// How much is to come of the body, or of its chunk.
  int _missing = 0;

  /// Whether nothing has come yet.
  bool get isUntouched => _part == _Part.status && _unfinishedLine.isEmpty;

  /// Reads more bytes. Returns the response when they complete it.
  ///
  /// Throws an [HttpException] if this is not HTTP/1.1.
  ApiResponse? add(Uint8List bytes) {
    var start = 0;
    while (start < bytes.length && _part != _Part.end) {
      start = switch (_part) {
        _Part.body || _Part.chunk || _Part.rest => _addToBody(bytes, start),
        _ => _addToLine(bytes, start),
      };
    }
    // Nobody asked for more than a response.
    if (start < bytes.length) keepsConnection = false;
    return _part == _Part.end ? _response() : null;
  }

  /// Ends with the connection. Returns the response if that completes it.
  ApiResponse? close() => _part == _Part.rest ? _response() : null;

  ApiResponse _response() =>
      ApiResponse(_statusCode, _headers, _body.takeBytes());

  int _addToBody(Uint8List bytes, int start) {
    final end = _part == _Part.rest
        ? bytes.length
        : min(start + _missing, bytes.length);
    _body.add(Uint8List.sublistView(bytes, start, end));
    _missing -= end - start;
    if (_missing == 0) {
      _part = _part == _Part.chunk ? _Part.chunkSize : _Part.end;
    }
    return end;
  }

  int _addToLine(Uint8List bytes, int start) {
    final end = bytes.indexOf(0x0a, start);
    if (end < 0) {
      _unfinishedLine += String.fromCharCodes(bytes, start);
      return bytes.length;
    }
    _readLine(
      (_unfinishedLine + String.fromCharCodes(bytes, start, end)).trim(),
    );
    _unfinishedLine = '';
    return end + 1;
  }

  void _readLine(String line) {
    switch (_part) {
      case _Part.status:
        _readStatus(line);
      case _Part.headers when line.isEmpty:
        _part = _partAfterHeaders();
      case _Part.headers:
        _readHeader(line);
      // The line that ends the chunk before.
      case _Part.chunkSize when line.isEmpty:
        break;
      case _Part.chunkSize:
        // A size may have extensions: 1f;name=value.
        _missing = _readLength(line.split(';').first, radix: 16);
        _part = _missing == 0 ? _Part.trailers : _Part.chunk;
      default:
        if (line.isEmpty) _part = _Part.end;
    }
  }

  void _readStatus(String line) {
    final status = RegExp(r'^HTTP/1\.([01]) (\d{3})').firstMatch(line);
    if (status == null) throw HttpException('this is not HTTP/1.1: $line');
    _statusCode = int.parse(status[2]!);
    keepsConnection = status[1] == '1';
    _part = _Part.headers;
  }

  void _readHeader(String line) {
    final colon = line.indexOf(':');
    if (colon < 1) throw HttpException('this is not a header: $line');
    final name = line.substring(0, colon).toLowerCase();
    final value = line.substring(colon + 1).trim();
    _headers.update(name, (before) => '$before, $value', ifAbsent: () => value);
  }

  _Part _partAfterHeaders() {
    if (_statusCode < HttpStatus.ok) {
      // An interim response, such as 100 Continue: the real one follows.
      _headers.clear();
      return _Part.status;
    }
    if (_headers['connection']?.toLowerCase() == 'close') {
      keepsConnection = false;
    }
    if (_statusCode == HttpStatus.noContent) return _Part.end;
    if (_headers['transfer-encoding']?.toLowerCase() == 'chunked') {
      return _Part.chunkSize;
    }
    if (_headers['content-length'] case final length?) {
      _missing = _readLength(length);
      return _missing == 0 ? _Part.end : _Part.body;
    }
    keepsConnection = false;
    return _Part.rest;
  }
}

enum _Part { status, headers, body, rest, chunkSize, chunk, trailers, end }

int _readLength(String text, {int radix = 10}) {
  final length = int.tryParse(text.trim(), radix: radix);
  if (length != null && length >= 0) return length;
  throw HttpException('this is not a length: $text');
}
