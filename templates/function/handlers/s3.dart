  for (final record in event.records) {
    log.info('${record.eventName}', {
      'bucket': record.bucket.name,
      'key': record.object.key,
    });
  }
