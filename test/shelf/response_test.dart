import 'dart:async';
import 'dart:convert';

import 'package:shelf/shelf.dart';
import 'package:shop/runtime/runtime.dart' hide Handler;
import 'package:test/test.dart';

import 'serve.dart';

void main() {
  group('a response', () {
    test('has its status, its headers and its cookies', () async {
      final response = await serve(
        (_) => Response(
          201,
          body: '[]',
          headers: {
            'content-type': 'application/json',
            'Vary': ['Origin', 'Accept'],
            'Set-Cookie': ['a=1; Path=/', 'b=2'],
          },
        ),
        rest({}),
      );
      final whole = await response.collect();
      expect(whole.toJson(), {
        'statusCode': 201,
        'headers': {'Content-Type': 'application/json'},
        'multiValueHeaders': {
          'Vary': ['Origin', 'Accept'],
          'Set-Cookie': ['a=1; Path=/', 'b=2'],
        },
        'body': '[]',
        'isBase64Encoded': false,
      });
      expect(whole.toJson(payloadV2: true), {
        'statusCode': 201,
        'headers': {
          'Content-Type': 'application/json',
          'Vary': 'Origin,Accept',
        },
        'cookies': ['a=1; Path=/', 'b=2'],
        'body': '[]',
        'isBase64Encoded': false,
      });
    });

    test('is plain text where it names no type, as with shelf_io', () async {
      final response = await serve((_) => Response.ok('Zoë'), rest({}));
      expect(response.headers['Content-Type'], contains('charset=utf-8'));
      expect((await response.collect()).body, 'Zoë');
      expect((await serve((_) => Response.ok('a'), rest({}))).headers, {
        'Content-Type': 'text/plain; charset=utf-8',
      });
    });

    test('is in base64 where it is no UTF-8', () async {
      final response = await serve((_) => Response.ok([0, 255]), rest({}));
      final whole = await response.collect();
      expect(whole.isBase64Encoded, true);
      expect(base64.decode(whole.body), [0, 255]);
    });

    test('is a stream that is read as it is made', () async {
      final pieces = StreamController<List<int>>();
      final response = await serve((_) => Response.ok(pieces.stream), rest({}));
      final read = StreamIterator(response.bodyStream!);
      for (final piece in [
        [1],
        [2, 3],
      ]) {
        pieces.add(piece);
        expect(await read.moveNext(), true);
        expect(read.current, piece);
      }
      unawaited(pieces.close());
      expect(await read.moveNext(), false);
    });

    test('has no body for HEAD, 204 and 304', () async {
      final head = rest({'httpMethod': 'HEAD'});
      for (final (handler, event) in [
        ((_) => Response.ok('text'), head),
        ((_) => Response(204, body: 'text'), rest({})),
        ((_) => Response.notModified(), rest({})),
      ]) {
        final response = await serve(handler, event);
        expect((await response.collect()).body, '');
      }
    });
  });

  group('an error', () {
    test('of the handler is one of the function', () {
      expect(
        serve((_) => throw const FormatException('x'), rest({})),
        throwsFormatException,
      );
      expect(
        serve((_) async => throw const HijackException(), rest({})),
        throwsA(isA<HijackException>()),
      );
    });

    test('in a future that is not awaited does not keep a response', () async {
      // Outside of the error zone of a test, as in the runtime.
      final response = await Zone.root.run(
        () => serve((_) {
          unawaited(Future<void>.error(StateError('not awaited')));
          return Response.ok('fine');
        }, rest({})),
      );
      expect((await response.collect()).body, 'fine');
      // An error does not leave its zone either, but in a value.
      final error = await Zone.root.run(() async {
        try {
          return await serve((_) => throw StateError('x'), rest({}));
        } catch (error) {
          return error;
        }
      });
      expect(error, isA<StateError>());
    });

    test('does not hide the invocation from the handler', () async {
      final zone = Zone.root.fork(zoneValues: {Context: invocation});
      final response = await zone.run(
        () => serve((_) => Response.ok(Context.current!.requestId), rest({})),
      );
      expect((await response.collect()).body, 'id-1');
    });
  });
}
