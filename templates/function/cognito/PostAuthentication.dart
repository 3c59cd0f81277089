import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a user signed in.
{{signature}}
  log.info('signed in', {'user': event.userName});
  return event.toJson();
}
