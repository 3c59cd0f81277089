import 'dart:convert';
import 'dart:math';
import 'dart:typed_data';

import 'package:shop/runtime/chunked_body.dart';
import 'package:shop/runtime/http_response.dart';
import 'package:test/test.dart';

const head = 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n';

Map<String, String> noTrailers(Object error, StackTrace stackTrace) =>
    throw StateError('there is no error');

Future<Uint8List> bytesOf(Stream<List<int>> pieces) async {
  final bytes = BytesBuilder();
  await pieces.forEach(bytes.add);
  return bytes.takeBytes();
}

Future<String> textOf(Stream<List<int>> pieces) async =>
    latin1.decode(await bytesOf(pieces));

/// The body that a client reads of [sent], which comes in two pieces.
List<int>? read(Uint8List sent, int split) {
  final reader = ResponseReader();
  return (reader.add(utf8.encode(head)) ??
          reader.add(Uint8List.sublistView(sent, 0, split)) ??
          reader.add(Uint8List.sublistView(sent, split)))
      ?.body;
}

void main() {
  test('is chunks, each with its length, and an empty one', () async {
    final body = Stream.fromIterable([
      utf8.encode('hello, world'),
      utf8.encode('!'),
    ]);
    expect(
      await textOf(chunked(body, noTrailers)),
      'c\r\nhello, world\r\n1\r\n!\r\n0\r\n\r\n',
    );
  });

  test('does not end with a piece of no bytes', () async {
    final body = Stream.fromIterable([
      const <int>[],
      [0x61],
      const <int>[],
      [0x62],
    ]);
    expect(
      await textOf(chunked(body, noTrailers)),
      '1\r\na\r\n1\r\nb\r\n0\r\n\r\n',
    );
  });

  test('is only the end for a body of nothing', () async {
    expect(
      await textOf(chunked(const Stream.empty(), noTrailers)),
      '0\r\n\r\n',
    );
  });

  test('ends with the trailers of an error', () async {
    Stream<List<int>> body() async* {
      yield [0x61];
      throw StateError('broken');
    }

    expect(
      await textOf(
        chunked(
          body(),
          (error, _) => {'Type': '${error.runtimeType}', 'Body': '$error'},
        ),
      ),
      '1\r\na\r\n0\r\nType: StateError\r\nBody: Bad state: broken\r\n\r\n',
    );
  });

  test('asks for no piece after an error', () async {
    var asked = 0;
    final body = Stream.fromIterable([1, 2, 3]).map((number) {
      asked++;
      return number == 2 ? throw StateError('broken') : [number];
    });

    await textOf(chunked(body, (_, _) => const {}));

    expect(asked, 2);
  });

  test('is read as it was, wherever it is split in two', () async {
    final body = utf8.encode('a\r\n0\r\n\r\nä');
    for (var split = 0; split <= body.length; split++) {
      final pieces = [body.sublist(0, split), body.sublist(split)];
      final sent = await bytesOf(
        chunked(Stream.fromIterable(pieces), noTrailers),
      );
      for (var cut = 0; cut <= sent.length; cut++) {
        expect(read(sent, cut), body);
      }
    }
  });

  test('is read as it was, in any number of random pieces', () async {
    final random = Random(1);
    for (var run = 0; run < 200; run++) {
      final pieces = [
        for (var count = random.nextInt(20); count > 0; count--)
          List.generate(random.nextInt(40), (_) => random.nextInt(256)),
      ];
      final sent = await bytesOf(
        chunked(Stream.fromIterable(pieces), noTrailers),
      );
      expect(
        read(sent, random.nextInt(sent.length)),
        pieces.expand((piece) => piece).toList(),
      );
    }
  });
}
