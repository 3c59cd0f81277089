import 'dart:math' show Random;

import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a sign-in wants a challenge, here
/// a code of six digits.
{{signature}}
  final code = '${100000 + Random.secure().nextInt(900000)}';
  // Send the code to the user here: nothing else does.
  return event.respond(
    AwsCognitoCreateAuthChallengeResponse(
      privateChallengeParameters: {'code': code},
    ),
  );
}
