import '../runtime/events/s3.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  for (final record in event.records) {
    log.info(record.eventName, {
      'bucket': record.bucket.name,
      'key': record.object.key,
    });
  }
}
