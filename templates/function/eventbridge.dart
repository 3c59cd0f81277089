{{models}}import '../runtime/events/eventbridge.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
{{#if decode}}
{{decode}}
  log.info(event.detailType, {'source': event.source, 'detail': detail});
{{else}}
  log.info(event.detailType, {'source': event.source, 'detail': event.detail});
{{/if}}
}
