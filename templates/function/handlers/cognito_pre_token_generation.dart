  return event.respond(
    const AwsCognitoPreTokenGenerationResponse(
      idToken: AwsCognitoTokenChanges(claimsToAddOrOverride: {'team': 'blue'}),
    ),
  );
