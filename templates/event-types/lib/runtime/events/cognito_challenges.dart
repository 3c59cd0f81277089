import '../json_fields.dart';
import 'cognito_event.dart';
import 'event_json.dart';

/// A sign-in by challenges of the service, which asks what comes next.
class AwsCognitoDefineAuthChallengeEvent extends AwsCognitoEvent
    with AwsCognitoChallengeSession {
  AwsCognitoDefineAuthChallengeEvent.fromJson(super.raw) : super.fromJson();

  Map<String, dynamic> respond(AwsCognitoDefineAuthChallengeResponse next) =>
      respondWith(next.toJson());
}

/// What comes next in a sign-in by challenges.
class AwsCognitoDefineAuthChallengeResponse {
  /// Another challenge: of the service, unless [challengeName] is one of
  /// Cognito's own, such as `PASSWORD_VERIFIER`.
  const AwsCognitoDefineAuthChallengeResponse.challenge([
    this.challengeName = 'CUSTOM_CHALLENGE',
  ]) : issueTokens = false,
       failAuthentication = false;

  /// The end: the user is signed in.
  const AwsCognitoDefineAuthChallengeResponse.issueTokens()
    : challengeName = null,
      issueTokens = true,
      failAuthentication = false;

  /// The end: the user is refused.
  const AwsCognitoDefineAuthChallengeResponse.fail()
    : challengeName = null,
      issueTokens = false,
      failAuthentication = true;

  final String? challengeName;
  final bool issueTokens;
  final bool failAuthentication;

  Map<String, dynamic> toJson() => {
    if (challengeName != null) 'challengeName': challengeName,
    'issueTokens': issueTokens,
    'failAuthentication': failAuthentication,
  };
}

/// A sign-in that wants a challenge of the service.
class AwsCognitoCreateAuthChallengeEvent extends AwsCognitoEvent
    with AwsCognitoChallengeSession {
  AwsCognitoCreateAuthChallengeEvent.fromJson(super.raw) : super.fromJson();

  String get challengeName => request.string('challengeName');

  Map<String, dynamic> respond(
    AwsCognitoCreateAuthChallengeResponse response,
  ) => respondWith(response.toJson());
}

/// A challenge of the service.
class AwsCognitoCreateAuthChallengeResponse {
  const AwsCognitoCreateAuthChallengeResponse({
    this.publicChallengeParameters = const {},
    this.privateChallengeParameters = const {},
    this.challengeMetadata,
  });

  /// What the app shows, such as a question.
  final Map<String, String> publicChallengeParameters;

  /// What only the check of the answer sees, such as the right answer.
  final Map<String, String> privateChallengeParameters;

  /// The name of the challenge, which later events of the sign-in have.
  final String? challengeMetadata;

  Map<String, dynamic> toJson() => {
    'publicChallengeParameters': publicChallengeParameters,
    'privateChallengeParameters': privateChallengeParameters,
    if (challengeMetadata != null) 'challengeMetadata': challengeMetadata,
  };
}

/// The user's answer to a challenge of the service.
class AwsCognitoVerifyAuthChallengeResponseEvent extends AwsCognitoEvent {
  AwsCognitoVerifyAuthChallengeResponseEvent.fromJson(super.raw)
    : super.fromJson();

  late final Map<String, String> privateChallengeParameters = request.texts(
    'privateChallengeParameters',
  );

  /// The answer: a text, or what else the app sends.
  Object? get challengeAnswer => request['challengeAnswer'];

  /// Whether the pool has no such user, of a client that does not tell so.
  bool get userNotFound => request.booleanOrNull('userNotFound') ?? false;

  Map<String, dynamic> respond({required bool answerCorrect}) =>
      respondWith({'answerCorrect': answerCorrect});
}

/// What the challenges of a sign-in had for results.
mixin AwsCognitoChallengeSession on AwsCognitoEvent {
  /// The challenges so far, in their order.
  late final List<AwsCognitoChallenge> session =
      request.listOrNull('session', asObject(AwsCognitoChallenge.fromJson)) ??
      const [];

  /// Whether the pool has no such user, of a client that does not tell so.
  bool get userNotFound => request.booleanOrNull('userNotFound') ?? false;
}

/// A challenge, and whether the user met it.
class AwsCognitoChallenge extends EventJson {
  AwsCognitoChallenge.fromJson(super.raw);

  String get challengeName => raw.string('challengeName');
  bool get challengeResult => raw.boolean('challengeResult');
  String? get challengeMetadata => raw.stringOrNull('challengeMetadata');
}
