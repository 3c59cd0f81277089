import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: this function sends the texts.
{{signature}}
  // Decrypt the code of the event and send it here: nothing else does.
  log.info('text', {'for': event.triggerSource, 'user': event.userName});
  return event.toJson();
}
