  final code = event.privateChallengeParameters['code'];
  return event.respond(
    answerCorrect: code != null && event.challengeAnswer == code,
  );
