import 'api_gateway_event.dart';
import 'http_pipeline.dart';
import 'http_problem.dart';

/// Lets only those requests through whose caller has all of these [claims];
/// without any, those of every caller that an authorizer knows.
///
/// ```dart
/// ..use(
///   requireClaims(
///     {'cognito:groups': 'admin'},
///     where: (event) => event.httpMethod != 'GET',
///   ),
/// )
/// ```
///
/// Requests for which [where] is false pass. Other callers get a 403, and those
/// whom no authorizer knows a 401.
Middleware requireClaims(
  Map<String, String> claims, {
  bool Function(AwsApiGatewayEvent event)? where,
}) =>
    (next) => (context, event) {
      if (where == null || where(event)) {
        event.requestContext.requireCaller();
        claims.forEach(event.requestContext.requireClaim);
      }
      return next(context, event);
    };

/// What is known of the caller, in the handler of a route with an authorizer.
extension CallerClaims on AwsApiGatewayEventRequestContext {
  /// The claims of the caller's token, or else what a Lambda authorizer has
  /// found out; empty for a caller whom no authorizer knows, or only IAM does.
  ///
  /// A REST API and an HTTP API have them in different places.
  Map<String, dynamic> get claims => switch (authorizer) {
    {'claims': final Map<String, dynamic> claims} => claims,
    {'jwt': {'claims': final Map<String, dynamic> claims}} => claims,
    {'lambda': final Map<String, dynamic> context} => context,
    {'iam': _} => const {},
    final context => context,
  };

  /// The caller's id with the issuer of the token.
  String? get subject => switch (claims) {
    {'sub': final String subject} => subject,
    {'principalId': final String principal} => principal,
    _ => null,
  };

  /// Whether the claim called [name] is [value], or a list with it in it.
  bool hasClaim(String name, String value) =>
      _valuesOf(name, claims[name]).contains(value);

  /// Throws an [HttpProblem], a 401, without a caller whom an authorizer knows.
  void requireCaller() {
    if (claims.isEmpty) throw const HttpProblem.unauthorized();
  }

  /// Throws an [HttpProblem], a 403, unless the caller has this claim.
  void requireClaim(String name, String value) {
    if (!hasClaim(name, value)) throw const HttpProblem.forbidden();
  }
}

// A list comes as it is only from a Lambda authorizer. API Gateway makes text
// of it: `a,b` in a REST API, `[a b]` in an HTTP API. Scopes are `a b`.
Iterable<String> _valuesOf(String name, Object? claim) => switch (claim) {
  null => const [],
  final List<dynamic> values => values.map((value) => '$value'),
  final String text when name == 'scope' => text.split(' '),
  final String text when text.startsWith('[') && text.endsWith(']') => [
    text,
    ...text.substring(1, text.length - 1).split(RegExp('[ ,]+')),
  ],
  final String text when name == 'cognito:groups' => text.split(','),
  _ => ['$claim'],
};
