import '../runtime/events/ses.dart';
import '../runtime/runtime.dart';

/// {{about}}.
{{signature}}
  for (final record in event.records) {
    log.info('email', {
      'from': record.mail.source,
      'subject': record.mail.commonHeaders.subject,
    });
  }
  return AwsSesResponse.proceed;
}
