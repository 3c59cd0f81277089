  return processBatch(event.records, (record) async {
{{#if read}}
{{read}}
{{logged}}
{{else}}
    log.info('message', {'id': record.messageId, 'body': record.body});
{{/if}}
  });
