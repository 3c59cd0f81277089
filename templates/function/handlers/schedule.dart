  log.info('due', {'time': event.time});
