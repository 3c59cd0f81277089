  // Nobody is allowed in until the environment has the secret.
  final secret = Platform.environment['API_SECRET'];
  return AwsAuthorizerResponse.simple(
    isAuthorized:
        secret != null && event.headers['authorization'] == 'Bearer $secret',
  );
