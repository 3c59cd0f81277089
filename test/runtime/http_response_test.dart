import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:shop/runtime/http_response.dart';
import 'package:test/test.dart';

Uint8List bytesOf(String text) => latin1.encode(text.replaceAll('\n', '\r\n'));

/// The response as one text, and whether the connection is kept.
(String, bool)? read(List<Uint8List> pieces, {bool closed = false}) {
  final reader = ResponseReader();
  ApiResponse? response;
  for (final piece in pieces) {
    response ??= reader.add(piece);
  }
  if (closed) response ??= reader.close();
  if (response == null) return null;
  final headers = [
    for (final MapEntry(:key, :value) in response.headers.entries)
      '$key=$value',
  ].join(' ');
  final body = latin1.decode(response.body);
  return ('${response.statusCode} $headers $body', reader.keepsConnection);
}

/// Everything that a response may be, by a name for it: its bytes, what is read
/// of them, and whether the connection is kept.
final responses = <String, (String, String, bool)>{
  'a length': (
    'HTTP/1.1 200 OK\nContent-Length: 5\n\nhello',
    '200 content-length=5 hello',
    true,
  ),
  'no body': (
    'HTTP/1.1 202 Accepted\ncontent-length: 0\n\n',
    '202 content-length=0 ',
    true,
  ),
  'no content': ('HTTP/1.1 204 No Content\n\n', '204  ', true),
  'no reason': (
    'HTTP/1.1 200\nContent-Length: 2\n\nok',
    '200 content-length=2 ok',
    true,
  ),
  'headers in any case, repeated, and with no space': (
    'HTTP/1.1 200 OK\nA:1\na: 2\nCONTENT-LENGTH:1\n\nx',
    '200 a=1, 2 content-length=1 x',
    true,
  ),
  'chunks': (
    'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n5\nhello\n1\n!\n0\n\n',
    '200 transfer-encoding=chunked hello!',
    true,
  ),
  'chunks with line breaks in them, extensions and trailers': (
    'HTTP/1.1 200 OK\nTransfer-Encoding: Chunked\n\n'
        '0A;name="value"\n\n\n\n\n\n\n2 ; x\nok\n0\nDigest: a\nB: c\n\n',
    '200 transfer-encoding=Chunked \r\n\r\n\r\n\r\n\r\nok',
    true,
  ),
  'interim responses before it': (
    'HTTP/1.1 100 Continue\nX: y\n\nHTTP/1.1 103 Early Hints\n\n'
        'HTTP/1.1 200 OK\nContent-Length: 1\n\nx',
    '200 content-length=1 x',
    true,
  ),
  'a connection that closes': (
    'HTTP/1.1 200 OK\nConnection: Close\nContent-Length: 1\n\nx',
    '200 connection=Close content-length=1 x',
    false,
  ),
  'HTTP/1.0': (
    'HTTP/1.0 200 OK\nContent-Length: 1\n\nx',
    '200 content-length=1 x',
    false,
  ),
  // As Go's net/http sends them, which AWS's emulator of Lambda is made of:
  // https://github.com/aws/aws-lambda-runtime-interface-emulator
  'an event of AWS\'s emulator': (
    'HTTP/1.1 200 OK\nContent-Type: application/json\n'
        'Lambda-Runtime-Aws-Request-Id: 7fa5a3a4\n'
        'Date: Fri, 27 Nov 2026 20:00:00 GMT\nTransfer-Encoding: chunked\n\n'
        '8\n{"a":"b"\n1\n}\n0\n\n',
    '200 content-type=application/json lambda-runtime-aws-request-id=7fa5a3a4 '
        'date=Fri, 27 Nov 2026 20:00:00 GMT transfer-encoding=chunked '
        '{"a":"b"}',
    true,
  ),
  'the acceptance of AWS\'s emulator': (
    'HTTP/1.1 202 Accepted\nContent-Type: application/json\n'
        'Date: Fri, 27 Nov 2026 20:00:00 GMT\nContent-Length: 17\n\n'
        '{"status":"OK"}\n',
    '202 content-type=application/json date=Fri, 27 Nov 2026 20:00:00 GMT '
        'content-length=17 {"status":"OK"}\r\n',
    true,
  ),
  // As Python's http.server sends them.
  'a server of HTTP/1.0 that closes': (
    'HTTP/1.0 200 OK\nServer: BaseHTTP/0.6 Python/3.11.2\n'
        'Content-Length: 2\n\n{}',
    '200 server=BaseHTTP/0.6 Python/3.11.2 content-length=2 {}',
    false,
  ),
  'more than was asked for': (
    'HTTP/1.1 200 OK\nContent-Length: 1\n\nxHTTP/1.1',
    '200 content-length=1 x',
    false,
  ),
};

void main() {
  responses.forEach((name, expected) {
    final (text, response, keepsConnection) = expected;
    final bytes = bytesOf(text);

    test('is read in two pieces, wherever it is split: $name', () {
      for (var split = 0; split <= bytes.length; split++) {
        final pieces = [
          Uint8List.sublistView(bytes, 0, split),
          Uint8List.sublistView(bytes, split),
        ];
        expect(read(pieces)?.$1, response);
        if (split == 0) expect(read(pieces), (response, keepsConnection));
      }
    });

    test('is read byte by byte: $name', () {
      final reader = ResponseReader();
      final complete = [
        for (final byte in bytes)
          if (reader.add(Uint8List.fromList([byte])) != null) byte,
      ];
      expect(complete, isNotEmpty);
    });
  });

  test('is not complete before its last byte', () {
    for (final (text, _, _) in responses.values) {
      final bytes = bytesOf(text.replaceAll('xHTTP/1.1', 'x'));
      final reader = ResponseReader();
      expect(
        reader.add(Uint8List.sublistView(bytes, 0, bytes.length - 1)),
        isNull,
      );
      expect(reader.close, throwsA(isA<IOException>()));
    }
  });

  test('ends with the connection where it has no length', () {
    final pieces = [bytesOf('HTTP/1.1 200 OK\n\nab'), bytesOf('c')];
    expect(read(pieces), isNull);
    expect(read(pieces, closed: true), ('200  abc', false));
  });

  for (final text in [
    'SSH-2.0-OpenSSH_9.6\n',
    'HTTP/2 200\n\n',
    'HTTP/1.1 two hundred\n\n',
    'HTTP/1.1 200 OK\nno header\n\n',
    'HTTP/1.1 200 OK\nContent-Length: -1\n\n',
    'HTTP/1.1 200 OK\nContent-Length: 1e3\n\n',
    'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\n1\nxy\n',
    'HTTP/1.1 200 OK\nTransfer-Encoding: chunked\n\nz\n',
  ]) {
    test('is refused where it is not HTTP/1.1: ${json.encode(text)}', () {
      expect(() => read([bytesOf(text)]), throwsA(isA<HttpException>()));
    });
  }
}
