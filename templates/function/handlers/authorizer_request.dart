  // Nobody is allowed in until the environment has the secret.
  final secret = Platform.environment['API_SECRET'];
  final isRight =
      secret != null && event.headers['authorization'] == 'Bearer $secret';
  return isRight
      ? AwsAuthorizerResponse.allow('user', [event.stageArn])
      : AwsAuthorizerResponse.deny('nobody', [event.stageArn]);
