import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/http_connection.dart';
import 'package:test/test.dart';

const ok = 'HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok';

final servers = <ServerSocket>[];

/// Serves with [onRequest], which is called with each head that arrives, and
/// counts the connections.
Future<(HttpConnection, List<Socket>)> serve(
  void Function(Socket socket, String head) onRequest,
) async {
  final server = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
  final sockets = <Socket>[];
  server.listen((socket) {
    sockets.add(socket);
    var received = '';
    socket.listen((bytes) {
      received += latin1.decode(bytes);
      final end = received.indexOf('\r\n\r\n');
      if (end < 0) return;
      final head = received.substring(0, end);
      final length = RegExp(r'Content-Length: (\d+)').firstMatch(head)?[1];
      if (received.length < end + 4 + int.parse(length ?? '0')) return;
      received = '';
      onRequest(socket, head);
    }, onError: (_) {});
  });
  servers.add(server);
  return (
    HttpConnection(Uri.parse('http://127.0.0.1:${server.port}')),
    sockets,
  );
}

int requests = 0;

/// Serves, but closes the connection on the second one of the [requests].
Future<(HttpConnection, List<Socket>)> serveButTheSecond() {
  requests = 0;
  return serve((socket, _) {
    requests++;
    requests == 2 ? socket.destroy() : socket.write(ok);
  });
}

Future<String> get(HttpConnection connection) async =>
    latin1.decode((await connection.send('GET', '/')).body);

void main() {
  tearDown(() async {
    for (final server in servers) {
      await server.close();
    }
    servers.clear();
  });

  test('keeps one connection for all requests', () async {
    final heads = <String>[];
    final (connection, sockets) = await serve((socket, head) {
      heads.add(head);
      socket.write(ok);
    });

    await get(connection);
    await connection.send(
      'POST',
      '/response',
      headers: {'Content-Type': 'application/json'},
      body: utf8.encode('{"ä":1}'),
    );

    final port = connection.server.port;
    expect(heads, [
      'GET / HTTP/1.1\r\nHost: 127.0.0.1:$port',
      'POST /response HTTP/1.1\r\nHost: 127.0.0.1:$port\r\n'
          'Content-Type: application/json\r\nContent-Length: 8',
    ]);
    expect(sockets.length, 1);
  });

  test('sends and receives 6 MB', () async {
    final (connection, _) = await serve((socket, head) {
      socket
        ..write('HTTP/1.1 200 OK\r\nContent-Length: 6291456\r\n\r\n')
        ..add(List.filled(6291456, 0x78));
    });

    final body = List.filled(6291456, 0x78);
    final response = await connection.send('POST', '/', body: body);

    expect(response.body.length, body.length);
  });

  test('connects again where the server has closed the connection', () async {
    final (connection, sockets) = await serve((socket, _) async {
      socket.write(ok);
      await socket.flush();
      socket.destroy();
    });

    expect([await get(connection), await get(connection)], ['ok', 'ok']);
    expect(sockets.length, 2);
  });

  test('connects again after Connection: close', () async {
    final (connection, sockets) = await serve((socket, _) {
      socket.write(ok.replaceFirst('\r\n', '\r\nConnection: close\r\n'));
    });

    expect([await get(connection), await get(connection)], ['ok', 'ok']);
    expect(sockets.length, 2);
  });

  test('repeats a GET once that a kept connection was closed on', () async {
    final (connection, sockets) = await serveButTheSecond();

    await get(connection);
    expect(await get(connection), 'ok');
    expect((requests, sockets.length), (3, 2));
  });

  test('never repeats a POST', () async {
    final (connection, _) = await serveButTheSecond();

    await get(connection);
    await expectLater(
      connection.send('POST', '/response', body: [1]),
      throwsA(isA<IOException>()),
    );
    expect(requests, 2);
    expect(await get(connection), 'ok');
  });

  test('fails where the connection is closed within a response', () async {
    final (connection, _) = await serve((socket, _) async {
      socket.write('HTTP/1.1 200 OK\r\nContent-Length: 3\r\n\r\nok');
      await socket.flush();
      socket.destroy();
    });

    await expectLater(get(connection), throwsA(isA<IOException>()));
  });

  test('fails where nobody listens', () async {
    final server = await ServerSocket.bind(InternetAddress.loopbackIPv4, 0);
    final uri = Uri.parse('http://127.0.0.1:${server.port}');
    await server.close();

    await expectLater(
      get(HttpConnection(uri)),
      throwsA(isA<SocketException>()),
    );
  });
}
