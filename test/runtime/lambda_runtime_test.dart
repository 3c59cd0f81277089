import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

Object? handle(Context context, Object? event) => 1;

/// Has a runtime serve [event] by what it registers as `main.test`, and
/// returns what it tells Lambda.
Future<Object?> serve(
  void Function(Runtime runtime) register, {
  Object? event = const {'n': 1},
  Map<String, String> environment = const {},
}) async {
  final server = await HttpServer.bind(InternetAddress.loopbackIPv4, 0);
  final result = Completer<Object?>();
  server.listen((request) async {
    if (request.uri.pathSegments.last == 'next') {
      if (result.isCompleted) return;
      request.response.headers
        ..set('Lambda-Runtime-Aws-Request-Id', '42')
        ..set('Lambda-Runtime-Aws-Tenant-Id', 'blue');
      request.response.write(json.encode(event));
    } else {
      result.complete(json.decode(await utf8.decodeStream(request)));
      request.response.statusCode = HttpStatus.accepted;
    }
    await request.response.close();
  });
  final runtime = Runtime(
    environment: {
      'AWS_LAMBDA_RUNTIME_API': '127.0.0.1:${server.port}',
      '_HANDLER': 'main.test',
      'LAMBDA_RUNTIME_API_SHOWS_ERRORS': '1',
      ...environment,
    },
  );
  register(runtime);
  unawaited(runtime.invoke());
  return result.future;
}

class Order {
  Order.fromJson(Map<String, dynamic> json) : n = json['n'] as int;

  final int n;
}

void main() {
  test('refuses a second handler of a name where it is registered', () {
    final runtime = Runtime(environment: const {});
    void register() => runtime.registerHandler<Object?>('main.hello', handle);

    register();

    expect(
      register,
      throwsA(
        isA<ArgumentError>().having(
          (error) => error.message,
          'message',
          '"main.hello" is registered twice.',
        ),
      ),
    );
  });

  test('knows its handlers, and takes them away', () {
    final runtime = Runtime(environment: const {});
    expect(runtime.handlerExists('main.hello'), isFalse);
    runtime.registerHandler<Object?>('main.hello', handle, streams: true);
    expect(runtime.handlerExists('main.hello'), isTrue);
    runtime
      ..deregisterHandler('main.hello')
      ..deregisterHandler('main.hello');
    expect(runtime.handlerExists('main.hello'), isFalse);
    runtime.registerHandler<Object?>('main.hello', handle);
  });

  group('an event of a type of its own', () {
    test('is read by what its handler was registered with', () async {
      final result = await serve(
        (runtime) => runtime.registerHandler<Order>(
          'main.test',
          (context, order) => order.n,
          event: Order.fromJson,
        ),
      );

      expect(result, 1);
    });

    test('is read by what its type was registered with, until that is taken '
        'away', () async {
      Future<Object?> read({required bool isGone}) => serve((runtime) {
        runtime
          ..registerEvent(Order.fromJson)
          ..registerHandler<Order>('main.test', (context, order) => order.n);
        if (isGone) runtime.deregisterEvent<Order>();
      });

      expect(await read(isGone: false), 1);
      expect(
        await read(isGone: true),
        containsPair(
          'errorMessage',
          'Nothing reads events of the type Order. Name what does: '
              "registerHandler<Order>('main.test', ..., event: "
              'Order.fromJson).',
        ),
      );
    });

    test('is refused where it is no JSON object', () async {
      final result = await serve(
        (runtime) => runtime.registerHandler<Order>(
          'main.test',
          (context, order) => order.n,
          event: Order.fromJson,
        ),
        event: 3,
      );

      expect(result, containsPair('errorType', 'FormatException'));
    });
  });

  test(
    'refuses an event of another type of JSON, and names no reader',
    () async {
      for (final register in [
        (Runtime runtime) =>
            runtime.registerHandler<List<dynamic>>('main.test', handle),
        (Runtime runtime) =>
            runtime.registerHandler<String>('main.test', handle),
      ]) {
        expect(
          await serve(register),
          containsPair('errorMessage', matches(r'^The event is not a \S+\.$')),
        );
      }
    },
  );

  test('tells the handler whom the environment serves', () async {
    final tenant = await serve(
      (runtime) => runtime.registerHandler<Object?>(
        'main.test',
        (context, _) => context.tenantId,
      ),
    );

    expect(tenant, 'blue');
  });

  test('hands its log, in its format, to the handler', () async {
    final lines = <Map<String, dynamic>>[];
    await runZoned(
      () => serve(
        (runtime) =>
            runtime.registerHandler<Object?>('main.test', (_, _) async {
              await Future<void>.delayed(Duration.zero);
              log.warn('a', {'b': 1});
              log.info('too little');
              print('as well');
              print('{"own":true}');
              return null;
            }),
        environment: {
          'AWS_LAMBDA_LOG_FORMAT': 'JSON',
          'AWS_LAMBDA_LOG_LEVEL': 'WARN',
        },
      ),
      zoneSpecification: ZoneSpecification(
        print: (_, _, _, line) =>
            lines.add(json.decode(line) as Map<String, dynamic>),
      ),
    );

    expect(lines.first, {
      'timestamp': isA<String>(),
      'level': 'WARN',
      'requestId': '42',
      'message': 'a',
      'b': 1,
    });
    expect(lines.skip(1), [
      {'own': true},
    ]);
  });
}
