import '../runtime/events/cognito.dart';
import '../runtime/runtime.dart';

/// {{about}}: a message is about to be sent.
{{signature}}
  final code = event.codeParameter;
  // Cognito's own message, for what is no code, and for a user whom an
  // administrator created: it must have the name too.
  if (code == null || event.usernameParameter != null) return event.toJson();
  return event.respond(
    AwsCognitoCustomMessageResponse(
      emailSubject: 'Your code',
      emailMessage: 'Your code is $code.',
      smsMessage: 'Your code is $code.',
    ),
  );
}
