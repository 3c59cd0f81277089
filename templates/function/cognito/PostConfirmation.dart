import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a user was confirmed, or has a
/// new password.
{{signature}}
  log.info('confirmed', {'user': event.userName});
  return event.toJson();
}
