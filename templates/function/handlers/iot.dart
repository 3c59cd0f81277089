  log.info('message', event.toJson());
