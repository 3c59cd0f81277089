import 'dart:convert';

import 'package:shop/runtime/events/cognito.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

/// The response as Lambda gets it.
Object? sent(Object? response) => jsonDecode(jsonEncode(response));

void main() {
  group('the response to Cognito', () {
    Object? responseOf(Map<String, dynamic> event) => event['response'];

    test('is the event with its response filled in', () {
      final json = fixture('cognito-event-userpools-presignup');
      final event = AwsCognitoPreSignUpEvent.fromJson(json);
      expect(
        sent(
          event.respond(
            const AwsCognitoPreSignUpResponse(autoConfirmUser: true),
          ),
        ),
        {
          ...json,
          'response': {
            'autoConfirmUser': true,
            'autoVerifyEmail': false,
            'autoVerifyPhone': false,
          },
        },
      );
      expect(event.response['autoConfirmUser'], false);
    });

    test('is the event as it came where there is nothing to say', () {
      final json = fixture('cognito-event-userpools-postconfirmation');
      expect(sent(AwsCognitoPostConfirmationEvent.fromJson(json)), json);
    });

    test('changes tokens as the version of the trigger can', () {
      AwsCognitoPreTokenGenerationEvent event(String version) =>
          AwsCognitoPreTokenGenerationEvent.fromJson({'version': version});
      const claims = AwsCognitoTokenChanges(
        claimsToAddOrOverride: {'team': 'a'},
        claimsToSuppress: ['email'],
      );
      final response = AwsCognitoPreTokenGenerationResponse(
        idToken: claims,
        groups: AwsCognitoGroups(groupsToOverride: ['g']),
      );
      final changes = {
        'claimsToAddOrOverride': {'team': 'a'},
        'claimsToSuppress': ['email'],
      };
      final groups = {
        'groupsToOverride': ['g'],
        'iamRolesToOverride': <String>[],
      };
      expect(sent(responseOf(event('1').respond(response))), {
        'claimsOverrideDetails': {...changes, 'groupOverrideDetails': groups},
      });
      const access = AwsCognitoPreTokenGenerationResponse(
        idToken: claims,
        accessToken: AwsCognitoTokenChanges(
          claimsToAddOrOverride: {
            'roles': ['a'],
          },
          scopesToAdd: ['read'],
          scopesToSuppress: ['write'],
        ),
      );
      for (final version in ['2', '3']) {
        expect(sent(responseOf(event(version).respond(access))), {
          'claimsAndScopeOverrideDetails': {
            'idTokenGeneration': changes,
            'accessTokenGeneration': {
              'claimsToAddOrOverride': {
                'roles': ['a'],
              },
              'scopesToAdd': ['read'],
              'scopesToSuppress': ['write'],
            },
          },
        });
      }
      expect(() => event('1').respond(access), throwsArgumentError);
    });

    test('tells what comes next of a challenge', () {
      final define = AwsCognitoDefineAuthChallengeEvent.fromJson({});
      const next = AwsCognitoDefineAuthChallengeResponse.challenge();
      const tokens = AwsCognitoDefineAuthChallengeResponse.issueTokens();
      const fail = AwsCognitoDefineAuthChallengeResponse.fail();
      expect([next, tokens, fail].map(define.respond).map(responseOf), [
        {
          'challengeName': 'CUSTOM_CHALLENGE',
          'issueTokens': false,
          'failAuthentication': false,
        },
        {'issueTokens': true, 'failAuthentication': false},
        {'issueTokens': false, 'failAuthentication': true},
      ]);
      final create = AwsCognitoCreateAuthChallengeEvent.fromJson({});
      expect(
        responseOf(
          create.respond(
            const AwsCognitoCreateAuthChallengeResponse(
              publicChallengeParameters: {'question': '1 + 1'},
              privateChallengeParameters: {'answer': '2'},
              challengeMetadata: 'sum',
            ),
          ),
        ),
        {
          'publicChallengeParameters': {'question': '1 + 1'},
          'privateChallengeParameters': {'answer': '2'},
          'challengeMetadata': 'sum',
        },
      );
      final verify = AwsCognitoVerifyAuthChallengeResponseEvent.fromJson({});
      expect(responseOf(verify.respond(answerCorrect: true)), {
        'answerCorrect': true,
      });
    });

    test('brings a user over, and writes a message', () {
      final migration = AwsCognitoUserMigrationEvent.fromJson({});
      expect(
        responseOf(
          migration.respond(
            const AwsCognitoUserMigrationResponse(
              userAttributes: {'email': 'a@example.com'},
              finalUserStatus: 'CONFIRMED',
              messageAction: 'SUPPRESS',
              desiredDeliveryMediums: ['EMAIL'],
              forceAliasCreation: false,
              enableSmsMfa: false,
            ),
          ),
        ),
        {
          'userAttributes': {'email': 'a@example.com'},
          'finalUserStatus': 'CONFIRMED',
          'messageAction': 'SUPPRESS',
          'desiredDeliveryMediums': ['EMAIL'],
          'forceAliasCreation': false,
          'enableSMSMFA': false,
        },
      );
      final message = AwsCognitoCustomMessageEvent.fromJson({});
      expect(
        responseOf(
          message.respond(
            const AwsCognitoCustomMessageResponse(emailSubject: 'Hi'),
          ),
        ),
        {'emailSubject': 'Hi'},
      );
    });
  });
}
