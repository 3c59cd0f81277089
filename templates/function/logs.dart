import '../runtime/events/cloudwatch_logs.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  // CloudWatch tests the subscription with such messages.
  if (event.isControlMessage) return;
  for (final line in event.logEvents) {
    log.info('line', {'stream': event.logStream, 'text': line.message});
  }
}
