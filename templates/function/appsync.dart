import '../runtime/events/appsync.dart';
import '../runtime/runtime.dart';

/// {{about}}: it returns the value of the field.
{{signature}}
  return {'id': event.arguments['id'], 'field': event.info.fieldName};
}
