  final isStaff =
      event.userAttributes['email']?.endsWith('@example.com') ?? false;
  return event.respond(
    AwsCognitoPreSignUpResponse(
      autoConfirmUser: isStaff,
      autoVerifyEmail: isStaff,
    ),
  );
