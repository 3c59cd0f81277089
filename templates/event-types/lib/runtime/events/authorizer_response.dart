/// The response of a Lambda authorizer.
///
/// https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-lambda-authorizer-output.html
class AwsAuthorizerResponse {
  /// Allows the caller, [principalId], to call [resources], such as
  /// `event.stageArn`. The function finds [context] in its event.
  AwsAuthorizerResponse.allow(
    String principalId,
    List<String> resources, {
    Map<String, Object> context = const {},
    String? usageIdentifierKey,
  }) : this._policy(
         'Allow',
         principalId,
         resources,
         context,
         usageIdentifierKey,
       );

  /// Refuses the caller with a 403. For a 401, throw an error that says
  /// `Unauthorized`.
  AwsAuthorizerResponse.deny(
    String principalId,
    List<String> resources, {
    Map<String, Object> context = const {},
  }) : this._policy('Deny', principalId, resources, context, null);

  /// Allows or refuses a caller of an HTTP API whose authorizer has
  /// `enableSimpleResponses: true`. [context] may be any JSON.
  AwsAuthorizerResponse.simple({
    required bool isAuthorized,
    Map<String, dynamic> context = const {},
  }) : _json = {
         'isAuthorized': isAuthorized,
         if (context.isNotEmpty) 'context': context,
       };

  AwsAuthorizerResponse._policy(
    String effect,
    String principalId,
    List<String> resources,
    Map<String, Object> context,
    String? usageIdentifierKey,
  ) : _json = {
        'principalId': principalId,
        'policyDocument': {
          'Version': '2012-10-17',
          'Statement': [
            {
              'Action': 'execute-api:Invoke',
              'Effect': effect,
              'Resource': resources,
            },
          ],
        },
        if (context.isNotEmpty) 'context': context,
        if (usageIdentifierKey != null)
          'usageIdentifierKey': usageIdentifierKey,
      } {
    for (final MapEntry(:key, :value) in context.entries) {
      if (value is! String && value is! num && value is! bool) {
        throw ArgumentError.value(
          value,
          'context',
          'API Gateway takes texts, numbers and booleans only, not in "$key"',
        );
      }
    }
  }

  final Map<String, dynamic> _json;

  Map<String, dynamic> toJson() => _json;
}
