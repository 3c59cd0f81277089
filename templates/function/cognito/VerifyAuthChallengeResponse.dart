import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: the user has answered a
/// challenge, here with the code that it was made with.
{{signature}}
  final code = event.privateChallengeParameters['code'];
  return event.respond(
    answerCorrect:
        code != null && event.challengeAnswer == code && !event.userNotFound,
  );
}
