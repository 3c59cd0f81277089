import 'dart:convert';
import 'dart:typed_data';

import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

AwsApiGatewayResponse stream(List<List<int>> pieces) =>
    AwsApiGatewayResponse.stream(
      Stream.fromIterable(pieces),
      contentType: 'text/event-stream',
      statusCode: 201,
      headers: {'Vary': 'Origin'},
      multiValueHeaders: {
        'Link': ['<a>', '<b>'],
      },
      cookies: ['a=1'],
    );

/// The prelude and the body that [response] is streamed as.
Future<(Object?, List<int>)> streamed(
  AwsApiGatewayResponse response, {
  bool payloadV2 = false,
}) async {
  final bytes = BytesBuilder();
  await response.toStream(payloadV2: payloadV2).forEach(bytes.add);
  final all = bytes.takeBytes();
  final end = all.indexOf(0);
  expect(all.sublist(end, end + 8), List.filled(8, 0));
  return (json.decode(utf8.decode(all.sublist(0, end))), all.sublist(end + 8));
}

void main() {
  group('a stream', () {
    test('begins with its status and headers for a REST API', () async {
      final (prelude, body) = await streamed(
        stream([
          [1],
          [2, 3],
        ]),
      );

      expect(prelude, {
        'statusCode': 201,
        'headers': {'Content-Type': 'text/event-stream', 'Vary': 'Origin'},
        'multiValueHeaders': {
          'Link': ['<a>', '<b>'],
          'Set-Cookie': ['a=1'],
        },
      });
      expect(body, [1, 2, 3]);
    });

    test('begins with its status and headers for a function URL', () async {
      final (prelude, _) = await streamed(stream([]), payloadV2: true);

      expect(prelude, {
        'statusCode': 201,
        'headers': {
          'Content-Type': 'text/event-stream',
          'Vary': 'Origin',
          'Link': '<a>,<b>',
        },
        'cookies': ['a=1'],
      });
    });

    test('has its headers in the first piece, and the others alone', () async {
      final pieces = await stream([
        [1],
        [2],
        [3],
      ]).toStream().toList();

      expect(pieces.length, 3);
      expect(pieces[0].sublist(pieces[0].length - 9), [
        ...List.filled(8, 0),
        1,
      ]);
      expect(pieces.sublist(1), [
        [2],
        [3],
      ]);
    });

    test('has its headers in a first piece of no bytes', () async {
      final pieces = await stream([
        [],
        [1],
      ]).toStream().toList();

      expect(pieces[0].last, 0);
      expect(pieces[1], [1]);
    });

    test('sends nothing before an error that it begins with', () async {
      final response = AwsApiGatewayResponse.stream(
        Stream.error(StateError('broken')),
      );

      await expectLater(response.toStream().first, throwsA(isA<StateError>()));
    });

    test('is collected as text, wherever it is split', () async {
      for (final text in ['hello, wörld 👋', '\ufeffa,b', '']) {
        final bytes = utf8.encode(text);
        for (var split = 0; split <= bytes.length; split++) {
          final pieces = [bytes.sublist(0, split), bytes.sublist(split)];
          final whole = await stream(pieces).collect();
          expect((whole.body, whole.isBase64Encoded), (text, false));
        }
      }
    });

    test('is collected in base64 where it is not UTF-8', () async {
      final whole = await stream([
        [255],
        [0],
      ]).collect();

      expect((whole.body, whole.isBase64Encoded), ('/wA=', true));
    });

    test('is collected with its status, headers and cookies', () async {
      final whole = await stream([]).collect();

      expect(whole.bodyStream, isNull);
      expect(whole.toJson(payloadV2: true), {
        'statusCode': 201,
        'headers': {
          'Content-Type': 'text/event-stream',
          'Vary': 'Origin',
          'Link': '<a>,<b>',
        },
        'cookies': ['a=1'],
        'body': '',
        'isBase64Encoded': false,
      });
    });

    test('is collected as it was where a buffer is filled again', () async {
      final buffer = Uint8List(1);
      Stream<List<int>> pieces() async* {
        for (buffer[0] = 0x61; buffer[0] < 0x64; buffer[0]++) {
          yield buffer;
        }
      }

      final whole = await AwsApiGatewayResponse.stream(pieces()).collect();

      expect(whole.body, 'abc');
    });

    test('is no JSON before it is collected', () {
      expect(stream([]).toJson, throwsA(isA<StateError>()));
    });

    test('is binary data unless told otherwise', () {
      final response = AwsApiGatewayResponse.stream(const Stream.empty());

      expect(response.headers, {'Content-Type': 'application/octet-stream'});
      expect(response.statusCode, 200);
    });
  });

  group('a response that is no stream', () {
    test('is streamed as one piece', () async {
      final (prelude, body) = await streamed(AwsApiGatewayResponse.json('ä'));

      expect(prelude, {
        'statusCode': 200,
        'headers': {'Content-Type': 'application/json'},
      });
      expect(utf8.decode(body), '"ä"');
    });

    test('is streamed decoded where it is in base64', () async {
      final (_, body) = await streamed(AwsApiGatewayResponse.bytes([255, 0]));

      expect(body, [255, 0]);
    });

    test('is collected already', () async {
      const response = AwsApiGatewayResponse(body: 'ok');

      expect(await response.collect(), same(response));
    });
  });

  test('streams on with other headers, and not with another body', () async {
    AwsApiGatewayResponse streamed() => AwsApiGatewayResponse.stream(
      Stream.value(utf8.encode('a')),
    ).withHeaders(const {'X-Seen': 'yes'});

    expect((await streamed().collect()).body, 'a');
    expect((await streamed().collect()).headers['X-Seen'], 'yes');
    expect(streamed().copyWith(body: 'b').bodyStream, null);
  });
}
