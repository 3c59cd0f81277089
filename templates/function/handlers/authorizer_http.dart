  // Nobody is allowed in until the environment has the secret.
  final secret = Platform.environment['{{secret}}'];
  return AwsAuthorizerResponse.simple(
    isAuthorized:
        secret != null && event.headers['authorization'] == 'Bearer $secret',
  );
