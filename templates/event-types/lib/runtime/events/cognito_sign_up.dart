import '../json_fields.dart';
import 'cognito_event.dart';
import 'event_json.dart';

/// A user who wants to sign up. An error that the handler throws refuses it.
class AwsCognitoPreSignUpEvent extends AwsCognitoEvent {
  AwsCognitoPreSignUpEvent.fromJson(super.raw) : super.fromJson();

  /// What the app passed as `ValidationData`.
  late final Map<String, String> validationData = request.texts(
    'validationData',
  );

  Map<String, dynamic> respond(AwsCognitoPreSignUpResponse response) =>
      respondWith(response.toJson());
}

/// Confirms a user who signs up, and an address or number, without a code.
class AwsCognitoPreSignUpResponse {
  const AwsCognitoPreSignUpResponse({
    this.autoConfirmUser = false,
    this.autoVerifyEmail = false,
    this.autoVerifyPhone = false,
  });

  final bool autoConfirmUser;
  final bool autoVerifyEmail;
  final bool autoVerifyPhone;

  Map<String, dynamic> toJson() => {
    'autoConfirmUser': autoConfirmUser,
    'autoVerifyEmail': autoVerifyEmail,
    'autoVerifyPhone': autoVerifyPhone,
  };
}

/// A user who was confirmed, or has a new password. The handler returns the
/// event.
class AwsCognitoPostConfirmationEvent extends AwsCognitoEvent {
  AwsCognitoPostConfirmationEvent.fromJson(super.raw) : super.fromJson();
}

/// A user whom the pool does not have: one who signs in, or who forgot the
/// password.
class AwsCognitoUserMigrationEvent extends AwsCognitoEvent {
  AwsCognitoUserMigrationEvent.fromJson(super.raw) : super.fromJson();

  /// The password to check; null for one who forgot it.
  String? get password => request.stringOrNull('password');

  late final Map<String, String> validationData = request.texts(
    'validationData',
  );

  Map<String, dynamic> respond(AwsCognitoUserMigrationResponse response) =>
      respondWith(response.toJson());
}

/// Has Cognito add a user to the pool.
class AwsCognitoUserMigrationResponse {
  const AwsCognitoUserMigrationResponse({
    required this.userAttributes,
    this.finalUserStatus,
    this.messageAction,
    this.desiredDeliveryMediums,
    this.forceAliasCreation,
    this.enableSmsMfa,
  });

  final Map<String, String> userAttributes;

  /// `CONFIRMED` for a user who keeps the password, or `RESET_REQUIRED`, which
  /// is the default.
  final String? finalUserStatus;

  /// `SUPPRESS` for no message of welcome.
  final String? messageAction;

  /// `SMS` and `EMAIL`.
  final List<String>? desiredDeliveryMediums;

  /// Whether the user takes over an address or number that another one has.
  final bool? forceAliasCreation;
  final bool? enableSmsMfa;

  Map<String, dynamic> toJson() => {
    'userAttributes': userAttributes,
    if (finalUserStatus != null) 'finalUserStatus': finalUserStatus,
    if (messageAction != null) 'messageAction': messageAction,
    if (desiredDeliveryMediums != null)
      'desiredDeliveryMediums': desiredDeliveryMediums,
    if (forceAliasCreation != null) 'forceAliasCreation': forceAliasCreation,
    if (enableSmsMfa != null) 'enableSMSMFA': enableSmsMfa,
  };
}
