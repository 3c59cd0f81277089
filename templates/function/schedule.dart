import '../runtime/events/eventbridge.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  log.info('due', {'time': event.time});
}
