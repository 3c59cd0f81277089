import '../json_fields.dart';
import 'cognito_event.dart';
import 'event_json.dart';

/// A user who wants to sign in. An error that the handler throws refuses it;
/// else it returns the event.
class AwsCognitoPreAuthenticationEvent extends AwsCognitoEvent {
  AwsCognitoPreAuthenticationEvent.fromJson(super.raw) : super.fromJson();

  /// What the app passed as `ClientMetadata` when it began to sign in.
  late final Map<String, String> validationData = request.texts(
    'validationData',
  );

  /// Whether the pool has no such user, of a client that does not tell so.
  bool get userNotFound => request.booleanOrNull('userNotFound') ?? false;
}

/// A user who signed in. The handler returns the event.
class AwsCognitoPostAuthenticationEvent extends AwsCognitoEvent {
  AwsCognitoPostAuthenticationEvent.fromJson(super.raw) : super.fromJson();

  /// Whether the user signed in on a device that the pool had not seen.
  bool get newDeviceUsed => request.booleanOrNull('newDeviceUsed') ?? false;
}
