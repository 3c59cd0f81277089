import '../runtime/events/appsync.dart';
import '../runtime/runtime.dart';

/// {{about}}: the fields of a value by their names in the schema.
{{signature}}
  return {'id': event.arguments['id'], 'field': event.info.fieldName};
}
