import 'dart:async';
import 'dart:convert';
import 'dart:io';

import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

final context = Context(requestId: '42');

void main() {
  group('logRequests', () {
    Future<String> lineOf(
      HttpHandler handler, {
      String path = '/orders/7',
    }) async {
      final lines = <String>[];
      final event = AwsApiGatewayEvent.fromJson({
        'httpMethod': 'GET',
        'path': path,
      });
      try {
        await logRequests(log: lines.add)(handler)(context, event);
      } on StateError {
        // It is logged, and goes on.
      }
      return lines.single.replaceFirst(RegExp(r'\d+ ms'), '1 ms');
    }

    test('logs the method, path, status, time and request id', () async {
      expect(
        await lineOf((_, _) => const AwsApiGatewayResponse(statusCode: 201)),
        'GET /orders/7 201 1 ms 42',
      );
    });

    test('logs it as fields where it has no log of its own', () async {
      final lines = <String>[];
      await runZoned(
        () async => logRequests()((_, _) => const AwsApiGatewayResponse())(
          context,
          AwsApiGatewayEvent.fromJson(const {
            'httpMethod': 'GET',
            'path': '/a',
          }),
        ),
        zoneSpecification: ZoneSpecification(
          print: (_, _, _, line) => lines.add(line),
        ),
      );

      expect(lines.single, matches(r'^INFO GET /a status=200 ms=\d+$'));
    });

    test('logs a request that fails, and lets it fail', () async {
      expect(
        await lineOf((_, _) => throw StateError('a')),
        'GET /orders/7 failed 1 ms 42',
      );
      final failing = logRequests(log: (_) {})((_, _) => throw StateError('a'));
      expect(
        failing(context, AwsApiGatewayEvent.fromJson(const {})),
        throwsStateError,
      );
    });

    test('logs one line, whatever the path is', () async {
      expect(
        await lineOf((_, _) => const AwsApiGatewayResponse(), path: '/a\r\nb'),
        'GET /a??b 200 1 ms 42',
      );
    });
  });

  group('compress', () {
    const httpApi = {
      'version': '2.0',
      'headers': {'accept-encoding': 'br, gzip;q=0.8'},
    };
    final long = 'ä' * 1000;

    Future<AwsApiGatewayResponse> compressed(
      AwsApiGatewayResponse response, {
      Map<String, dynamic> event = httpApi,
      Middleware? middleware,
    }) async {
      final handler = (middleware ?? compress())((_, _) => response);
      return handler(context, AwsApiGatewayEvent.fromJson(event));
    }

    test('compresses a long body by gzip', () async {
      final response = await compressed(AwsApiGatewayResponse(body: long));

      expect(response.isBase64Encoded, true);
      expect(response.body.length, lessThan(200));
      expect(utf8.decode(gzip.decode(base64.decode(response.body))), long);
      expect(response.headers, {
        'Content-Type': 'application/json',
        'Vary': 'Accept-Encoding',
        'Content-Encoding': 'gzip',
      });
    });

    test('leaves a body for callers that take no gzip', () async {
      for (final accepted in ['br', 'gzip;q=0', 'gzip; q=0.000', 'xgzip']) {
        final response = await compressed(
          AwsApiGatewayResponse(body: long),
          event: {
            'version': '2.0',
            'headers': {'accept-encoding': accepted},
          },
        );

        expect(response.body, long);
        // The same URL has the other body for other callers.
        expect(response.headers['Vary'], 'Accept-Encoding');
      }
    });

    test('leaves a body for callers that say nothing of it', () async {
      final response = await compressed(
        AwsApiGatewayResponse(body: long),
        event: const {'version': '2.0'},
      );

      expect(response.body, long);
    });

    test('leaves what is short, binary or a stream', () async {
      final short = AwsApiGatewayResponse(body: 'a' * 1023);
      final binary = AwsApiGatewayResponse.bytes(List.filled(2000, 1));
      final stream = AwsApiGatewayResponse.stream(Stream.value([1]));
      final all = compress(minimumSize: 0);

      expect(await compressed(short), same(short));
      expect(await compressed(binary), same(binary));
      expect(await compressed(stream, middleware: all), same(stream));
    });

    test('compresses from the size on that it is told', () async {
      final response = await compressed(
        const AwsApiGatewayResponse(body: '{}'),
        middleware: compress(minimumSize: 2),
      );

      expect(response.isBase64Encoded, true);
    });

    test('leaves the bodies of a REST API, unless told otherwise', () async {
      const restApi = {
        'headers': {'Accept-Encoding': 'gzip'},
      };
      final response = AwsApiGatewayResponse(body: long);

      expect(await compressed(response, event: restApi), same(response));
      final other = await compressed(
        response,
        event: restApi,
        middleware: compress(restApi: true),
      );
      expect(other.isBase64Encoded, true);
    });
  });

  group('timeBudget', () {
    final event = AwsApiGatewayEvent.fromJson(const {});
    final isLate = throwsA(
      isA<HttpProblem>().having((problem) => problem.status, 'status', 504),
    );
    FutureOr<AwsApiGatewayResponse> never(Context _, AwsApiGatewayEvent _) =>
        Completer<AwsApiGatewayResponse>().future;

    test('refuses a request that takes longer', () async {
      final handler = timeBudget(Duration.zero)(never);

      await expectLater(handler(context, event), isLate);
    });

    test('refuses a request before Lambda ends the process', () async {
      final soon = DateTime.timestamp().add(const Duration(milliseconds: 200));
      final ending = Context(requestId: '42', deadline: soon);

      await expectLater(timeBudget()(never)(ending, event), isLate);
    });

    test('takes the sooner of both', () async {
      final past = Context(requestId: '42', deadline: DateTime.utc(2024));

      await expectLater(
        timeBudget(const Duration(minutes: 1))(never)(past, event),
        isLate,
      );
    });

    test('passes on what comes in time', () async {
      const response = AwsApiGatewayResponse();

      expect(
        await timeBudget()((_, _) => response)(context, event),
        same(response),
      );
      await expectLater(
        timeBudget()((_, _) => throw StateError('a'))(context, event),
        throwsStateError,
      );
    });

    test('drops what comes too late, an error too', () async {
      final late = Completer<AwsApiGatewayResponse>();
      final handler = timeBudget(Duration.zero)((_, _) => late.future);

      await expectLater(handler(context, event), isLate);
      late.completeError(StateError('It came too late.'));
      // An error that nobody takes would fail the test by now.
      await Future<void>.delayed(Duration.zero);
    });
  });
}
