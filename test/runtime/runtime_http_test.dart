import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

/// Has a runtime serve [event], and returns what it tells Lambda: `response`
/// or `error`, and its JSON.
Future<(String, Object?)> serve(
  void Function(Runtime runtime) register, [
  Map<String, dynamic> event = const {'version': '2.0'},
]) async {
  final server = await HttpServer.bind(InternetAddress.loopbackIPv4, 0);
  final result = Completer<(String, Object?)>();
  var isServed = false;
  server.listen((request) async {
    final kind = request.uri.pathSegments.last;
    if (kind == 'next') {
      // Lambda answers when there is another event: here, never.
      if (isServed) return;
      isServed = true;
      request.response.headers.set('Lambda-Runtime-Aws-Request-Id', '42');
      request.response.write(json.encode(event));
    } else {
      final body = await utf8.decodeStream(request);
      result.complete((kind, json.decode(body)));
      request.response.statusCode = HttpStatus.accepted;
    }
    await request.response.close();
  });
  final runtime = Runtime(
    environment: {
      'AWS_LAMBDA_RUNTIME_API': '127.0.0.1:${server.port}',
      '_HANDLER': 'main.test',
      'LAMBDA_RUNTIME_API_SHOWS_ERRORS': '1',
    },
  );
  register(runtime);
  unawaited(runtime.invoke());
  return result.future;
}

/// Registers a handler that does as [handle] says.
void Function(Runtime) handling(FutureOr<Object?> Function() handle) =>
    (runtime) => runtime.registerHandler<AwsApiGatewayEvent>(
      'main.test',
      (_, _) => handle(),
    );

/// A middleware that puts a header into each response.
Middleware adding(String name, String value) =>
    (next) => (context, event) async {
      final response = await next(context, event);
      return response.withHeaders({name: value});
    };

const problem = HttpProblem.notFound('There is no order 7.');
final problemResponse = problem.toResponse().toJson(payloadV2: true);

void main() {
  group('a handler of a request', () {
    for (final MapEntry(key: time, value: handle) in {
      'at once': () => throw problem,
      'in its future': () async => throw problem,
    }.entries) {
      test('answers by the problem that it throws $time', () async {
        final (kind, result) = await serve(handling(handle));

        expect(kind, 'response');
        expect(result, problemResponse);
      });
    }

    test('answers by a problem as its API wants it', () async {
      final (_, result) = await serve(handling(() => throw problem), const {});

      expect(result, problem.toResponse().toJson());
    });

    test('fails by any other error, as before', () async {
      final (kind, result) = await serve(
        handling(() => throw const FormatException('secret')),
      );

      expect(kind, 'error');
      expect(result, containsPair('errorType', 'FormatException'));
    });

    test('fails by a problem that is no JSON', () async {
      final (kind, result) = await serve(
        handling(
          () => throw HttpProblem.extended(
            500,
            'Odd',
            extensions: {'x': Object()},
          ),
        ),
      );

      expect(kind, 'error');
      expect(result, containsPair('errorType', 'JsonUnsupportedObjectError'));
    });

    test('may be one of a class of events that extends ours', () async {
      final (kind, result) = await serve(
        (runtime) => runtime
          ..registerEvent(OwnEvent.fromJson)
          ..use(adding('X-A', '1'))
          ..registerHandler<OwnEvent>('main.test', (_, event) => event.own),
      );

      expect(
        (kind, (result! as Map<String, dynamic>)['body']),
        ('response', 'own'),
      );
    });
  });

  test('a handler of other events fails by a problem', () async {
    final (kind, result) = await serve(
      (runtime) => runtime
        ..use(adding('X-A', '1'))
        ..registerHandler<Object?>('main.test', (_, _) => throw problem),
    );

    expect(kind, 'error');
    expect(
      result,
      containsPair('errorMessage', '404 Not Found: There is no order 7.'),
    );
  });

  group('onError', () {
    AwsApiGatewayResponse own(
      Object error,
      StackTrace stackTrace,
      Context context,
      AwsApiGatewayEvent event,
    ) => AwsApiGatewayResponse.json(
      '$error in ${context.requestId} of ${event.path}',
      statusCode: 418,
    );

    for (final error in [problem, StateError('a')]) {
      test('answers in a form of its own: $error', () async {
        final (kind, result) = await serve((runtime) {
          runtime.onError(own);
          handling(() => throw error)(runtime);
        }, const {'path': '/orders'});

        expect(kind, 'response');
        expect(result, containsPair('statusCode', 418));
        expect(result, containsPair('body', '"$error in 42 of /orders"'));
      });
    }

    test('leaves to the runtime what it answers by null', () async {
      Future<(String, Object?)> serveWith(Object error) => serve((runtime) {
        runtime.onError((error, stackTrace, context, event) => null);
        handling(() => throw error)(runtime);
      });

      expect((await serveWith(problem)).$2, problemResponse);
      final (kind, result) = await serveWith(StateError('a'));
      expect(kind, 'error');
      expect(result, containsPair('errorMessage', 'Bad state: a'));
    });

    test('is asked once about an error, whatever is around it', () async {
      final asked = <Object>[];
      final (kind, _) = await serve((runtime) {
        runtime
          ..onError((error, stackTrace, context, event) {
            asked.add(error);
            return null;
          })
          ..use(adding('X-A', '1'))
          ..use(adding('X-B', '2'));
        handling(() => throw StateError('a'))(runtime);
      });

      expect(kind, 'error');
      expect(asked, [isA<StateError>()]);
    });

    test('may throw a problem, or fail itself', () async {
      Future<(String, Object?)> serveWith(Object thrown) => serve((runtime) {
        runtime
          ..onError((error, stackTrace, context, event) => throw thrown)
          ..use(adding('X-A', '1'));
        handling(() => throw StateError('a'))(runtime);
      });

      final (kind, result) = await serveWith(problem);
      expect(
        (kind, (result! as Map<String, dynamic>)['statusCode']),
        ('response', 404),
      );
      final (otherKind, other) = await serveWith(ArgumentError('b'));
      expect(otherKind, 'error');
      expect(other, containsPair('errorType', 'ArgumentError'));
    });

    test('sees where the error was thrown', () async {
      final (_, result) = await serve((runtime) {
        runtime.onError(
          (error, stackTrace, context, event) =>
              AwsApiGatewayResponse.json('$stackTrace'),
        );
        handling(() => throw StateError('a'))(runtime);
      });

      expect(
        (result! as Map<String, dynamic>)['body'],
        contains('runtime_http_test.dart'),
      );
    });
  });

  test('middleware is around handlers, also those registered before', () async {
    final (_, result) = await serve((runtime) {
      runtime.use(adding('X-A', '1'));
      handling(() => throw problem)(runtime);
      runtime.use(adding('X-B', '2'));
    });

    expect(result, containsPair('statusCode', 404));
    expect(
      (result! as Map<String, dynamic>)['headers'],
      allOf(containsPair('X-A', '1'), containsPair('X-B', '2')),
    );
  });
}

class OwnEvent extends AwsApiGatewayEvent {
  OwnEvent.fromJson(super.raw) : super.fromJson();

  String get own => 'own';
}
