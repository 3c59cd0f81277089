  for (final record in event.records) {
    log.info('mail', {
      'from': record.mail.source,
      'subject': record.mail.commonHeaders.subject,
    });
  }
  return AwsSesResponse.proceed;
