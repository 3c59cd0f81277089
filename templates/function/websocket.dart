import '../runtime/events/websocket.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  log.info(event.routeKey, {
    'connection': event.connectionId,
    'body': event.body,
  });
  return const AwsWebSocketResponse();
}
