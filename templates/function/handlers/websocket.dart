  log.info(event.routeKey, {'connection': event.connectionId});
  return const AwsWebSocketResponse();
