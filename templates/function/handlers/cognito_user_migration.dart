  // A user whom the old system knows: with AwsCognitoUserMigrationResponse.
  // Without a user in the response, the sign-in fails.
  log.info(event.triggerSource, {'user': event.userName});
  return event.toJson();
