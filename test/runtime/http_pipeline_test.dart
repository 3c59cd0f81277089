import 'dart:async';
import 'dart:convert';

import 'package:shop/runtime/http_pipeline.dart';
import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

/// A middleware that puts a header into each response.
Middleware adding(String name, String value) =>
    (next) => (context, event) async {
      final response = await next(context, event);
      return response.withHeaders({name: value});
    };

/// A middleware that tells [log] when it is entered and left.
Middleware telling(List<String> log, String name) =>
    (next) => (context, event) async {
      log.add('$name begins');
      final response = await next(context, event);
      log.add('$name sees ${response.statusCode}');
      return response;
    };

/// A middleware that throws [error] instead of what is inside of it.
Middleware throwing(Object error) =>
    (next) =>
        (context, event) => throw error;

AwsApiGatewayResponse ok() => AwsApiGatewayResponse.json('ok');

const problem = HttpProblem.notFound('There is no order 7.');

/// What comes of a request whose handler does as [handle] says, as JSON.
Future<Object?> request(
  FutureOr<Object?> Function() handle, {
  List<Middleware> within = const [],
  ErrorHandler? onError,
}) async {
  final pipeline = HttpPipeline()
    ..middleware.addAll(within)
    ..onError = onError;
  final result = await pipeline.handle(
    (_, _) => handle(),
    Context(requestId: 'test'),
    AwsApiGatewayEvent.fromJson(const {}),
  );
  return result is AwsApiGatewayResponse
      ? result.toJson(payloadV2: true)
      : result;
}

void main() {
  group('middleware', () {
    test('is around the handler in the order of use', () async {
      final log = <String>[];
      await request(
        ok,
        within: [telling(log, 'first'), telling(log, 'second')],
      );

      expect(log, [
        'first begins',
        'second begins',
        'second sees 200',
        'first sees 200',
      ]);
    });

    test('sees the response to a problem of what is inside of it', () async {
      final log = <String>[];
      final result = await request(
        ok,
        within: [
          adding('X-A', '1'),
          telling(log, 'outer'),
          throwing(problem),
          telling(log, 'inner'),
        ],
      );

      expect(log, ['outer begins', 'outer sees 404']);
      expect(
        (result! as Map<String, dynamic>)['headers'],
        containsPair('X-A', '1'),
      );
    });

    test('sees the response that onError makes', () async {
      final result = await request(
        () => throw StateError('a'),
        within: [adding('X-A', '1')],
        onError: (error, stackTrace, context, event) => ok(),
      );

      expect(
        (result! as Map<String, dynamic>)['headers'],
        containsPair('X-A', '1'),
      );
    });

    test('sees any other error as it is', () async {
      Object? seen;
      final result = request(
        () => throw StateError('a'),
        within: [
          (next) => (context, event) async {
            try {
              return await next(context, event);
            } catch (error) {
              seen = error;
              rethrow;
            }
          },
        ],
      );

      await expectLater(result, throwsStateError);
      expect(seen, isA<StateError>());
    });

    test('answers in place of the handler', () async {
      final result = await request(
        () => throw StateError('It was called.'),
        within: [
          (next) =>
              (context, event) => ok(),
        ],
      );

      expect((result! as Map<String, dynamic>)['body'], '"ok"');
    });

    // Each with its status and body behind middleware.
    final results = <Object?, (int, String)>{
      {'id': 7}: (200, '{"id":7}'),
      [1]: (200, '[1]'),
      null: (200, 'null'),
      'hello': (200, 'hello'),
      const Order(7): (200, '{"id":7}'),
      {'statusCode': 201, 'body': 'made'}: (201, 'made'),
      {'statusCode': '202'}: (202, ''),
    };
    for (final MapEntry(key: returned, value: wanted) in results.entries) {
      final text = json.encode(returned);

      test('sees a response, where a handler returns $text', () async {
        final result = await request(
          () => returned,
          within: [adding('X-A', '1')],
        );

        final {'statusCode': status, 'body': body, 'headers': headers} =
            result as Map<String, dynamic>;
        expect((status, body), wanted);
        expect(headers, containsPair('X-A', '1'));
      });

      test('is not there, and $text is passed on as it is', () async {
        expect(await request(() => returned), same(returned));
      });
    }

    test('keeps all that a handler says in plain JSON', () async {
      final returned = {
        'statusCode': 200,
        'headers': {'X-B': 2, 'X-C': null},
        'multiValueHeaders': {
          'X-D': ['3', 4],
        },
        'cookies': ['a=1'],
        'body': 'aGk=',
        'isBase64Encoded': true,
      };

      final result = await request(
        () => returned,
        within: [adding('X-A', '1')],
      );

      expect(result, {
        'statusCode': 200,
        'headers': {'X-B': '2', 'X-A': '1', 'X-D': '3,4'},
        'cookies': ['a=1'],
        'body': 'aGk=',
        'isBase64Encoded': true,
      });
    });
  });
}

class Order {
  const Order(this.id);

  final int id;

  Map<String, dynamic> toJson() => {'id': id};
}
