import '../headers.dart';
import '../json_fields.dart';
import 'event_json.dart';

/// A field of an AppSync API that this function resolves. It may return any
/// JSON: the value of the field.
///
/// https://docs.aws.amazon.com/appsync/latest/devguide/resolver-context-reference-js.html
class AwsAppSyncEvent extends EventJson {
  AwsAppSyncEvent.fromJson(super.raw);

  /// The arguments of the field.
  Map<String, dynamic> get arguments => raw.mapOrEmpty('arguments');

  /// The caller; null if the API takes a key.
  late final AwsAppSyncIdentity? identity = raw.objectOrNull(
    'identity',
    AwsAppSyncIdentity.fromJson,
  );

  /// The object that the field is of; null for a query or a mutation.
  Map<String, dynamic>? get source => raw.fieldOrNull('source', asMap);

  /// The headers of the request, by a name in any case.
  late final AwsApiGatewayEventHeaders headers = AwsApiGatewayEventHeaders(
    raw.mapOrEmpty('request').texts('headers'),
  );

  /// The domain that the request was for, if it is the API's own.
  String? get domainName =>
      raw.mapOrEmpty('request').stringOrNull('domainName');

  /// What the function before this one returned, in a pipeline.
  Map<String, dynamic>? get prev => raw.fieldOrNull('prev', asMap);

  /// What the functions of a pipeline share.
  Map<String, dynamic> get stash => raw.mapOrEmpty('stash');

  late final AwsAppSyncInfo info = raw.object('info', AwsAppSyncInfo.fromJson);
}

/// The field, and the query that asks for it.
class AwsAppSyncInfo extends EventJson {
  AwsAppSyncInfo.fromJson(super.raw);

  String get fieldName => raw.string('fieldName');
  String get parentTypeName => raw.string('parentTypeName');
  Map<String, dynamic> get variables => raw.mapOrEmpty('variables');

  /// The paths of what is asked for: `['id', 'author/name']`.
  List<String> get selectionSetList => raw.textList('selectionSetList');
  String? get selectionSetGraphQL => raw.stringOrNull('selectionSetGraphQL');
}

/// The caller, of which each kind of authorization knows something else.
class AwsAppSyncIdentity extends EventJson {
  AwsAppSyncIdentity.fromJson(super.raw);

  List<String> get sourceIp => raw.textList('sourceIp');

  /// Of a user pool or OpenID Connect.
  String? get sub => raw.stringOrNull('sub');
  String? get issuer => raw.stringOrNull('issuer');
  Map<String, dynamic> get claims => raw.mapOrEmpty('claims');

  /// Of a user pool, and of IAM.
  String? get username => raw.stringOrNull('username');

  /// Of a user pool.
  List<String> get groups => raw.textList('groups');
  String? get defaultAuthStrategy => raw.stringOrNull('defaultAuthStrategy');

  /// Of IAM.
  String? get accountId => raw.stringOrNull('accountId');
  String? get userArn => raw.stringOrNull('userArn');
  String? get cognitoIdentityId => raw.stringOrNull('cognitoIdentityId');
  String? get cognitoIdentityPoolId =>
      raw.stringOrNull('cognitoIdentityPoolId');
  String? get cognitoIdentityAuthType =>
      raw.stringOrNull('cognitoIdentityAuthType');
  String? get cognitoIdentityAuthProvider =>
      raw.stringOrNull('cognitoIdentityAuthProvider');

  /// Of a Lambda authorizer.
  Map<String, dynamic> get resolverContext => raw.mapOrEmpty('resolverContext');
}
