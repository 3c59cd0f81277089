import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

const shop = 'https://shop.example.com';
const admin = 'https://admin.example.com';

/// What [middleware] makes of a request, whose handler returns [response].
Future<AwsApiGatewayResponse> answer(
  Middleware middleware, {
  String method = 'GET',
  Map<String, String> headers = const {},
  AwsApiGatewayResponse response = const AwsApiGatewayResponse(),
}) async {
  final event = AwsApiGatewayEvent.fromJson({
    'httpMethod': method,
    'headers': headers,
  });
  final handler = middleware((context, event) => response);
  return handler(Context(requestId: 'test'), event);
}

Future<AwsApiGatewayResponse> preflight(Middleware middleware, String origin) =>
    answer(
      middleware,
      method: 'OPTIONS',
      headers: {'Origin': origin, 'Access-Control-Request-Method': 'POST'},
      response: const AwsApiGatewayResponse(statusCode: 500),
    );

void main() {
  group('cors', () {
    test('lets pages of all origins read a response', () async {
      final response = await answer(cors(), headers: {'Origin': shop});

      expect(response.headers, {
        'Content-Type': 'application/json',
        'Access-Control-Allow-Origin': '*',
      });
    });

    test('lets those of some origins, and tells caches so', () async {
      final some = cors(origins: [shop, admin]);

      for (final origin in [shop, admin]) {
        final response = await answer(some, headers: {'origin': origin});
        expect(response.headers['Access-Control-Allow-Origin'], origin);
        expect(response.headers['Vary'], 'Origin');
      }
    });

    test('lets no others, and tells caches so', () async {
      for (final headers in [
        {'Origin': 'https://shop.example.com.evil.example'},
        {'Origin': 'null'},
        <String, String>{},
      ]) {
        final response = await answer(cors(origins: [shop]), headers: headers);
        expect(response.headers.keys, isNot(contains(startsWith('Access'))));
        expect(response.headers['Vary'], 'Origin');
      }
    });

    test('keeps what a response varies by, and replaces its origin', () async {
      final response = await answer(
        cors(origins: [shop]),
        headers: {'Origin': shop},
        response: const AwsApiGatewayResponse(
          headers: {'vary': 'Accept', 'access-control-allow-origin': '*'},
          multiValueHeaders: {
            'Vary': ['Accept-Language'],
          },
        ),
      );

      expect(response.headers, {
        'vary': 'Accept, Accept-Language, Origin',
        'access-control-allow-origin': shop,
      });
      expect(response.multiValueHeaders, isEmpty);
    });

    test('answers a preflight before the handler does', () async {
      final all = cors(
        methods: ['GET', 'POST'],
        headers: ['X-A', 'X-B'],
        maxAge: const Duration(minutes: 1),
      );
      final response = await preflight(all, shop);

      expect((response.statusCode, response.body), (204, ''));
      expect(response.headers, {
        'Access-Control-Allow-Origin': '*',
        'Access-Control-Allow-Methods': 'GET, POST',
        'Access-Control-Allow-Headers': 'X-A, X-B',
        'Access-Control-Max-Age': '60',
      });
    });

    test('answers a preflight of another origin without it', () async {
      final response = await preflight(cors(origins: [shop]), admin);

      expect(response.statusCode, 204);
      expect(
        response.headers.keys,
        isNot(contains('Access-Control-Allow-Origin')),
      );
    });

    test('leaves other OPTIONS requests to the handler', () async {
      final response = await answer(
        cors(),
        method: 'OPTIONS',
        response: const AwsApiGatewayResponse(body: 'mine'),
      );

      expect(response.body, 'mine');
    });

    test('lets pages read more headers, and send cookies', () async {
      final some = cors(
        origins: [shop],
        exposedHeaders: ['ETag', 'X-Page'],
        credentials: true,
      );
      final response = await answer(some, headers: {'Origin': shop});

      expect(
        response.headers,
        allOf(
          containsPair('Access-Control-Expose-Headers', 'ETag, X-Page'),
          containsPair('Access-Control-Allow-Credentials', 'true'),
        ),
      );
      expect(
        (await preflight(some, shop)).headers,
        containsPair('Access-Control-Allow-Credentials', 'true'),
      );
    });

    test('lets no page of just any origin send cookies', () {
      expect(() => cors(credentials: true), throwsArgumentError);
    });

    test('keeps the cookies and the body of a response', () async {
      final response = await answer(
        cors(),
        response: AwsApiGatewayResponse.bytes(const [1], cookies: ['a=1']),
      );

      expect(response.toJson(), {
        'statusCode': 200,
        'headers': {
          'Content-Type': 'application/octet-stream',
          'Access-Control-Allow-Origin': '*',
        },
        'multiValueHeaders': {
          'Set-Cookie': ['a=1'],
        },
        'body': 'AQ==',
        'isBase64Encoded': true,
      });
    });
  });
}
