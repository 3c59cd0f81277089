import 'dart:async';
import 'dart:convert';
import 'dart:io';
import 'dart:math';

import 'package:shop/runtime/http_connection.dart';
import 'package:shop/runtime/http_response.dart';
import 'package:test/test.dart';

const accepted = 'HTTP/1.1 202 Accepted\r\nContent-Length: 0\r\n\r\n';
const tooLarge = 'HTTP/1.1 413 Too Large\r\nContent-Length: 0\r\n\r\n';

/// What a connection has sent to the server.
class Received {
  Received(this.socket);

  final Socket socket;
  String text = '';
}

late ServerSocket server;
late HttpConnection connection;
late List<Received> connections;

/// Is called for what a connection sends, with all of it.
void Function(Received received) onReceived = (_) {};

void acceptAtTheEnd(Received received) {
  if (!received.text.endsWith('\r\n\r\n') ||
      !RegExp(r'^GET|\r\n0\r\n').hasMatch(received.text)) {
    return;
  }
  received
    ..text = ''
    ..socket.write(accepted);
}

Future<ApiResponse> post(Stream<List<int>> body) => connection.sendStream(
  '/response',
  body,
  headers: const {'A': 'b'},
  trailers: (error, _) => {'Error': '$error'},
);

Future<ApiResponse> get() => connection.send('GET', '/next');

final piece = List.filled(65536, 0x78);

/// A body that goes on until it is cancelled, which completes the future.
(Stream<List<int>>, Future<void>) endless() {
  final cancelled = Completer<void>();
  Stream<List<int>> pieces() async* {
    try {
      while (true) {
        yield piece;
      }
    } finally {
      cancelled.complete();
    }
  }

  return (pieces(), cancelled.future);
}

void main() {
  setUp(() async {
    server = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    connection = HttpConnection(Uri.parse('http://127.0.0.1:${server.port}'));
    connections = [];
    onReceived = acceptAtTheEnd;
    server.listen((socket) {
      final received = Received(socket);
      connections.add(received);
      socket.listen((bytes) {
        received.text += latin1.decode(bytes);
        onReceived(received);
      }, onError: (_) {});
      socket.done.ignore();
    });
  });

  tearDown(() async {
    for (final Received(:socket) in connections) {
      socket.destroy();
    }
    await server.close();
  });

  test('posts each piece of a body while the next is made', () async {
    final hasFirst = Completer<void>();
    final texts = <String>[];
    onReceived = (received) {
      texts.add(received.text);
      if (received.text.contains('first')) {
        if (!hasFirst.isCompleted) hasFirst.complete();
      }
      acceptAtTheEnd(received);
    };
    Stream<List<int>> body() async* {
      yield utf8.encode('first');
      await hasFirst.future;
      yield utf8.encode('second');
    }

    final response = await post(body());

    expect(response.statusCode, HttpStatus.accepted);
    expect(
      texts.last,
      'POST /response HTTP/1.1\r\nHost: 127.0.0.1:${server.port}\r\n'
      'A: b\r\nTransfer-Encoding: chunked\r\n\r\n'
      '5\r\nfirst\r\n6\r\nsecond\r\n0\r\n\r\n',
    );
  });

  test(
    'keeps the connection after a body, and after one that failed',
    () async {
      final ends = <String>[];
      onReceived = (received) {
        if (received.text.contains('\r\n0\r\n')) {
          ends.add(received.text.split('\r\n0\r\n').last);
        }
        acceptAtTheEnd(received);
      };

      await get();
      await post(Stream.value([0x61]));
      await post(Stream.error(StateError('broken')));
      await get();

      expect(ends, ['\r\n', 'Error: Bad state: broken\r\n\r\n']);
      expect(connections.length, 1);
    },
  );

  test('makes a body no faster than the server reads it', () async {
    const pieces = 1024;
    var made = 0;
    var read = 0;
    var lead = 0;
    final slow = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    slow.listen((socket) async {
      await for (final bytes in socket) {
        read += bytes.length;
        lead = max(lead, made * piece.length - read);
        // Everything that waits for its turn goes before the next read.
        await Future<void>.delayed(Duration.zero);
        if (read > pieces * piece.length) {
          socket.write(accepted);
        }
      }
    });
    connection = HttpConnection(Uri.parse('http://127.0.0.1:${slow.port}'));

    await post(
      Stream.fromIterable(
        Iterable.generate(pieces, (_) {
          made++;
          return piece;
        }),
      ),
    );
    await slow.close();

    // What the buffers of the two sockets hold.
    expect(lead, lessThan(pieces * piece.length ~/ 4));
  });

  test('cancels a body where the server responds before its end', () async {
    final (body, cancelled) = endless();
    onReceived = (received) {
      if (received.text.length < piece.length) return;
      onReceived = (_) {};
      received.socket.write(tooLarge);
    };

    final response = await post(body);
    await cancelled;
    onReceived = acceptAtTheEnd;

    expect(response.statusCode, HttpStatus.requestEntityTooLarge);
    expect((await get()).statusCode, HttpStatus.accepted);
    expect(connections.length, 2);
  });

  test(
    'cancels a body where the server is gone, and never repeats it',
    () async {
      final (body, cancelled) = endless();
      onReceived = (received) {
        if (received.text.length >= piece.length) received.socket.destroy();
      };

      await expectLater(post(body), throwsA(isA<IOException>()));
      await cancelled;
      onReceived = acceptAtTheEnd;

      expect(connections.length, 1);
      expect((await get()).statusCode, HttpStatus.accepted);
    },
  );

  test('does not repeat a body that a kept connection was closed on', () async {
    var listened = 0;
    Stream<List<int>> body() async* {
      listened++;
      yield [0x61];
    }

    await get();
    onReceived = (received) => received.socket.destroy();

    await expectLater(post(body()), throwsA(isA<IOException>()));
    expect((listened, connections.length), (1, 1));
  });

  test('fails where nobody listens, and does not begin the body', () async {
    var listened = 0;
    Stream<List<int>> body() async* {
      listened++;
      yield [0x61];
    }

    await server.close();

    await expectLater(post(body()), throwsA(isA<SocketException>()));
    expect(listened, 0);
  });
}
