{{models}}import '../runtime/events/sqs.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  return processBatch(event.records, (record) async {
{{#if decode}}
{{decode}}
    log.info('message', {'id': record.messageId, 'body': message});
{{else}}
    log.info('message', {'id': record.messageId, 'body': record.body});
{{/if}}
  });
}
