import 'dart:convert';

import 'package:shelf/shelf.dart';
import 'package:shop/runtime/shelf.dart';
import 'package:test/test.dart';

import 'serve.dart';

Future<Uri> uriOf(Map<String, dynamic> event) async =>
    (await requestOf(event)).requestedUri;

void main() {
  group('the URL of a request', () {
    test('has the path without the stage, of which a handler routes', () async {
      for (final event in [
        rest({'path': '/orders/7'}),
        // An HTTP API with payload 1.0.
        rest({'version': '1.0', 'path': '/dev/orders/7'}),
        http({'rawPath': '/orders/7'}),
        url({'rawPath': '/orders/7'}),
        http({
          'rawPath': '/dev/orders/7',
          'requestContext': {
            'stage': 'dev',
            'http': {'method': 'GET'},
          },
        }),
      ]) {
        final request = await requestOf(event);
        expect(request.requestedUri.path, '/orders/7');
        expect(request.url.path, 'orders/7');
        expect(request.handlerPath, '/');
      }
    });

    test('keeps a path that only looks like the stage', () async {
      expect((await uriOf(rest({'path': '/dev/a'}))).path, '/dev/a');
      final context = {
        'stage': 'dev',
        'http': {'method': 'GET'},
      };
      for (final (path, expected) in [
        ('/development', '/development'),
        ('/dev', '/'),
        ('/dev/', '/'),
        ('/dev/dev', '/dev'),
      ]) {
        final event = http({'rawPath': path, 'requestContext': context});
        expect((await uriOf(event)).path, expected);
      }
    });

    test('is that of the client', () async {
      final uri = await uriOf(
        rest({
          'path': '/a',
          'headers': {'Host': 'localhost:3000', 'X-Forwarded-Proto': 'http'},
          'multiValueHeaders': {
            'Host': ['localhost:3000'],
          },
        }),
      );
      expect('$uri', 'http://localhost:3000/a');
      final event = rest({
        'requestContext': {'domainName': 'api.example.com', 'stage': 'dev'},
      });
      expect('${await uriOf(event)}', 'https://api.example.com/');
      expect('${await uriOf(rest({}))}', 'https://localhost/');
    });

    test('has every value of the query', () async {
      final event = rest({
        'queryStringParameters': {'tag': 'b&c', 'q': 'ä +', 'flag': ''},
        'multiValueQueryStringParameters': {
          'tag': ['a', 'b&c'],
          'q': ['ä +'],
          'flag': [''],
        },
      });
      for (final uri in [
        await uriOf(event),
        await uriOf(
          http({'rawQueryString': 'tag=a&q=%C3%A4+%2B&flag&tag=b%26c'}),
        ),
      ]) {
        expect(uri.queryParametersAll, {
          'tag': ['a', 'b&c'],
          'q': ['ä +'],
          'flag': [''],
        });
      }
      expect(
        (await uriOf(http({'rawQueryString': '100%&a=%'}))).query,
        isNotEmpty,
      );
      expect((await uriOf(rest({}))).hasQuery, false);
    });

    test('has a path in any encoding', () async {
      for (final (event, segments) in [
        (rest({'path': '/a%20b/%C3%A4%2F'}), ['a b', 'ä/']),
        (url({'rawPath': '/a%20b/%C3%A4%2F'}), ['a b', 'ä/']),
        (rest({'path': '/a b/ä'}), ['a b', 'ä']),
        // An HTTP API has decoded it.
        (http({'rawPath': '/a b/ä'}), ['a b', 'ä']),
        (http({'rawPath': '/100%/%2F?#'}), ['100%', '%2F?#']),
        (http({'rawPath': '//a//'}), ['', 'a', '', '']),
        (rest({'path': '/a:b@c'}), ['a:b@c']),
      ]) {
        expect((await uriOf(event)).pathSegments, segments);
      }
    });

    test('is refused where it is no UTF-8, and so is another event', () async {
      for (final event in [
        rest({'path': '/%FF'}),
        url({'rawPath': '/%FF'}),
        url({'rawQueryString': 'a=%FF'}),
        <String, dynamic>{},
        {'Records': <Object>[]},
      ]) {
        final response = await serve((_) => Response.ok(''), event);
        expect(response.statusCode, 400);
      }
    });
  });

  group('a request', () {
    test('has all values of its headers, and its cookies', () async {
      final one = await requestOf(
        rest({
          'headers': {'X-A': '2', 'Cookie': 'a=1; b=2'},
          'multiValueHeaders': {
            'X-A': ['1', '2'],
            'Cookie': ['a=1; b=2'],
          },
        }),
      );
      expect(one.headersAll['x-a'], ['1', '2']);
      expect(one.headers['x-a'], '1,2');
      expect(one.headers['cookie'], 'a=1; b=2');

      final two = await requestOf(
        http({
          'headers': {'x-a': '1,2'},
          'cookies': ['a=1', 'b=2'],
        }),
      );
      expect(two.headers['x-a'], '1,2');
      expect(two.headers['cookie'], 'a=1; b=2');
    });

    test('has its body in text or bytes', () async {
      final type = {'content-type': 'text/plain'};
      final text = await requestOf(
        http({
          'requestContext': {
            'http': {'method': 'POST'},
          },
          'headers': type,
          'body': 'Zoë',
          'isBase64Encoded': false,
        }),
      );
      expect(text.method, 'POST');
      expect(text.mimeType, 'text/plain');
      expect(text.contentLength, 4);
      expect(await text.readAsString(), 'Zoë');

      final bytes = await requestOf(
        rest({
          'body': base64.encode([0, 255, 128]),
          'isBase64Encoded': true,
        }),
      );
      expect(await bytes.read().expand((piece) => piece).toList(), [
        0,
        255,
        128,
      ]);
      expect(await (await requestOf(rest({'body': null}))).readAsString(), '');
    });

    test('has the context and the event of Lambda', () async {
      final event = rest({
        'requestContext': {
          'authorizer': {'sub': '42'},
        },
      });
      final request = await requestOf(event);
      expect(request.lambdaContext, same(invocation));
      expect(request.lambdaEvent!.requestContext.authorizer, {'sub': '42'});
      expect(request.change(path: '').lambdaContext, same(invocation));
      final other = Request('GET', Uri.parse('http://localhost/'));
      expect(other.lambdaContext, isNull);
      expect(other.lambdaEvent, isNull);
    });

    test('cannot be hijacked', () async {
      final request = await requestOf(rest({}));
      expect(request.canHijack, false);
      expect(
        serve((request) => request.hijack((_) {}), rest({})),
        throwsStateError,
      );
    });
  });
}
