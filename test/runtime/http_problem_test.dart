import 'dart:convert';

import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

void main() {
  test('is a response of problem+json, with its status', () {
    final response = const HttpProblem(
      402,
      'Payment Required',
      'The card was refused.',
    ).toResponse();

    expect(response.statusCode, 402);
    expect(response.headers, {'Content-Type': 'application/problem+json'});
    expect(json.decode(response.body), {
      'status': 402,
      'title': 'Payment Required',
      'detail': 'The card was refused.',
    });
  });

  test('has no detail, where none was given', () {
    expect(const HttpProblem.notFound().toJson(), {
      'status': 404,
      'title': 'Not Found',
    });
  });

  test('has members and headers of its own', () {
    const problem = HttpProblem.extended(
      429,
      'Too Many Requests',
      extensions: {'limit': 10},
      headers: {'Retry-After': '3'},
    );

    expect(problem.toJson(), containsPair('limit', 10));
    expect(problem.toResponse().headers, containsPair('Retry-After', '3'));
  });

  test('has the usual kinds by name', () {
    final kinds = {
      const HttpProblem.unauthorized('d'): (401, 'Unauthorized'),
      const HttpProblem.forbidden('d'): (403, 'Forbidden'),
      const HttpProblem.notFound('d'): (404, 'Not Found'),
      const HttpProblem.conflict('d'): (409, 'Conflict'),
      const HttpProblem.unprocessable('d'): (422, 'Unprocessable Content'),
    };
    for (final MapEntry(key: problem, value: kind) in kinds.entries) {
      expect((problem.status, problem.title), kind);
      expect(problem.detail, 'd');
    }
  });

  test('asks for a token with a 401, as HTTP wants it', () {
    expect(
      const HttpProblem.unauthorized().toResponse().headers,
      containsPair('WWW-Authenticate', 'Bearer'),
    );
  });

  test('is one line in a log', () {
    expect('${const HttpProblem.conflict()}', '409 Conflict');
    expect(
      '${const HttpProblem.conflict('It is paid.')}',
      '409 Conflict: It is paid.',
    );
  });

  group('BadRequest', () {
    AwsApiGatewayEvent eventWith(Object? body, {bool base64 = false}) =>
        AwsApiGatewayEvent.fromJson({'body': body, 'isBase64Encoded': base64});

    double priceOf(String body) => decodeJson(
      body,
      asObject(
        (json) =>
            json.list('items', asObject((item) => item.number('price'))).single,
      ),
    );

    BadRequest problemOf(Object? Function() read) {
      try {
        read();
      } on BadRequest catch (problem) {
        return problem;
      }
      fail('It was not refused.');
    }

    test('names the field of a body, in each object and array around it', () {
      final event = eventWith('{"items": [{"price": "3"}]}');

      final problem = problemOf(() => event.read(priceOf));

      expect(problem.field, 'items[0].price');
      expect(problem.toJson(), {
        'status': 400,
        'title': 'Bad Request',
        'detail':
            'The field "items[0].price" must be a number, but it is a string.',
        'field': 'items[0].price',
      });
    });

    final refused = {
      null: 'The body is missing.',
      'x': 'The body is not valid JSON: Unexpected character at offset 0.',
      '[]': 'The body must be an object, but it is an array.',
    };
    for (final MapEntry(key: body, value: message) in refused.entries) {
      test('names no field, where it is about the body: $body', () {
        final problem = problemOf(() => eventWith(body).read(priceOf));

        expect(problem.detail, message);
        expect(problem.toJson(), isNot(contains('field')));
      });
    }

    test('names a field that is missing', () {
      final problem = problemOf(() => eventWith('{}').read(priceOf));

      expect(problem.field, 'items');
      expect(problem.detail, 'The field "items" is missing.');
    });

    test('names the parameter of a path or a query', () {
      for (final read in [
        () => const {'id': 'x'}.integer('id'),
        () => const <String, String>{}.integer('id'),
        () => const {'id': 'x'}.parameter('id', (_) => int.parse('x')),
      ]) {
        final problem = problemOf(read);

        expect(problem.parameter, 'id');
        expect(problem.toJson(), containsPair('parameter', 'id'));
      }
    });

    test('is not thrown for a body that can be read, in base64 too', () {
      const body = '{"items": [{"price": 3}]}';
      final encoded = base64.encode(utf8.encode(body));

      expect(eventWith(body).read(priceOf), 3.0);
      expect(eventWith(encoded, base64: true).read(priceOf), 3.0);
    });

    test('is thrown for a body that is no UTF-8', () {
      final event = eventWith(base64.encode([0xff]), base64: true);

      final problem = problemOf(() => event.read(priceOf));

      expect(problem.detail, 'The body is not UTF-8 text.');
    });

    test('stays what a decoder makes of it', () {
      Never decode(String body) =>
          throw const BadRequest('It is too long.', field: 'name');

      final problem = problemOf(() => eventWith('{}').read<Object?>(decode));

      expect((problem.detail, problem.field), ('It is too long.', 'name'));
    });

    test('is no excuse for other errors of a decoder', () {
      Never decode(String body) => throw StateError('It has a bug.');

      expect(() => eventWith('{}').read<Object?>(decode), throwsStateError);
    });

    test('is caught as a FormatException by handlers of older services', () {
      AwsApiGatewayResponse getOrder(AwsApiGatewayEvent event) {
        try {
          event.pathParameters.integer('id');
          decodeJson(event.body ?? '', asObject((json) => json.string('name')));
        } on FormatException catch (error) {
          return AwsApiGatewayResponse.json({
            'message': error.message,
          }, statusCode: 400);
        }
        return AwsApiGatewayResponse.json(null);
      }

      String messageFor(Map<String, dynamic> event) =>
          getOrder(AwsApiGatewayEvent.fromJson(event)).body;

      expect(
        messageFor({
          'pathParameters': {'id': 'x'},
        }),
        r'{"message":"The parameter \"id\" must be an integer, but it is '
        r'\"x\"."}',
      );
      expect(
        messageFor({
          'pathParameters': {'id': '7'},
          'body': '{"name": 1}',
        }),
        r'{"message":"The field \"name\" must be a string, but it is a '
        r'number."}',
      );
    });
  });
}
