{{models}}import '../runtime/events/kinesis.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  return processBatch(event.records, (record) async {
{{#if decode}}
{{decode}}
    log.info('record', {'key': record.partitionKey, 'data': data});
{{else}}
    log.info('record', {'key': record.partitionKey, 'data': record.text});
{{/if}}
  });
}
