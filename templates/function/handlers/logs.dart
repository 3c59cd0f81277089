  if (event.isControlMessage) return;
  for (final line in event.logEvents) {
    log.info('line', {'stream': event.logStream, 'message': line.message});
  }
