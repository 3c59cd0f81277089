import 'dart:convert';
import 'dart:io';
import 'dart:typed_data';

import 'package:shop/runtime/error_report.dart';
import 'package:shop/runtime/log.dart';
import 'package:shop/runtime/runtime_client.dart';
import 'package:test/test.dart';

ErrorReport report(Object error, StackTrace stackTrace) =>
    ErrorReport.of(error, StackTrace.empty);

Invocation invocation([Map<String, String> headers = const {}]) => Invocation({
  'lambda-runtime-aws-request-id': 'id-1',
  ...headers,
}, Uint8List(0));

/// Whether [request] has all of its body.
bool isWhole(String request) {
  final end = request.indexOf('\r\n\r\n') + 4;
  if (end < 4) return false;
  final length = RegExp('Content-Length: (.*)').firstMatch(request)?[1];
  return length == null
      ? request.contains('\r\n0\r\n') && request.endsWith('\r\n\r\n')
      : request.length - end == int.parse(length);
}

void main() {
  late ServerSocket server;
  late RuntimeClient client;
  late List<String> requests;
  late int status;

  setUp(() async {
    server = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    client = RuntimeClient('127.0.0.1:${server.port}', log);
    requests = [];
    status = 202;
    server.listen((socket) {
      var received = '';
      socket.listen((bytes) {
        received += latin1.decode(bytes);
        if (!isWhole(received)) return;
        requests.add(received);
        received = '';
        socket.write('HTTP/1.1 $status X\r\nContent-Length: 0\r\n\r\n');
      });
    });
  });

  tearDown(() => server.close());

  test('streams an HTTP response as Lambda documents it', () async {
    final isTaken = await client.postStream(
      invocation(),
      Stream.value([0x61]),
      onError: report,
    );

    expect(isTaken, isTrue);
    expect(requests.single.split('\r\n'), [
      'POST /2018-06-01/runtime/invocation/id-1/response HTTP/1.1',
      'Host: 127.0.0.1:${server.port}',
      'Content-Type: application/vnd.awslambda.http-integration-response',
      'Lambda-Runtime-Function-Response-Mode: streaming',
      'Trailer: Lambda-Runtime-Function-Error-Type, '
          'Lambda-Runtime-Function-Error-Body',
      'Transfer-Encoding: chunked',
      '',
      '1',
      'a',
      '0',
      '',
      '',
    ]);
  });

  test('tells of an error within a stream in the trailers', () async {
    Stream<List<int>> pieces() async* {
      yield [0x61];
      throw StateError('bröken');
    }

    await client.postStream(invocation(), pieces(), onError: report);

    final trailers = requests.single.split('\r\n0\r\n').last.split('\r\n');
    expect(trailers[0], 'Lambda-Runtime-Function-Error-Type: StateError');
    final [name, value] = trailers[1].split(': ');
    expect(name, 'Lambda-Runtime-Function-Error-Body');
    expect(json.decode(utf8.decode(base64.decode(value))), {
      'errorMessage': 'Bad state: bröken',
      'errorType': 'StateError',
      'stackTrace': <String>[],
    });
    expect(trailers.sublist(2), ['', '']);
  });

  test('tells where a stream is not taken', () async {
    status = 413;

    final isTaken = await client.postStream(
      invocation(),
      Stream.value([0x61]),
      onError: report,
    );

    expect(isTaken, isFalse);
  });

  group('the id of an attempt', () {
    final attempt = invocation({'lambda-runtime-invocation-id': 'attempt-2'});

    test('is sent back with a streamed response', () async {
      await client.postStream(attempt, Stream.value([0x61]), onError: report);

      expect(
        requests.single,
        contains('\r\nLambda-Runtime-Invocation-Id: attempt-2\r\n'),
      );
    });

    test('is sent back with a response, and an error', () async {
      await client.postResponse(attempt, const []);
      await client.postError(attempt, const ErrorReport('A', 'b'));

      expect(
        requests,
        everyElement(
          contains('\r\nLambda-Runtime-Invocation-Id: attempt-2\r\n'),
        ),
      );
    });

    test('may be one that Lambda has given up', () async {
      status = 410;

      expect(
        await client.postStream(attempt, Stream.value([0x61]), onError: report),
        isFalse,
      );
    });
  });
}
