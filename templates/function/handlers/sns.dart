  for (final record in event.records) {
{{#if read}}
{{read}}
{{logged}}
{{else}}
    log.info('notification', {
      'subject': record.subject,
      'message': record.message,
    });
{{/if}}
  }
