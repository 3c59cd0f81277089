  return processBatch(event.records, (record) async {
    log.info('change', {
      'event': '${record.eventName}',
      'keys': record.keys,
      'item': record.newImage,
    });
  });
