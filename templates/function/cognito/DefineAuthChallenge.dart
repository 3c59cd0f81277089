import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: what comes next in a sign-in by
/// challenges. Three wrong answers are the end of it.
{{signature}}
  final last = event.session.lastOrNull;
  // Of the challenges only that of this service proves who the user is.
  final isRight =
      last != null &&
      last.challengeName == 'CUSTOM_CHALLENGE' &&
      last.challengeResult;
  if (isRight && !event.userNotFound) {
    return event.respond(
      const AwsCognitoDefineAuthChallengeResponse.issueTokens(),
    );
  }
  return event.respond(
    event.session.length < 3
        ? const AwsCognitoDefineAuthChallengeResponse.challenge()
        : const AwsCognitoDefineAuthChallengeResponse.fail(),
  );
}
