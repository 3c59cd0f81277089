import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: tokens are about to be issued.
{{signature}}
  return event.respond(
    AwsCognitoPreTokenGenerationResponse(
      idToken: AwsCognitoTokenChanges(
        claimsToAddOrOverride: {
          'language': event.userAttributes['locale'] ?? 'en',
        },
      ),
    ),
  );
}
