  final code = '${100000 + Random.secure().nextInt(900000)}';
  // Send the code to the user here.
  return event.respond(
    AwsCognitoCreateAuthChallengeResponse(
      publicChallengeParameters: const {'medium': 'email'},
      privateChallengeParameters: {'code': code},
    ),
  );
