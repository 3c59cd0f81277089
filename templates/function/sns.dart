{{models}}import '../runtime/events/sns.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  for (final record in event.records) {
{{#if decode}}
{{decode}}
    log.info('notification', {'subject': record.subject, 'text': message});
{{else}}
    log.info('notification', {
      'subject': record.subject,
      'text': record.message,
    });
{{/if}}
  }
}
