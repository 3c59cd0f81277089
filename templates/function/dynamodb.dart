import '../runtime/events/dynamodb.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  return processBatch(event.records, (record) async {
    log.info(record.eventName, {'keys': record.keys, 'item': record.newImage});
  });
}
