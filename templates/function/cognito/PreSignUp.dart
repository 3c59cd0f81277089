import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a user wants to sign up. An error
/// refuses it, and its message is shown to the user.
{{signature}}
  log.info('sign-up', {'user': event.userName});
  // It confirms nobody: users have to enter the code that Cognito sends.
  return event.respond(const AwsCognitoPreSignUpResponse());
}
