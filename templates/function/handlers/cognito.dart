  log.info(event.triggerSource, {'user': event.userName});
  return event.toJson();
