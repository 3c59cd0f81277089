  final last = event.session.lastOrNull;
  // Results of Cognito's own challenges, such as SRP_A, prove nothing yet.
  final isRight =
      last?.challengeName == 'CUSTOM_CHALLENGE' && last!.challengeResult;
  if (isRight) {
    return event.respond(
      const AwsCognitoDefineAuthChallengeResponse.issueTokens(),
    );
  }
  return event.respond(
    event.session.length < 3
        ? const AwsCognitoDefineAuthChallengeResponse.challenge()
        : const AwsCognitoDefineAuthChallengeResponse.fail(),
  );
