import 'dart:convert';

import 'package:shop/runtime/events/alb.dart';
import 'package:shop/runtime/events/authorizer.dart';
import 'package:shop/runtime/events/cognito.dart';
import 'package:shop/runtime/events/firehose.dart';
import 'package:shop/runtime/events/ses.dart';
import 'package:shop/runtime/events/websocket.dart';
import 'package:test/test.dart';

import 'fixtures.dart';

/// The response as Lambda gets it.
Object? sent(Object? response) => jsonDecode(jsonEncode(response));

void main() {
  group('the response to a load balancer', () {
    final single = AwsAlbEvent.fromJson(
      fixture('alb-lambda-target-request-headers-only'),
    );
    final multi = AwsAlbEvent.fromJson(
      fixture('alb-lambda-target-request-multivalue-headers'),
    );
    const cookies = {
      'Set-Cookie': ['a=1', 'b=2'],
    };

    test('has the kind of headers that the request had', () {
      expect(sent(AwsAlbResponse.json(single, {'a': 1})), {
        'statusCode': 200,
        'headers': {'Content-Type': 'application/json'},
        'body': '{"a":1}',
        'isBase64Encoded': false,
      });
      expect(
        sent(
          AwsAlbResponse(
            multi,
            statusCode: 404,
            statusDescription: '404 Not Found',
            headers: {'content-type': 'text/plain'},
            multiValueHeaders: cookies,
          ),
        ),
        {
          'statusCode': 404,
          'statusDescription': '404 Not Found',
          'multiValueHeaders': {
            'content-type': ['text/plain'],
            ...cookies,
          },
          'body': '',
          'isBase64Encoded': false,
        },
      );
    });

    test('joins values by commas, but refuses to lose a cookie', () {
      final response = AwsAlbResponse(
        single,
        multiValueHeaders: {
          'Vary': ['Accept', 'Origin'],
        },
      );
      expect(response.toJson()['headers'], {'Vary': 'Accept, Origin'});
      expect(
        () => AwsAlbResponse(single, multiValueHeaders: cookies),
        throwsArgumentError,
      );
    });

    test('has bytes in base64', () {
      expect(
        sent(AwsAlbResponse.bytes(single, [1, 2], contentType: 'image/png')),
        {
          'statusCode': 200,
          'headers': {'Content-Type': 'image/png'},
          'body': 'AQI=',
          'isBase64Encoded': true,
        },
      );
    });

    test('comes to a request whose query is decoded', () {
      final event = AwsAlbEvent.fromJson({
        'queryStringParameters': {'q': 'a+b%20c', '%C3%BC': '100%'},
      });
      expect(event.queryStringParameters, {'q': 'a b c', 'ü': '100%'});
    });
  });

  test('a response of a WebSocket API has what is given', () {
    expect(sent(const AwsWebSocketResponse()), {'statusCode': 200});
    expect(
      sent(
        const AwsWebSocketResponse(
          statusCode: 403,
          body: 'no',
          headers: {'a': 'b'},
        ),
      ),
      {
        'statusCode': 403,
        'headers': {'a': 'b'},
        'body': 'no',
      },
    );
    final event = AwsWebSocketEvent.fromJson(
      fixture('apigw-websocket-request-send-message'),
    );
    expect(
      '${event.requestContext.connectionUrl}',
      'https://dl7ptocha9.execute-api.ap-northeast-1.amazonaws.com/prod/'
          '@connections/R1kmxc2VNjMCFIA=',
    );
  });

  test('an authorizer allows, denies and says more of the caller', () {
    final event = AwsTokenAuthorizerEvent.fromJson(
      fixture('apigw-custom-auth-request'),
    );
    Map<String, Object?> policy(String effect, String resource) => {
      'principalId': 'ada',
      'policyDocument': {
        'Version': '2012-10-17',
        'Statement': [
          {
            'Action': 'execute-api:Invoke',
            'Effect': effect,
            'Resource': [resource],
          },
        ],
      },
    };
    const stage = 'arn:aws:execute-api:us-west-2:123456789012:ymy8tbxw7b/*/*';
    expect(event.stageArn, stage);
    expect(
      sent(
        AwsAuthorizerResponse.allow(
          'ada',
          [event.stageArn],
          context: {'plan': 'pro', 'age': 36, 'admin': true},
          usageIdentifierKey: 'key',
        ),
      ),
      {
        ...policy('Allow', stage),
        'context': {'plan': 'pro', 'age': 36, 'admin': true},
        'usageIdentifierKey': 'key',
      },
    );
    expect(
      sent(AwsAuthorizerResponse.deny('ada', [event.methodArn])),
      policy('Deny', event.methodArn),
    );
    expect(sent(AwsAuthorizerResponse.simple(isAuthorized: true)), {
      'isAuthorized': true,
    });
    expect(
      () => AwsAuthorizerResponse.allow(
        'ada',
        [],
        context: {
          'a': [1],
        },
      ),
      throwsArgumentError,
    );
  });

  test('Firehose gets a result of each record', () {
    final [record, other] = AwsFirehoseEvent.fromJson(
      fixture('kinesis-firehose-event'),
    ).records;
    expect(record.text, 'Hello World');
    const data = 'SGVsbG8gV29ybGQ=';
    expect(
      sent(
        AwsFirehoseResponse([
          record.okText('hi\n', partitionKeys: {'day': '1'}),
          record.ok(),
          other.dropped(),
          other.processingFailed(),
        ]),
      ),
      {
        'records': [
          {
            'recordId': 'record1',
            'result': 'Ok',
            'data': 'aGkK',
            'metadata': {
              'partitionKeys': {'day': '1'},
            },
          },
          {'recordId': 'record1', 'result': 'Ok', 'data': data},
          {'recordId': 'record2', 'result': 'Dropped', 'data': data},
          {'recordId': 'record2', 'result': 'ProcessingFailed', 'data': data},
        ],
      },
    );
  });

  test('SES is told how to go on', () {
    expect(AwsSesResponse.values.map(sent), [
      {'disposition': 'CONTINUE'},
      {'disposition': 'STOP_RULE'},
      {'disposition': 'STOP_RULE_SET'},
    ]);
  });

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
