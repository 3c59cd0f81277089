{{#if read}}
{{read}}
{{logged}}
{{else}}
  log.info(event.detailType, {'source': event.source, 'detail': event.detail});
{{/if}}
