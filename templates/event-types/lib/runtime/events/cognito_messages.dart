import '../json_fields.dart';
import 'cognito_event.dart';

/// A message that Cognito is about to send.
class AwsCognitoCustomMessageEvent extends AwsCognitoEvent {
  AwsCognitoCustomMessageEvent.fromJson(super.raw) : super.fromJson();

  /// What the message must have in the place of the code, or of a link.
  String? get codeParameter => request.stringOrNull('codeParameter');
  String? get linkParameter => request.stringOrNull('linkParameter');

  /// What a message to a user whom an administrator created must have in the
  /// place of the name.
  String? get usernameParameter => request.stringOrNull('usernameParameter');

  Map<String, dynamic> respond(AwsCognitoCustomMessageResponse response) =>
      respondWith(response.toJson());
}

/// The message that Cognito is to send instead of its own.
class AwsCognitoCustomMessageResponse {
  const AwsCognitoCustomMessageResponse({
    this.smsMessage,
    this.emailMessage,
    this.emailSubject,
  });

  final String? smsMessage;
  final String? emailMessage;
  final String? emailSubject;

  Map<String, dynamic> toJson() => {
    if (smsMessage != null) 'smsMessage': smsMessage,
    if (emailMessage != null) 'emailMessage': emailMessage,
    if (emailSubject != null) 'emailSubject': emailSubject,
  };
}

/// An email that this function is to send. The handler returns the event.
class AwsCognitoCustomEmailSenderEvent extends AwsCognitoEvent
    with AwsCognitoEncryptedCode {
  AwsCognitoCustomEmailSenderEvent.fromJson(super.raw) : super.fromJson();
}

/// A text message that this function is to send. The handler returns the event.
class AwsCognitoCustomSmsSenderEvent extends AwsCognitoEvent
    with AwsCognitoEncryptedCode {
  AwsCognitoCustomSmsSenderEvent.fromJson(super.raw) : super.fromJson();
}

/// A code that a message is to bring.
mixin AwsCognitoEncryptedCode on AwsCognitoEvent {
  /// The kind of the request, such as `customEmailSenderRequestV1`.
  String get type => request.string('type');

  /// The code in base64, as the AWS Encryption SDK encrypts it by the key of the
  /// pool. Null in a notice, which has none.
  String? get code => request.stringOrNull('code');
}
