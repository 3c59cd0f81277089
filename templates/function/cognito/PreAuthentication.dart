import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a user wants to sign in. An
/// error refuses it, and its message is shown to the user.
{{signature}}
  log.info('sign-in', {'user': event.userName});
  return event.toJson();
}
