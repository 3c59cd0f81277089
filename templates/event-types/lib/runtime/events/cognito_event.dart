import '../json_fields.dart';
import 'event_json.dart';

/// An event of any trigger of a Cognito user pool.
class AwsCognitoEvent extends EventJson {
  AwsCognitoEvent.fromJson(super.raw);

  /// The version of the trigger: `1`, or up to `3` of token generation.
  String get version => raw.field('version', asText);

  /// What the trigger is for, such as `PreSignUp_AdminCreateUser`.
  String get triggerSource => raw.string('triggerSource');
  String get region => raw.string('region');
  String get userPoolId => raw.string('userPoolId');

  /// The name of the user; null where a client has none.
  String? get userName => raw.stringOrNull('userName');
  String? get awsSdkVersion =>
      raw.mapOrEmpty('callerContext').stringOrNull('awsSdkVersion');

  /// The id of the app client.
  String? get clientId =>
      raw.mapOrEmpty('callerContext').stringOrNull('clientId');

  Map<String, dynamic> get request => raw.field('request', asMap);

  /// The response as the event brings it, which is mostly empty.
  Map<String, dynamic> get response => raw.mapOrEmpty('response');

  /// The attributes of the user, such as `email` and `custom:team`.
  late final Map<String, String> userAttributes = request.texts(
    'userAttributes',
  );

  /// What the app passed as `ClientMetadata`.
  late final Map<String, String> clientMetadata = request.texts(
    'clientMetadata',
  );

  /// The event as Cognito wants it back, with [fields] in its response. Those
  /// that are null stay as they are.
  Map<String, dynamic> respondWith(Map<String, dynamic> fields) => {
    ...raw,
    'response': {
      ...response,
      for (final MapEntry(:key, :value) in fields.entries)
        if (value != null) key: value,
    },
  };
}
