import 'package:shop/runtime/runtime.dart';
import 'package:test/test.dart';

AwsApiGatewayEvent eventOf(Object? authorizer) => AwsApiGatewayEvent.fromJson({
  'resource': '/orders',
  'requestContext': {'authorizer': authorizer},
});

AwsApiGatewayEventRequestContext callerOf(Object? authorizer) =>
    eventOf(authorizer).requestContext;

void main() {
  const claims = {'sub': '7', 'email': 'ada@example.com'};

  // As API Gateway documents them.
  final authorizers = {
    'a Cognito authorizer of a REST API': {'claims': claims},
    'a JWT authorizer of an HTTP API': {
      'jwt': {'claims': claims, 'scopes': null},
    },
    'a Lambda authorizer of an HTTP API': {'lambda': claims},
    'a Lambda authorizer of a REST API': claims,
  };
  for (final MapEntry(key: what, value: authorizer) in authorizers.entries) {
    test('the claims are those of $what', () {
      expect(callerOf(authorizer).claims, claims);
      expect(callerOf(authorizer).subject, '7');
    });
  }

  test('a caller whom no authorizer knows has no claims', () {
    for (final authorizer in [
      null,
      const <String, Object>{},
      {
        'iam': {'userId': 'AROA'},
      },
    ]) {
      expect(callerOf(authorizer).claims, isEmpty);
      expect(callerOf(authorizer).subject, isNull);
    }
  });

  test('the subject is what a Lambda authorizer calls principalId', () {
    expect(callerOf({'principalId': 'ada'}).subject, 'ada');
  });

  // The same groups and scopes, as each authorizer hands them on.
  final lists = {
    'text of a REST API': {
      'claims': {'cognito:groups': 'staff,admin', 'scope': 'read write'},
    },
    'text of an HTTP API': {
      'jwt': {
        'claims': {'cognito:groups': '[staff admin]', 'scope': 'read write'},
      },
    },
    'a list of a Lambda authorizer': {
      'lambda': {
        'cognito:groups': ['staff', 'admin'],
        'scope': ['read', 'write'],
      },
    },
  };
  for (final MapEntry(key: what, value: authorizer) in lists.entries) {
    test('a claim is found in a list that is $what', () {
      final caller = callerOf(authorizer);

      expect(caller.hasClaim('cognito:groups', 'admin'), true);
      expect(caller.hasClaim('cognito:groups', 'staff'), true);
      expect(caller.hasClaim('scope', 'write'), true);
      expect(caller.hasClaim('cognito:groups', 'adm'), false);
      expect(caller.hasClaim('scope', 'read write'), false);
    });
  }

  test('a claim that is no list is not taken apart', () {
    final caller = callerOf({
      'claims': {'name': 'Ada, admin admin', 'age': 7, 'verified': true},
    });

    expect(caller.hasClaim('name', 'admin'), false);
    expect(caller.hasClaim('name', 'Ada, admin admin'), true);
    expect(caller.hasClaim('age', '7'), true);
    expect(caller.hasClaim('verified', 'true'), true);
    expect(caller.hasClaim('missing', 'null'), false);
  });

  group('requireClaims', () {
    Future<int> statusOf(Middleware middleware, Object? authorizer) async {
      final handler = middleware((_, _) => const AwsApiGatewayResponse());
      try {
        final context = Context(requestId: 'test');
        return (await handler(context, eventOf(authorizer))).statusCode;
      } on HttpProblem catch (problem) {
        return problem.status;
      }
    }

    final admins = requireClaims({'role': 'admin', 'tenant': 'a'});

    test('lets those through who have all claims', () async {
      expect(await statusOf(admins, {'role': 'admin', 'tenant': 'a'}), 200);
    });

    test('refuses those who lack one by a 403', () async {
      expect(await statusOf(admins, {'role': 'admin', 'tenant': 'b'}), 403);
      expect(await statusOf(admins, {'role': 'admin'}), 403);
    });

    test('refuses those whom nobody knows by a 401', () async {
      expect(await statusOf(admins, null), 401);
      expect(await statusOf(requireClaims(const {}), null), 401);
    });

    test('lets all callers with an authorizer through, if of none', () async {
      expect(await statusOf(requireClaims(const {}), claims), 200);
    });

    test('lets requests through that it is not for', () async {
      Middleware on(String resource) => requireClaims(const {
        'role': 'admin',
      }, where: (event) => event.resource == resource);

      expect(await statusOf(on('/admin'), null), 200);
      expect(await statusOf(on('/orders'), null), 401);
    });
  });
}
