import '../runtime/events/iot.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  log.info('message', {'fields': event.raw});
}
