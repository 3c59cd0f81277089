import '../json_fields.dart';
import 'cognito_event.dart';
import 'event_json.dart';

/// Tokens that Cognito is about to issue.
///
/// Version 1 may change the ID token, 2 the access token too, and 3 also those
/// of a client that signs in by itself, without a user.
class AwsCognitoPreTokenGenerationEvent extends AwsCognitoEvent {
  AwsCognitoPreTokenGenerationEvent.fromJson(super.raw) : super.fromJson();

  /// The groups of the user, and their roles.
  late final AwsCognitoGroups? groupConfiguration = request.objectOrNull(
    'groupConfiguration',
    AwsCognitoGroups.fromJson,
  );

  /// The scopes of the access token; empty in version 1.
  List<String> get scopes => request.textList('scopes');

  /// The event with [response], as its version has it.
  ///
  /// Throws an [ArgumentError] if version 1 is to change more than it can.
  Map<String, dynamic> respond(AwsCognitoPreTokenGenerationResponse response) =>
      respondWith(response.toJson(version: version));
}

/// The groups of a user, and their roles.
class AwsCognitoGroups extends EventJson {
  AwsCognitoGroups.fromJson(super.raw);

  /// Groups and roles to put in the place of the user's own.
  AwsCognitoGroups({
    List<String> groupsToOverride = const [],
    List<String> iamRolesToOverride = const [],
    String? preferredRole,
  }) : super({
         'groupsToOverride': groupsToOverride,
         'iamRolesToOverride': iamRolesToOverride,
         if (preferredRole != null) 'preferredRole': preferredRole,
       });

  List<String> get groupsToOverride => raw.textList('groupsToOverride');
  List<String> get iamRolesToOverride => raw.textList('iamRolesToOverride');
  String? get preferredRole => raw.stringOrNull('preferredRole');
}

/// What is other in a token than Cognito would have it.
class AwsCognitoTokenChanges {
  const AwsCognitoTokenChanges({
    this.claimsToAddOrOverride = const {},
    this.claimsToSuppress = const [],
    this.scopesToAdd = const [],
    this.scopesToSuppress = const [],
  });

  /// Claims by name: texts in version 1, and any JSON from version 2 on.
  final Map<String, Object> claimsToAddOrOverride;
  final List<String> claimsToSuppress;

  /// Scopes, which only an access token has.
  final List<String> scopesToAdd;
  final List<String> scopesToSuppress;

  Map<String, dynamic> toJson() => {
    if (claimsToAddOrOverride.isNotEmpty)
      'claimsToAddOrOverride': claimsToAddOrOverride,
    if (claimsToSuppress.isNotEmpty) 'claimsToSuppress': claimsToSuppress,
    if (scopesToAdd.isNotEmpty) 'scopesToAdd': scopesToAdd,
    if (scopesToSuppress.isNotEmpty) 'scopesToSuppress': scopesToSuppress,
  };
}

/// What is other in the tokens than Cognito would have it.
class AwsCognitoPreTokenGenerationResponse {
  const AwsCognitoPreTokenGenerationResponse({
    this.idToken,
    this.accessToken,
    this.groups,
  });

  final AwsCognitoTokenChanges? idToken;

  /// Takes version 2 of the trigger or later.
  final AwsCognitoTokenChanges? accessToken;
  final AwsCognitoGroups? groups;

  /// The response as [version] of the trigger has it.
  Map<String, dynamic> toJson({required String version}) {
    if (version != '1') {
      return {
        'claimsAndScopeOverrideDetails': {
          if (idToken != null) 'idTokenGeneration': idToken,
          if (accessToken != null) 'accessTokenGeneration': accessToken,
          if (groups != null) 'groupOverrideDetails': groups,
        },
      };
    }
    final claims = idToken?.claimsToAddOrOverride.values ?? const [];
    if (accessToken != null || claims.any((claim) => claim is! String)) {
      throw ArgumentError(
        'Version 1 of the trigger changes claims of the ID token only, to '
        'texts. Set the LambdaVersion of the trigger to V2_0.',
      );
    }
    return {
      'claimsOverrideDetails': {
        ...?idToken?.toJson(),
        if (groups != null) 'groupOverrideDetails': groups,
      },
    };
  }
}
