import '../runtime/events/alb.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  return AwsAlbResponse.json(event, {'message': 'Hello from ${event.path}'});
}
