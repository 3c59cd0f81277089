  return event.respond(
    AwsCognitoCustomMessageResponse(
      emailSubject: 'Your code',
      emailMessage: 'The code is ${event.codeParameter}.',
    ),
  );
