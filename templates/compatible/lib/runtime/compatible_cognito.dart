import 'events/cognito.dart' as cognito;
import 'events/event_json.dart';
import 'json_fields.dart';

class AwsCognitoEvent extends cognito.AwsCognitoEvent {
  AwsCognitoEvent.fromJson(super.raw) : super.fromJson();

  Map<String, String> get callerContext => raw.texts('callerContext');

  @override
  AwsCognitoRequest get request => AwsCognitoRequest(super.request);

  @override
  AwsCognitoResponse get response => AwsCognitoResponse(super.response);
}

/// The request of a trigger. Each trigger has a class with its own fields, such
/// as [cognito.AwsCognitoPreSignUpEvent].
extension type AwsCognitoRequest(Map<String, dynamic> raw)
    implements Map<String, dynamic> {
  AwsCognitoRequest.fromJson(this.raw);

  Map<String, dynamic>? get userAttributes =>
      raw.fieldOrNull('userAttributes', asMap);
  Map<String, String> get validationData => raw.texts('validationData');
  Map<String, String> get clientMetadata => raw.texts('clientMetadata');
  bool? get newDeviceUsed => raw.booleanOrNull('newDeviceUsed');
  String? get password => raw.stringOrNull('password');
  String? get codeParameter => raw.stringOrNull('codeParameter');
  AwsGroupConfiguration? get groupConfiguration =>
      raw.objectOrNull('groupConfiguration', AwsGroupConfiguration.fromJson);
}

/// The response to a trigger. Each trigger has a class for it, such as
/// [cognito.AwsCognitoPreSignUpResponse].
extension type AwsCognitoResponse(Map<String, dynamic> raw)
    implements Map<String, dynamic> {
  AwsCognitoResponse.fromJson(this.raw);

  bool? get autoConfirmUser => raw.booleanOrNull('autoConfirmUser');
  bool? get autoVerifyPhone => raw.booleanOrNull('autoVerifyPhone');
  bool? get autoVerifyEmail => raw.booleanOrNull('autoVerifyEmail');
  AwsClaimOverrideDetails? get claimsOverrideDetails => raw.objectOrNull(
    'claimsOverrideDetails',
    AwsClaimOverrideDetails.fromJson,
  );
  Map<String, String> get userAttributes => raw.texts('userAttributes');
  String? get finalUserStatus => raw.stringOrNull('finalUserStatus');
  String? get messageAction => raw.stringOrNull('messageAction');
  List<String> get desiredDeliveryMediums =>
      raw.textList('desiredDeliveryMediums');
  bool? get forceAliasCreation => raw.booleanOrNull('forceAliasCreation');
  String? get smsMessage => raw.stringOrNull('smsMessage');
  String? get emailMessage => raw.stringOrNull('emailMessage');
  String? get emailSubject => raw.stringOrNull('emailSubject');
}

class AwsGroupConfiguration extends cognito.AwsCognitoGroups {
  AwsGroupConfiguration.fromJson(super.raw) : super.fromJson();

  Map<String, String> get clientMetadata => raw.texts('clientMetadata');
}

class AwsClaimOverrideDetails extends EventJson {
  AwsClaimOverrideDetails.fromJson(super.raw);

  Map<String, String> get claimsToAddOrOverride =>
      raw.texts('claimsToAddOrOverride');
  List<String> get claimsToSuppress => raw.textList('claimsToSuppress');
  AwsGroupConfiguration? get groupOverrideDetails =>
      raw.objectOrNull('groupOverrideDetails', AwsGroupConfiguration.fromJson);
}
