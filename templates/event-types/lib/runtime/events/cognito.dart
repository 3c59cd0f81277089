/// The events of the triggers of a Cognito user pool.
///
/// The response to each is the event itself, with its `response` filled in:
/// `return event.respond(...)`, or `return event` where there is nothing to say.
/// https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pools-working-with-lambda-triggers.html
library;

export 'cognito_challenges.dart';
export 'cognito_event.dart';
export 'cognito_messages.dart';
export 'cognito_sign_in.dart';
export 'cognito_sign_up.dart';
export 'cognito_tokens.dart';
