  return processBatch(event.records, (record) async {
{{#if read}}
{{read}}
{{logged}}
{{else}}
    log.info('record', {'key': record.partitionKey, 'data': record.text});
{{/if}}
  });
